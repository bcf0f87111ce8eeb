import { expect, test } from '@jest/globals';
import { check } from '../../../src/commands/check.ts';
import { checkoutOf } from '../../fakes/checkout.ts';
import { checkConfig } from '../../static/check-config.ts';
import { application, migrationPath } from '../../static/application.ts';
import { file, right } from '../../static/corpus/migration.ts';

const path = migrationPath('2026-01-09-000000_CreateSessions');

async function said(text: string, php?: string): Promise<readonly string[]> {
  const composer = JSON.stringify({ require: php === undefined ? {} : { php } });
  const files = { ...application(), 'composer.json': composer, [path]: text };
  const { findings } = await check({ ...checkConfig, base: null }, checkoutOf(files, {}), () => 0);
  return findings
    .filter(({ name }) => name === 'migration-syntax')
    .map(({ severity, at, message }) => `${severity} ${at?.line ?? 0}: ${message}`);
}

const typed = file('CreateSessions', right, "    const string TABLE = 'ci_sessions';");

test.each(['^8.1', '>=7.4', '~8.2', '7.4.* || ^8.0'])(
  'what the oldest PHP of %s does not read is a warning at its line',
  async (php) => {
    const [only, ...others] = await said(typed, php);
    expect(only).toMatch(
      /^warning 10: PHP [78].\d, which composer.json allows, cannot read this: /,
    );
    expect(others).toEqual([]);
  },
);

test.each(['^8.3', '>=8.4', '^9.0', '5.6', 'any', undefined])(
  'with %s nothing is said of it',
  async (php) => {
    expect(await said(typed, php)).toEqual([]);
  },
);

test('what no PHP reads is said once', async () => {
  expect(await said('<?php class {', '^8.1')).toHaveLength(1);
});

test('a class whose name stands for another in its file is an error', async () => {
  const [only] = await said(file('Migration', right));
  expect(only).toMatch(/^error 8: The name Migration stands for CodeIgniter.Database.Migration/);
});

test('an import of itself is none', async () => {
  const own = 'use App\\Database\\Migrations\\CreateSessions;\n\nclass CreateSessions';
  expect(await said(file('CreateSessions', right).replace('class CreateSessions', own))).toEqual(
    [],
  );
});
