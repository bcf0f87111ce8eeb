import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TestApplication } from '../php/application.ts';
import { newest, releases } from '../rig/releases.ts';
import { run, type RunResult } from '../rig/runner.ts';
import { ThrowAway } from '../rig/throw-away.ts';
import { drop, edit, generated, sound, migration, snapshot } from './trial-application.ts';
import { rows } from './trial-rows.ts';

let databases: ThrowAway;
beforeAll(async () => {
  databases = await ThrowAway.start();
}, 300_000);
afterAll(async () => {
  await databases[Symbol.asyncDispose]();
});

async function tried(
  { root }: TestApplication,
  inputs: Readonly<Record<string, string>> = {},
): Promise<RunResult> {
  const all = { command: 'check', databases: databases.urls.join('\n'), ...inputs };
  return run({ inputs: all, context: { workspace: root, event_name: 'push' } });
}

interface Found {
  readonly name: string;
  readonly severity: string;
  readonly message: string;
  readonly remedies?: readonly unknown[];
  readonly at?: { readonly file: string; readonly line: number };
}

function findings(result: RunResult): readonly Found[] {
  return JSON.parse(result.outputs['findings'] ?? '[]') as Found[];
}

const tables =
  "SELECT GROUP_CONCAT(TABLE_NAME) FROM information_schema.TABLES WHERE TABLE_SCHEMA = 'ci4_check'";

async function nothingLeft(): Promise<void> {
  expect(await databases.sql(tables)).toEqual(['NULL', 'NULL', 'NULL']);
}

test("the generator's own migration is green since 4.1.5, on MariaDB 10.11, MySQL 9 and MariaDB 11.8", async () => {
  for (const { version, folder } of await releases()) {
    using application = generated(version, folder);
    const before = snapshot(application);
    const result = await tried(application);
    const reported = findings(result).map(({ name, severity }) => `${severity} ${name}`);
    // Its generator still wrote an INT.
    if (version.startsWith('4.1.3')) {
      expect(reported).toContain('error column-type');
      expect(result.exitCode).toBe(1);
      await nothingLeft();
      continue;
    }
    expect({ version, reported, log: result.log }).toEqual({
      version,
      reported: ['notice old-table-survives'],
      log: result.log,
    });
    expect(result.exitCode).toBe(0);
    const report = JSON.parse(result.files.get('ci4-deploy-report.json') ?? '{}') as {
      databases: { product: string; phases: { result: string }[] }[];
    };
    expect(report.databases.map(({ product }) => product)).toEqual([
      expect.stringMatching(/^MariaDB 10\.11\./),
      expect.stringMatching(/^MySQL 9\./),
      expect.stringMatching(/^MariaDB 11\.8\./),
    ]);
    for (const { phases } of report.databases) {
      expect(phases.map((one) => one.result)).toEqual([
        'as the ledger says',
        'right, and a session went through',
        'nothing is left',
        'the same as before',
        'left as it was, unnoticed',
      ]);
    }
    expect(result.shown.join('\n')).not.toMatch(/throw(@|%40)away/);
    expect(snapshot(application)).toEqual(before);
    await nothingLeft();
  }
}, 300_000);

describe('what running adds to reading, every finding once', () => {
  test.each(rows)(
    '$name',
    async ({ change, inputs, found, says }) => {
      const { version, folder } = await newest();
      using application = sound(version, folder);
      change?.(application);
      const result = await tried(application, inputs?.(databases.urls[0] ?? ''));
      const reported = findings(result);
      const words = reported.map(({ name, severity, at }) =>
        at?.file === migration ? `${severity} ${name} ${at.line}` : `${severity} ${name}`,
      );
      expect(words).toEqual(found);
      expect(reported.map(({ message }) => message).join('\n')).toMatch(says ?? /./);
      const errors = reported.filter(({ severity }) => severity === 'error');
      expect(result.exitCode).toBe(errors.length === 0 ? 0 : 1);
      expect(errors.filter(({ remedies = [] }) => remedies.length === 0)).toEqual([]);
      await nothingLeft();
    },
    120_000,
  );
});

describe('a database that is not empty', () => {
  const full =
    'CREATE TABLE ci4_check.customers (id INT); INSERT INTO ci4_check.customers VALUES (7);';
  const empty = 'DROP TABLE ci4_check.customers;';

  test('is refused by the names of what it holds, and used when that is said; what was there stays', async () => {
    const { version, folder } = await newest();
    using application = sound(version, folder);
    await databases.sql(full);
    try {
      const refused = await tried(application);
      expect(refused.exitCode).toBe(1);
      expect(findings(refused)[0]).toMatchObject({ name: 'database-not-empty' });
      expect(findings(refused)[0]?.message).toContain('table customers');
      const used = await tried(application, { 'allow-nonempty-database': 'true' });
      expect(used.exitCode).toBe(0);
      expect(await databases.sql(tables)).toEqual(['customers', 'customers', 'customers']);
      // down() would drop what it did not make.
      edit(drop, "$this->forge->dropTable('customers', true);")(application);
      const kept = await tried(application, { 'allow-nonempty-database': 'true' });
      expect(kept.log.join('\n')).toMatch(
        /Rollback: not tried: down\(\) of .* would drop customers/,
      );
      expect(await databases.sql('SELECT id FROM ci4_check.customers')).toEqual(['7', '7', '7']);
    } finally {
      await databases.sql(empty);
    }
  }, 120_000);

  test('that has a ledger is not used, whatever is said', async () => {
    const { version, folder } = await newest();
    using application = sound(version, folder);
    await databases.sql('CREATE TABLE ci4_check.migrations (id INT);');
    try {
      const result = await tried(application, { 'allow-nonempty-database': 'true' });
      expect(findings(result).map(({ name }) => name)).toContain('ledger-taken');
      expect(await databases.sql(tables)).toEqual(['migrations', 'migrations', 'migrations']);
    } finally {
      await databases.sql('DROP TABLE ci4_check.migrations;');
    }
  }, 120_000);
});

test('a run that is cancelled in the middle of a migration leaves the database empty', async () => {
  const { version, folder } = await newest();
  using application = sound(version, folder);
  const marker = join(application.root, 'reached');
  edit(
    "$this->forge->createTable('ci_sessions', true);",
    `$this->forge->createTable('ci_sessions', true); touch('${marker}'); sleep(60);`,
  )(application);
  const reached = new AbortController();
  const look = setInterval(() => {
    if (statSync(marker, { throwIfNoEntry: false }) !== undefined) reached.abort();
  }, 50);
  const inputs = { command: 'check', databases: databases.urls[0] ?? '' };
  const context = { workspace: application.root, event_name: 'push' };
  const result = await run({ inputs, context, cancelAfter: reached.signal });
  clearInterval(look);
  expect(result.conclusion).toBe('cancelled');
  await nothingLeft();
}, 120_000);
