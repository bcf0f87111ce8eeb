import { expect, test } from '@jest/globals';
import { check } from '../../../src/commands/check.ts';
import { checkoutOf } from '../../fakes/checkout.ts';
import { checkConfig } from '../../static/check-config.ts';
import { application, migrationPath } from '../../static/application.ts';
import { file, right } from '../../static/corpus/migration.ts';

const path = migrationPath('2026-01-09-000000_CreateSessions');

async function said(
  files: Readonly<Record<string, string>>,
  up = right,
): Promise<readonly string[]> {
  const all = { ...application(), [path]: file('CreateSessions', up), ...files };
  const { findings } = await check({ ...checkConfig, base: null }, checkoutOf(all, {}), () => 0);
  return findings
    .filter(({ severity }) => severity !== 'notice')
    .map(({ name, at, message }) => `${name} ${at?.file ?? ''}:${at?.line ?? 0} ${message}`);
}

const named = (name: string): string => right.replace("'ci_sessions'", `'${name}'`);
const database = 'app/Config/Database.php';
const prefixed = {
  [database]: (application()[database] ?? '').replace("'DBPrefix' => ''", "'DBPrefix' => 'app_'"),
};

test.each<[string, string, Readonly<Record<string, string>>, RegExp]>([
  ['other letters', named('CI_Sessions'), {}, /CI_Sessions: on Linux, capitals/],
  ['one letter less', named('ci_sesions'), {}, /ci_sesions: is it the one/],
  ['one letter more', named('ci_sessionss'), {}, /ci_sessionss: is it the one/],
  ['another letter', named('ci_sezsions'), {}, /ci_sezsions: is it the one/],
  ['the prefix twice', named('app_ci_sessions'), prefixed, /app_app_ci_sessions: Forge puts/],
  [
    'no prefix',
    "$this->db->query('CREATE TABLE ci_sessions (id INT)');",
    prefixed,
    /There is ci_sessions: the prefix app_ is missing/,
  ],
])('a table that is nearly the session table is named: %s', async (_, up, files, words) => {
  const [only, ...others] = await said(files, up);
  expect(only).toMatch(/^session-table-not-created app.Database.Migrations.2026-01-09/);
  expect(only).toMatch(words);
  expect(others).toEqual([]);
});

test.each(['users', 'ci_sess', 'sessions'])('%s is no near miss', async (name) => {
  expect((await said({}, named(name))).join()).toMatch(/^session-table-not-created app.Config/);
});

test.each<[string, string]>([
  ['check: &a {}\ntables: *a\n', ':2 *a is an alias of YAML'],
  ['check: {}\n---\ncheck: {}\n', ':2 The file holds several documents of YAML'],
  [`check: ${'['.repeat(5000)}${']'.repeat(5000)}`, ':1 The file is nested too deeply'],
  ['check:\n\trules: {}\n', ':2 Tabs are not allowed as indentation.'],
])('settings that YAML reads otherwise have words for who wrote them: %j', async (text, words) => {
  const [first] = await said({ '.ci4-deploy.yml': text });
  expect(first).toContain(`settings-file .ci4-deploy.yml${words}`);
});

test.each(['{"packages":[null]}', '{"packages":[{"name":1}]}', 'null', '{"packages":null}'])(
  'a composer.lock of %s names no release',
  async (lock) => {
    expect(await said({ 'composer.lock': lock })).toEqual([]);
  },
);
