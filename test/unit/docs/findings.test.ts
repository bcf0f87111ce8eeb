import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { rules } from '../../../src/schema/rules.ts';
import { describedRules } from '../../../src/static/described/names.ts';
import { staticRules } from '../../../src/static/judge/names.ts';

const word = '([a-z]+(?:-[a-z]+)+)';
const patterns = [
  new RegExp(`(?:[eE]rror|[wW]arning)(?:Finding)?\\(\\s*'${word}'`, 'g'),
  new RegExp(`(?:stop|ill)\\(\\s*site,\\s*'${word}'`, 'g'),
  new RegExp(`name: '${word}',\\s*(?:severity|says|\\.\\.\\.)`, 'g'),
  new RegExp(`hidden\\(url, '${word}'`, 'g'),
];
// Names that the code puts together.
const composed = [
  ...['mysqli', 'intl', 'mbstring'].flatMap((one) => [`${one}-missing`, `fpm-${one}-missing`]),
  ...['lock', 'stage', 'migrate', 'carry', 'switch', 'handover'].map((step) => `stranded-${step}`),
  ...[
    'name-not-found',
    'port-closed',
    'no-way',
    'no-answer',
    'host-key-refused',
    'login-refused',
  ].map((kind) => `login-${kind}`),
  ...['key-not-readable', 'other'].map((kind) => `login-${kind}`),
  'input',
  'locked',
  'submodules',
  'unexpected',
];

function sources(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('programs.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
}

test('every finding is listed in docs/findings.md, and nothing else', () => {
  const text = sources('src').join('\n');
  const found = patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([, name]) => name));
  const named = new Set([
    ...found,
    ...rules.map(({ name }) => name),
    ...Object.keys(staticRules),
    ...Object.keys(describedRules),
    ...composed,
  ]);
  const rows = readFileSync('docs/findings.md', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split(' | ')[0] ?? '');
  const listed = rows.flatMap((cell) => [...cell.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name));
  expect([...new Set(listed)].toSorted()).toEqual([...named].toSorted());
  expect(new Set(listed).size).toBe(listed.length);
});
