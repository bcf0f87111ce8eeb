import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { PlanFacts } from '../../src/plan/facts.ts';
import type { Site } from '../rig/kayart.ts';
import type { Strategy } from '../rig/layouts.ts';
import type { Release } from '../rig/releases.ts';
import type { RunResult } from '../rig/runner.ts';
import { fileOf, migration, migrationWith, nicolas } from './breakages.ts';
import { both } from './going-back.ts';
import { regularVisitor } from './regular-visitor.ts';
import { errorsOf, fresh, snapshot } from './situation.ts';
import { start } from './start.ts';

/** Everything a plan has to leave alone, refs among it. */
async function everything(site: Site): Promise<object> {
  const sh = async (script: string): Promise<string> =>
    (await site.machine.exec(['sh', '-c', `cd ${site.path} && ${script}`])).stdout;
  return {
    ...(await snapshot(site)),
    refs: await sh(
      'git for-each-ref; git rev-parse HEAD; git symbolic-ref -q HEAD; git worktree list; git ls-files -s | sha1sum',
    ),
    state: await sh(
      `ls -la --time-style=full-iso ${site.gitDir}/ci4-deploy/releases.jsonl 2>&1; ls ${site.gitDir}/ci4-deploy`,
    ),
    // With release directories: where the link leads, and all that lies beside it.
    around: await sh(
      `cd ${site.base}; ls -l --time-style=full-iso current 2>&1; ls releases 2>&1; cd shared 2>/dev/null && find . -path './writable/*/*' -prune -o -printf '%y %m %u %g %p %l\\n' | sort; sha1sum .env`,
    ),
    notes: await site.sql('SELECT COUNT(*) FROM notes'),
  };
}

/** The sessions with their contents. Who looks at a page gets one more; those that were there have to stay as they are. */
async function sessionsOf(site: Site): Promise<readonly string[]> {
  const script = `cd ${site.path}/writable/session && find -H . -name 'ci_session*' -exec sha1sum {} + | sort`;
  return (await site.machine.exec(['sh', '-c', script])).stdout.trim().split('\n');
}

const paid = 'app/Database/Migrations/2026-02-01-000000_OrdersArePaid.php';

/** A table that no migration makes, and a commit that changes it. Answers that. */
async function withOrders(site: Site): Promise<string> {
  await site.sql('CREATE TABLE orders (id INT NOT NULL PRIMARY KEY, total INT NOT NULL)');
  await site.sql('INSERT INTO orders VALUES (1, 1), (2, 2); ANALYZE TABLE orders');
  const up = `$this->forge->addColumn('orders', ['paid' => ['type' => 'INT', 'null' => true, 'after' => 'id']]);
        $this->forge->modifyColumn('orders', ['total' => ['type' => 'BIGINT', 'null' => false]]);`;
  const text = migrationWith(up, "$this->forge->dropColumn('orders', 'paid');");
  const named = text.replace('CreateSessionTable', 'OrdersArePaid');
  return site.push({ [paid]: named }, 'Orders are paid');
}

/** A checkout of the job, with what the plan reads. */
async function checkoutOf(site: Site): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'ci4-deploy-plan-'));
  const names = [
    ...['spark', 'app/Config/App.php', 'app/Config/Database.php', 'app/Config/Autoload.php'],
    ...[
      'composer.json',
      'app/Database/Migrations/2025-06-01-000000_CreateNotesTable.php',
      migration,
      paid,
    ],
  ];
  for (const name of names) {
    const text = await fileOf(site, name).catch(() => null);
    if (text === null) continue;
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

function planOf(result: RunResult): PlanFacts {
  return JSON.parse(result.outputs['plan'] ?? 'null') as PlanFacts;
}

async function planned(site: Site, commit: string, workspace: string | null): Promise<RunResult> {
  const inputs = { command: 'plan' };
  const context = workspace === null ? {} : { context: { sha: commit, workspace } };
  return start(site, '7', commit, inputs, context);
}

/** What the migrations cost on this server, in the plan and in its comment. */
function saysCosts({ migrations }: PlanFacts, { outputs, files, summary }: RunResult): void {
  const costs = migrations.map(({ statements }) => statements?.flatMap((one) => one.costs));
  expect(costs[0]).toEqual([]);
  expect(costs[1]).toMatchObject([
    { table: 'orders', rows: 2, bytes: 16_384, algorithm: 'INSTANT' },
    { table: 'orders', rows: 2, bytes: 16_384, algorithm: 'COPY' },
  ]);
  const says =
    /about 2 rows, 16 KB\\?\): changes the column total\. MariaDB 10\.11\.\d+ copies the whole table\./;
  expect(outputs['plan-comment']).toMatch(/ci4-deploy-plan\.md$/);
  const comment = files.get('ci4-deploy-plan.md') ?? '';
  for (const text of [summary, comment]) {
    expect(text).toMatch(says);
    expect(text).toContain('```sql\nALTER TABLE `orders`');
  }
  expect(comment).not.toContain('spark migrate');
}

async function changesNothing(release: Release, strategy: Strategy): Promise<void> {
  await using server = await fresh(release, { strategy });
  const { site } = server;
  const commit = await withOrders(site);
  const visitor = await regularVisitor(site);
  const before = await everything(site);
  const sessions = await sessionsOf(site);
  expect(sessions.length).toBeGreaterThan(1);
  const workspace = await checkoutOf(site);
  try {
    const result = await planned(site, commit, workspace);
    expect({ errors: errorsOf(result), outcome: result.outputs['outcome'] }).toEqual({
      ...{ errors: [], outcome: 'passed' },
    });
    expect(await sessionsOf(site)).toEqual(expect.arrayContaining([...sessions]));
    expect(await everything(site)).toEqual(before);
    const plan = planOf(result);
    expect(plan.commits.join()).toMatch(/Orders are paid.*Move the sessions to MySQL/);
    expect(plan.files).toContain(migration);
    expect(plan.migrations).toMatchObject([
      { path: migration, unread: '' },
      { path: paid, unread: '' },
    ]);
    expect(JSON.stringify(plan.migrations)).toMatch(/CREATE TABLE[^]*ci_sessions/);
    expect(plan.sessions).toMatch(/would move \d+ sessions from .* to the table ci_sessions/);
    expect(plan.commands.map(({ step }) => step)).toEqual(['Stage', 'Migrate', 'Switch', 'Finish']);
    expect(plan.commands[1]?.lines.join()).toContain('spark migrate --no-header');
    expect(plan.commands[2]?.lines.join()).toContain('systemctl reload');
    saysCosts(plan, result);
    expect(result.leaks(site.secrets)).toEqual([]);
    expect(await visitor.noticed()).toBeNull();
    // The listing changes nothing either.
    const again = await everything(site);
    await start(site, '8', commit, { command: 'releases' });
    expect(await everything(site)).toEqual(again);
    // What was planned is what is then done.
    const deployed = await start(site, '9', commit);
    expect(deployed.outputs['outcome']).toBe('deployed');
    expect(await visitor.noticed()).toBeNull();
  } finally {
    rmSync(workspace, { recursive: true });
  }
}

/** Lines of the plan that a person can type do what they say: together they deploy, without what keeps visitors. */
async function canBeTyped(release: Release, strategy: Strategy): Promise<void> {
  await using server = await fresh(release, { strategy });
  const { site } = server;
  const result = await planned(site, site.commits.next, null);
  const lines = planOf(result).commands.flatMap((step) => step.lines);
  const typed = lines.filter((line) => !line.startsWith('#'));
  expect(typed.length).toBeGreaterThan(8);
  for (const line of typed) await nicolas(site, line);
  const { head, pages, ledger, left } = await snapshot(site);
  expect({ head, pages: new Set(Object.values(pages)), left }).toEqual({
    ...{ head: site.commits.next, pages: new Set([200]), left: '' },
  });
  expect(ledger.join()).toContain('CreateSessionTable');
}

async function refuses(release: Release, strategy: Strategy): Promise<void> {
  await using server = await fresh(release, { strategy });
  const { site } = server;
  await nicolas(site, 'echo >>app/Controllers/Home.php');
  const before = await everything(site);
  const dirty = await planned(site, site.commits.next, null);
  expect({ errors: errorsOf(dirty), outcome: dirty.outputs['outcome'] }).toEqual({
    ...{ errors: ['dirty-tree'], outcome: 'failed' },
  });
  expect(await everything(site)).toEqual(before);
  await nicolas(site, 'git checkout -q app');
  const clean = await planned(site, site.commits.next, null);
  expect(planOf(clean).migrations).toMatchObject([{ statements: null }]);
  expect(planOf(clean).migrations[0]?.unread).toContain('no checkout');
}

describe.each(await both())('a plan on CodeIgniter %s, %s', (_, strategy, release) => {
  test('says what a deploy would do, and changes nothing', async () => {
    await changesNothing(release, strategy);
  }, 240_000);

  test('has lines that a person can type', async () => {
    await canBeTyped(release, strategy);
  }, 240_000);

  test('fails where a deploy would be refused, and reads no SQL without a checkout', async () => {
    await refuses(release, strategy);
  }, 240_000);
});
