import { describe, expect, test } from '@jest/globals';
import { gracefulReloads } from '../rig/graceful.ts';
import type { Site } from '../rig/kayart.ts';
import { chosen, type Release } from '../rig/releases.ts';
import type { RunResult } from '../rig/runner.ts';
import { visitors, type Visitors } from '../rig/visitors.ts';
import { nicolas } from './breakages.ts';
import { regularVisitor } from './regular-visitor.ts';
import { errorsOf, fresh, othersOf, remedyOf, snapshot } from './situation.ts';
import { start } from './start.ts';
import { whenLogged } from './when-logged.ts';

const back = { command: 'rollback' };
const always = { ...back, 'undo-migrations': 'always' };
const nobodyNoticed = { failed: 0, loggedOut: 0, lost: 0, failures: [] };

/** Requests that run get their time at a reload, and people click while all of it happens. */
async function visited(site: Site): Promise<Visitors> {
  await gracefulReloads(site.machine);
  const crowd = visitors(site.url, 5, 100);
  await crowd.arrived;
  return crowd;
}

async function ended(run: Promise<RunResult>, outcome = 'deployed'): Promise<RunResult> {
  const result = await run;
  expect({ outcome: result.outputs['outcome'], errors: errorsOf(result) }).toEqual({
    outcome,
    errors: outcome === 'deployed' ? [] : errorsOf(result),
  });
  return result;
}

/** A migration that makes a table, with its file name, by a number from 1 to 9. */
function makes(
  table: string,
  number: number,
  down = `$this->forge->dropTable('${table}');`,
): object {
  const name = `Create${table[0]?.toUpperCase() ?? ''}${table.slice(1)}`;
  const text = `<?php
namespace App\\Database\\Migrations;
use CodeIgniter\\Database\\Migration;
class ${name} extends Migration
{
    public function up() { $this->forge->addField('id'); $this->forge->createTable('${table}'); }
    public function down() { ${down} }
}
`;
  return { [`app/Database/Migrations/2026-03-0${number}-000000_${name}.php`]: text };
}

async function tables(site: Site): Promise<readonly string[]> {
  return (await site.sql('SHOW TABLES')).map(([name = '']) => name);
}

interface Listed {
  readonly outcome: string;
  readonly command: string;
  readonly commit: string;
  readonly live: boolean;
}

async function listed(site: Site): Promise<readonly Listed[]> {
  const result = await start(site, '90', site.commits.next, { command: 'releases' });
  expect(result.outputs['outcome']).toBe('passed');
  return JSON.parse(result.outputs['releases'] ?? '[]') as Listed[];
}

/** Three deploys after the one that moved the sessions: two with a migration each. */
async function threeMore(site: Site): Promise<readonly string[]> {
  const commits: string[] = [];
  const all = [makes('orders', 1), { 'app/Views/new.php': 'new\n' }, makes('prices', 2)];
  for (const [at, files] of all.entries()) {
    const commit = await site.push(files as Record<string, string>, `Number ${at}`);
    await ended(start(site, `1${at}`, commit));
    commits.push(commit);
  }
  return commits;
}

async function oneDeploy(release: Release): Promise<void> {
  await using server = await fresh(release);
  const { site } = server;
  const { live, next } = site.commits;
  await using crowd = await visited(site);
  await ended(start(site, '1', next));
  const first = await ended(start(site, '2', next, back));
  expect(await site.head()).toBe(live);
  expect(first.outputs['commit']).toBe(live);
  expect(othersOf(first)).toContain('migrations-stay');
  expect(await tables(site)).toContain('ci_sessions');
  await nicolas(
    site,
    '[ -z "$(git status --porcelain)" ] && [ "$(git symbolic-ref --short HEAD)" = main ]',
  );
  // A rollback is a deploy, and what it went away from is before it.
  await ended(start(site, '3', live, back));
  expect(await site.head()).toBe(next);
  await ended(start(site, '4', next, { ...back, to: live.slice(0, 8) }));
  const pushed = await site.push({ 'app/Views/new.php': 'new\n' }, 'The next push');
  await ended(start(site, '5', pushed));
  expect(await site.head()).toBe(pushed);
  expect(await crowd.stop()).toMatchObject(nobodyNoticed);
  expect(
    (await listed(site)).map(({ command, commit, live: is }) => [command, commit, is]),
  ).toEqual([
    ['deploy', pushed, true],
    ['rollback', live, false],
    ['rollback', next, false],
    ['rollback', live, false],
    ['deploy', next, false],
  ]);
  expect((await snapshot(site)).left).toBe('');
}

async function overThree(release: Release): Promise<void> {
  await using server = await fresh(release);
  const { site } = server;
  const { live, next } = site.commits;
  const before = await snapshot(site);
  await using crowd = await visited(site);
  await ended(start(site, '1', next));
  const [, , last = ''] = await threeMore(site);
  await site.sql('INSERT INTO prices VALUES (), ()');
  // Migrations stay unless somebody wants them to go.
  const stayed = await ended(start(site, '2', last, { ...back, to: next }));
  expect(await site.head()).toBe(next);
  expect(othersOf(stayed)).toContain('migrations-stay');
  expect(await tables(site)).toEqual(expect.arrayContaining(['orders', 'prices']));
  await ended(start(site, '3', next, back));
  expect(await site.head()).toBe(last);
  const gone = await ended(start(site, '4', last, { ...always, to: live }));
  expect(await site.head()).toBe(live);
  expect(gone.outputs['findings']).toContain('drops prices (2 rows)');
  expect(gone.summary).toMatch(
    /Batch 4 was rolled back: .*CreatePrices[^]*Batch 3 .*CreateOrders[^]*Batch 2/,
  );
  const after = await snapshot(site);
  expect({
    tables: after.tables,
    ledger: after.ledger,
    files: after.files,
    left: after.left,
  }).toEqual({
    ...{ tables: before.tables, ledger: before.ledger, files: before.files, left: '' },
  });
  // And forward again, with all of its migrations.
  await ended(start(site, '5', last));
  expect(await tables(site)).toEqual(expect.arrayContaining(['ci_sessions', 'orders', 'prices']));
  expect(await crowd.stop()).toMatchObject(nobodyNoticed);
}

async function refused(release: Release): Promise<void> {
  await using server = await fresh(release);
  const { site } = server;
  await ended(start(site, '1', site.commits.next));
  const visitor = await regularVisitor(site);
  const down = "$this->forge->dropTable('prices'); $this->forge->dropTable('notes');";
  const commit = await site.push(makes('prices', 1, down) as Record<string, string>, 'Prices');
  await ended(start(site, '2', commit));
  const before = await snapshot(site);
  const drops = await ended(start(site, '3', commit, always), 'refused');
  expect(errorsOf(drops)).toEqual(['migrations-cannot-go']);
  expect(drops.outputs['findings']).toContain('would drop notes, and it did not make');
  const never = await ended(start(site, '4', commit, { ...back, to: 'abcdef1' }), 'refused');
  expect(remedyOf(never, 'commit-not-deployed')).toContain(`to: ${site.commits.next}`);
  await site.sql('RENAME TABLE ci_sessions TO ci_sessions_away');
  const tableless = await snapshot(site);
  const unusable = await start(site, '5', commit, back);
  expect(errorsOf(unusable)).toContain('table-missing');
  expect(await snapshot(site)).toEqual(tableless);
  await site.sql('RENAME TABLE ci_sessions_away TO ci_sessions');
  // What fails after the switch comes forward again.
  const unhealthy = { ...back, 'health-text': 'on no page', 'health-retries': '0' };
  await ended(start(site, '6', commit, unhealthy), 'rolled-back');
  expect(await snapshot(site)).toEqual(before);
  expect(await visitor.noticed()).toBeNull();
  expect((await listed(site)).map(({ outcome }) => outcome)).toEqual([
    ...['rolled-back', 'rolled-back', 'refused', 'deployed', 'deployed'],
  ]);
}

async function interrupted(release: Release): Promise<void> {
  await using server = await fresh(release);
  const { site } = server;
  await using crowd = await visited(site);
  await ended(start(site, '1', site.commits.next));
  const [first = ''] = await threeMore(site);
  const { onLine, reached } = whenLogged('Regress:');
  const patience = { interrupt: 0, terminate: 0 };
  const killed = { cancelAfter: reached, patience, andPost: false, onLine };
  const head = await site.head();
  await start(site, '2', head, { ...always, to: first }, killed);
  await nicolas(site, "touch -d '10 minutes ago' .git/ci4-deploy/lock/heartbeat");
  const next = await start(site, '3', head, { 'lock-wait': '3m' });
  expect(othersOf(next)).toContain('unfinished-deploy');
  expect(errorsOf(next)).toEqual([]);
  expect(await site.head()).toBe(head);
  expect(await tables(site)).toEqual(expect.arrayContaining(['orders', 'prices']));
  expect(await crowd.stop()).toMatchObject(nobodyNoticed);
  expect((await snapshot(site)).left).toBe('');
}

describe.each((await chosen()).map((release) => [release.version, release] as const))(
  'a rollback on CodeIgniter %s',
  (_, release) => {
    test('over one deploy, with a change of the session handler, back and forth', async () => {
      await oneDeploy(release);
    }, 300_000);

    test('over three deploys, with and without their migrations', async () => {
      await overThree(release);
    }, 400_000);

    test('is refused where something would be lost, and comes forward again where it fails', async () => {
      await refused(release);
    }, 300_000);

    test('that was killed while migrations were rolled back is undone by the next deploy', async () => {
      await interrupted(release);
    }, 300_000);
  },
);
