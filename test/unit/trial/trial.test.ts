import { expect, test } from '@jest/globals';
import { programs } from '../../../src/php/programs.ts';
import { WorkflowLog } from '../../../src/report/log.ts';
import { DatabaseRefused } from '../../../src/schema/database.ts';
import { Secret } from '../../../src/secret.ts';
import type { Command, Output } from '../../../src/server/command.ts';
import { Cancelled } from '../../../src/server/failures.ts';
import { tryOut, type Tools, type Tried } from '../../../src/trial/trial.ts';
import { FakeDatabase, generated, sketched } from '../../fakes/database.ts';
import { FakeRunner } from '../../fakes/runner.ts';
import { FakeScratch } from '../../fakes/scratch.ts';
import { FakeWorkflow } from '../../fakes/workflow.ts';
import { answer, database, nonce, printed } from '../app/replies.ts';

const address = { host: '127.0.0.1', port: 3306 };
const login = { address, user: 'check', password: new Secret('word'), database: 'ci4_check' };
const own = { prefix: '', user: 'check', password: 'word', database: 'ci4_check' };
const application = answer({
  session: { ...(answer()['session'] as object), table: 'ci_sessions', forgeTable: 'ci_sessions' },
  ledger: { table: 'migrations', enabled: true, lockTable: null },
  ledgerDatabase: database(own),
});
const row = {
  version: '2026-01-09-000000',
  class: 'App\\Database\\Migrations\\CreateSessionTable',
  namespace: 'App',
  group: 'default',
  batch: 1,
};
const quiet: Output = { exit: { code: 0 }, stdout: 'Done.\n', stderr: '' };

/** What `php spark migrate` does to the database. */
type Migrating = (scratch: FakeScratch) => Output | 'never';

const migrates: Migrating = ({ database: own }) => {
  own.ledgers.set('migrations', [row]);
  if (!own.tables.has('ci_sessions')) own.add(sketched(generated));
  return quiet;
};

/** PHP of the checkout: answers as the programs do, and migrates as reported. */
function php(scratch: FakeScratch, migrating: Migrating): (command: Command) => Output | 'never' {
  return ({ stdin, args, env }) => {
    if (stdin === programs.groups) {
      const holder = scratch.locks.get(env?.['CI4_DEPLOY_MARK'] ?? '') ?? 0;
      const words = { host: '127.0.0.1', port: '3306', database: 'ci4_check', dsn: false };
      const reached = { refused: null, holder, database: 'ci4_check' };
      const group = { name: 'default', driver: 'MySQLi', ...words, failovers: [], reached };
      return printed({ ok: true, answer: { groups: [group] } });
    }
    if (stdin === programs.probe) return printed({ ok: true, answer: application });
    if (stdin === programs.canary) {
      const canary = { handler: 'h', written: true, same: true, stamp: 9, clock: 9, left: 0 };
      return printed({ ok: true, answer: canary });
    }
    if (!args.includes('migrate:rollback')) return migrating(scratch);
    scratch.database.ledgers.set('migrations', []);
    scratch.database.tables.delete('ci_sessions');
    return quiet;
  };
}

async function tried(
  migrating: Migrating,
  { scratch = new FakeScratch(new FakeDatabase(login)), stop = new AbortController() } = {},
): Promise<{ readonly all: readonly Tried[]; readonly runner: FakeRunner }> {
  const runner = new FakeRunner({ php: php(scratch, migrating) });
  const tools: Tools = {
    databases: [login],
    mayBeUsed: false,
    php: 'php',
    match: 'exact',
    tables: [],
    namespaces: 'app',
    openRunner: async () => runner,
    openScratch: async () => scratch,
    log: new WorkflowLog(new FakeWorkflow(), () => 0),
    nonce,
  };
  return { all: await tryOut(tools, stop.signal), runner };
}

const names = (all: readonly Tried[]): readonly string[] =>
  all.flatMap(({ findings }) => findings.map(({ name }) => name));

test('all is well, and every PHP is led to the database', async () => {
  const scratch = new FakeScratch(new FakeDatabase(login));
  const { all, runner } = await tried(migrates, { scratch });
  expect(names(all)).toEqual(['old-table-survives']);
  expect(all[0]?.judged).toBe(true);
  const [first, ...rest] = runner.ran;
  expect(first?.env?.['CI4_DEPLOY_MARK']).toBe('');
  for (const { args, env } of rest) {
    expect(args.join(' ')).toContain('auto_prepend_file=/beside/steer.php');
    expect(env?.['CI4_DEPLOY_STEER']).toContain('"database.default.database":"ci4_check"');
    expect(args.join(' ')).not.toContain('word');
  }
  scratch.database.closed = false;
  expect(await scratch.contents()).toEqual([]);
});

test('spark that says it is done is not believed: the ledger has no row', async () => {
  expect(names((await tried(() => quiet)).all)).toEqual(['migration-not-run']);
});

test('a table that came without a row is judged all the same, and one that is missing after a failure is no news', async () => {
  const { all } = await tried(({ database: own }) => {
    own.add(
      sketched({ ...generated, columns: [...generated.columns.slice(0, 3), 'data text not null'] }),
    );
    return quiet;
  });
  expect(names(all)).toEqual(['migration-not-run', 'column-type']);
});

test('migrating once more that makes something else is a finding', async () => {
  let times = 0;
  const { all } = await tried((scratch) => {
    times += 1;
    if (times === 2) scratch.others.push({ kind: 'view', name: 'late' });
    return migrates(scratch);
  });
  expect(names(all)).toEqual(['migrate-again-differs', 'old-table-survives']);
});

test('a database that is lost on the way is a finding of that database', async () => {
  const { all } = await tried(({ database: own }) => {
    own.closed = true;
    return quiet;
  });
  expect(names(all)).toEqual(['database-refused']);
});

test('a cancelled run ends with its reason, and takes away what it made', async () => {
  const scratch = new FakeScratch(new FakeDatabase(login));
  const stop = new AbortController();
  const running = tried(
    (used) => {
      migrates(used);
      queueMicrotask(() => {
        stop.abort(new Cancelled('enough'));
      });
      return 'never';
    },
    { scratch, stop },
  );
  await expect(running).rejects.toThrow('enough');
  scratch.database.closed = false;
  expect(await scratch.contents()).toEqual([]);
});

test('what is neither a database nor a cancellation is not hidden', async () => {
  const broken: Migrating = () => {
    throw new TypeError('a mistake');
  };
  await expect(tried(broken)).rejects.toThrow('a mistake');
  const gone: Migrating = () => {
    throw new DatabaseRefused(login, 1053, 'shut down');
  };
  expect(names((await tried(gone)).all)).toEqual(['database-refused']);
});
