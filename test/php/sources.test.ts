import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { fold } from '../../src/static/fold.ts';
import { firstClass } from '../../src/static/program/class.ts';
import { parsePhp } from '../../src/static/program/syntax.ts';
import { releases } from './releases.ts';

const ground = {
  release: [4, 7, 2],
  family: 'unknown',
  defaultGroup: 'default',
  groups: new Map(),
  watched: 'ci_sessions',
  configured: new Map(),
  readsAll: true,
  isOver: () => false,
} as const;

test.each(releases())(
  'every file of CodeIgniter $version is read, and walked as if it were a migration',
  ({ path }) => {
    const files = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((one) =>
      one.endsWith('.php'),
    );
    const steps = files.flatMap((file) => {
      const own = firstClass(parsePhp(readFileSync(join(path, file), 'utf8'), file));
      if (own === null) return [];
      // Any method will do to see that nothing in it ends the walk but an error of the program itself.
      return [...own.methods.values()].map((method) => ({
        file,
        own: { ...own, methods: new Map([...own.methods, ['up', method] as const]) },
      }));
    });
    expect(steps.length).toBeGreaterThan(2000);
    for (const step of steps) fold([step], ground);
  },
  120_000,
);
