import { describe, expect, test } from '@jest/globals';
import type { Site } from '../rig/kayart.ts';
import type { Strategy } from '../rig/layouts.ts';
import type { Release } from '../rig/releases.ts';
import type { RunResult } from '../rig/runner.ts';
import { nicolas, root } from './breakages.ts';
import {
  always,
  back,
  both,
  ended,
  later,
  makes,
  nobodyNoticed,
  tables,
  threeMore,
  visited,
} from './going-back.ts';
import { byHand } from './pasting.ts';
import { regularVisitor } from './regular-visitor.ts';
import { errorsOf, fresh, othersOf, remedyOf, snapshot } from './situation.ts';
import { start } from './start.ts';
import { whenLogged } from './when-logged.ts';

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

async function oneDeploy(release: Release, strategy: Strategy): Promise<void> {
  await using server = await fresh(release, { strategy });
  const { site } = server;
  const { live, next } = site.commits;
  await using crowd = await visited(site);
  await ended(start(site, '1', next));
  const first = await ended(start(site, '2', next, back));
  expect(await site.head()).toBe(live);
  expect(first.outputs['commit']).toBe(live);
  expect(othersOf(first)).toContain('migrations-stay');
  expect(await tables(site)).toContain('ci_sessions');
  await nicolas(site, '[ -z "$(git status --porcelain -- app public system)" ]');
  if (strategy === 'in-place')
    await nicolas(site, '[ "$(git symbolic-ref HEAD)" = refs/heads/main ]');
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

async function overThree(release: Release, strategy: Strategy): Promise<void> {
  await using server = await fresh(release, { strategy });
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
  expect({ tables: after.tables, ledger: after.ledger, left: after.left }).toEqual({
    ...{ tables: before.tables, ledger: before.ledger, left: '' },
  });
  // The files of a release are those of the first one; beside it lie others by now.
  const own = ({ files }: typeof after): readonly string[] =>
    files.filter((line) => line.includes(' ./') && !line.endsWith(' ./.git'));
  expect(own(after)).toEqual(own(before));
  // And forward again, with all of its migrations.
  await ended(start(site, '5', last));
  expect(await tables(site)).toEqual(expect.arrayContaining(['ci_sessions', 'orders', 'prices']));
  expect(await crowd.stop()).toMatchObject(nobodyNoticed);
}

async function refused(release: Release, strategy: Strategy): Promise<void> {
  await using server = await fresh(release, { strategy });
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
  // The inputs that were printed, given.
  await ended(start(site, '7', commit, { ...always, ...inputsOf(drops, 'migrations-cannot-go') }));
  expect(await tables(site)).toContain('prices');
  await ended(start(site, '8', commit));
  await ended(start(site, '9', commit, { ...back, ...inputsOf(never, 'commit-not-deployed') }));
  expect(await site.head()).toBe(site.commits.next);
  expect(await visitor.noticed()).toBeNull();
}

/** The lines of a finding that stand below `with:` of a workflow. */
function inputsOf(result: RunResult, name: string): Record<string, string> {
  const lines = remedyOf(result, name).split('\n');
  return Object.fromEntries(lines.map((line) => line.split(': ') as [string, string]));
}

/** Rolled back once, it neither runs again nor leaves the health page well. */
const onlyOnce = `<?php
namespace App\\Database\\Migrations;
use CodeIgniter\\Database\\Migration;
class CreatePrices extends Migration
{
    public function up()
    {
        @unlink('/tmp/unwell');
        if (is_file('/tmp/never-again')) { throw new \\RuntimeException('never again'); }
        $this->forge->addField('id');
        $this->forge->createTable('prices');
    }
    public function down()
    {
        $this->forge->dropTable('prices');
        touch('/tmp/unwell');
        touch('/tmp/never-again');
    }
}
`;

async function stranded(release: Release, strategy: Strategy): Promise<void> {
  await using server = await fresh(release, { strategy });
  const { site } = server;
  const page = "location = /well { if (-f /tmp/unwell) { return 500; } return 200 'well'; }";
  await root(
    site,
    `sed -i "s#^  index .*#& ${page}#" /etc/nginx/sites-enabled/kayart; systemctl reload nginx`,
  );
  const berta = await regularVisitor(site);
  await ended(start(site, '1', site.commits.next));
  const file = 'app/Database/Migrations/2026-03-02-000000_CreatePrices.php';
  const last = await site.push({ [file]: onlyOnce }, 'Prices');
  await ended(start(site, '2', last));
  const asked = { ...always, 'health-url': 'http://kayart.test/well', 'health-status': '200' };
  const result = await start(site, '3', last, asked);
  expect([result.outputs['outcome'], errorsOf(result)]).toEqual([
    'stranded',
    ['site-unhealthy', 'stranded-regress'],
  ]);
  await root(site, 'rm -f /tmp/never-again /tmp/unwell');
  await byHand(site, result, 'stranded-regress', last);
  expect(await tables(site)).toContain('prices');
  expect(await berta.noticed()).toBeNull();
}

async function interrupted(release: Release, strategy: Strategy): Promise<void> {
  await using server = await fresh(release, { strategy });
  const { site } = server;
  await using crowd = await visited(site);
  await ended(start(site, '1', site.commits.next));
  const [first = ''] = await threeMore(site);
  const { onLine, reached } = whenLogged('Regress:');
  const patience = { interrupt: 0, terminate: 0 };
  const killed = { cancelAfter: reached, patience, andPost: false, onLine };
  const head = await site.head();
  await start(site, '2', head, { ...always, to: first }, killed);
  await later(site);
  const next = await start(site, '3', head, { 'lock-wait': '3m' });
  expect(othersOf(next)).toContain('unfinished-deploy');
  expect(errorsOf(next)).toEqual([]);
  expect(await site.head()).toBe(head);
  expect(await tables(site)).toEqual(expect.arrayContaining(['orders', 'prices']));
  expect(await crowd.stop()).toMatchObject(nobodyNoticed);
  expect((await snapshot(site)).left).toBe('');
}

describe.each(await both())('a rollback on CodeIgniter %s, %s', (_, strategy, release) => {
  test('over one deploy, with a change of the session handler, back and forth', async () => {
    await oneDeploy(release, strategy);
  }, 300_000);

  test('over three deploys, with and without their migrations', async () => {
    await overThree(release, strategy);
  }, 400_000);

  test('is refused where something would be lost, and comes forward again where it fails', async () => {
    await refused(release, strategy);
  }, 300_000);

  test('whose migrations do not run again is finished by the lines that are printed', async () => {
    await stranded(release, strategy);
  }, 300_000);

  test('that was killed while migrations were rolled back is undone by the next deploy', async () => {
    await interrupted(release, strategy);
  }, 300_000);
});
