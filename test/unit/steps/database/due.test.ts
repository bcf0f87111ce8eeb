import { describe, expect, test } from '@jest/globals';
import type { Application, Migration } from '../../../../src/app/application.ts';
import type { LedgerRow } from '../../../../src/schema/database.ts';
import { judgeLedger } from '../../../../src/steps/database/due.ts';
import { judgeRights, judgeUsual } from '../../../../src/steps/database/rights.ts';
import { pasted } from '../../../fakes/remedies.ts';

function migration(version: string, name: string, namespace = 'App'): Migration {
  return {
    namespace,
    version,
    class: `${namespace}\\Database\\Migrations\\${name}`,
    path: `app/Database/Migrations/${name}.php`,
    line: 9,
    needs: { up: ['CREATE'], down: ['DROP'] },
    down: { empty: false, drops: [], dropsUnknown: false },
  };
}

function row(version: string, name: string, namespace = 'App'): LedgerRow {
  const full = `${namespace}\\Database\\Migrations\\${name}`;
  return { version, class: full, namespace, group: 'default', batch: 1 };
}

const own = { debug: true, database: 'shop' };

/** Only what these judges look at. */
function application(changes: Record<string, unknown> = {}): Application {
  return {
    migrations: [migration('20260109000000', 'Sessions')],
    ledger: { table: 'migrations', enabled: true, lockTable: null },
    ledgerDatabase: own,
    sessionDatabase: own,
    session: { inDatabase: true, table: 'ci_sessions' },
    ...changes,
  } as unknown as Application;
}

const due = application().migrations;

const liveEnv = { env: '/srv/app/.env', user: 'nicolas' };

describe('the ledger against the files', () => {
  test('nothing to say of a plain case', () => {
    expect(judgeLedger(application(), [], due, liveEnv)).toEqual([]);
  });

  test.each<[string, Application, LedgerRow[], string[]]>([
    [
      'another class',
      application(),
      [row('2026-01-09-000000', 'AddSessions')],
      ['migration-recorded-differently'],
    ],
    [
      'another namespace',
      application(),
      [row('2026-01-09-000000', 'Sessions', 'Shop')],
      ['migration-recorded-differently'],
    ],
    [
      'a newer one without a file',
      application(),
      [row('2027-01-01-000000', 'Later')],
      ['migration-older-than-newest', 'ledger-rows-without-file'],
    ],
    [
      'an older one without a file',
      application(),
      [row('2025-01-01-000000', 'Gone')],
      ['ledger-rows-without-file'],
    ],
    [
      'switched off',
      application({ ledger: { table: 'migrations', enabled: false, lockTable: null } }),
      [],
      ['migrations-disabled'],
    ],
    [
      'DBDebug off',
      application({ ledgerDatabase: { ...own, debug: false } }),
      [],
      ['db-debug-off'],
    ],
  ])('what is reported of %s', (_, reported, rows, names) => {
    expect(judgeLedger(reported, rows, due, liveEnv).map(({ name }) => name)).toEqual(names);
  });

  test('what is switched off does not matter when nothing is due', () => {
    const off = application({ ledger: { table: 'm', enabled: false, lockTable: null } });
    expect(judgeLedger(off, [row('2026-01-09-000000', 'Sessions')], [], liveEnv)).toEqual([]);
  });
});

describe('rights against what is due', () => {
  const judge = (rights: string, reported = application()): [string, string | undefined][] =>
    judgeRights(
      reported,
      due,
      [`GRANT ${rights} ON \`shop\`.* TO \`u\`@\`h\``],
      "o'neil@%",
      'shop',
    ).map((one) => [one.name, pasted(one)]);

  test('all of them', () => {
    expect(judge('ALL PRIVILEGES')).toEqual([]);
    expect(judge('SELECT, INSERT, UPDATE, DELETE, CREATE, DROP')).toEqual([]);
  });

  test('each is named, with the line that gives it', () => {
    expect(judge('SELECT, INSERT, UPDATE, DELETE, DROP')).toEqual([
      ['database-rights-missing', "GRANT CREATE ON `shop`.* TO 'o''neil'@'%';"],
    ]);
    expect(judge('SELECT, INSERT, CREATE, DROP')).toEqual([
      ['database-rights-missing', "GRANT UPDATE, DELETE ON `shop`.* TO 'o''neil'@'%';"],
    ]);
  });

  test('those for the rollback are a warning', () => {
    expect(judge('SELECT, INSERT, UPDATE, DELETE, CREATE').map(([name]) => name)).toEqual([
      'undo-rights-missing',
    ]);
  });

  test('a session table elsewhere is not judged by these grants', () => {
    const reported = application({ sessionDatabase: { ...own } });
    expect(judge('CREATE, DROP', reported)).toEqual([]);
  });
});

describe('before there is a commit', () => {
  const usual = (...rights: readonly string[]): ReturnType<typeof judgeUsual> =>
    judgeUsual(
      [`GRANT ${rights.join(', ')} ON ` + '`app`' + `.* TO a@localhost`],
      'a@localhost',
      'app',
    );

  test('an account that may do all of it is ready', () => {
    expect(usual('ALL PRIVILEGES').ready).toEqual([
      'a@localhost may do in app what migrations and sessions mostly need.',
    ]);
  });

  test('one that may not change tables gets the line that lets it', () => {
    const { ready, findings } = usual('SELECT', 'INSERT', 'UPDATE', 'DELETE', 'CREATE', 'DROP');
    expect([ready, findings.map(({ severity }) => severity)]).toEqual([[], ['warning']]);
    expect(pasted(findings[0])).toBe("GRANT ALTER, INDEX ON `app`.* TO 'a'@'localhost';");
  });

  test('a role says nothing certain', () => {
    expect(judgeUsual(['GRANT `r` TO a@localhost'], 'a@localhost', 'app')).toEqual({
      ready: [],
      findings: [],
    });
  });
});
