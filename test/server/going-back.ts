import { expect } from '@jest/globals';
import { gracefulReloads } from '../rig/graceful.ts';
import type { Site } from '../rig/kayart.ts';
import type { Strategy } from '../rig/layouts.ts';
import { chosen, type Release } from '../rig/releases.ts';
import type { RunResult } from '../rig/runner.ts';
import { visitors, type Visitors } from '../rig/visitors.ts';
import { nicolas } from './breakages.ts';
import { errorsOf } from './situation.ts';
import { start } from './start.ts';

/** Inputs of a rollback, and of one that takes the migrations since with it. */
export const back = { command: 'rollback' };
export const always = { ...back, 'undo-migrations': 'always' };
export const nobodyNoticed = { failed: 0, loggedOut: 0, lost: 0, failures: [] };

/** Each release with each way a site may lie. */
export async function both(): Promise<readonly (readonly [string, Strategy, Release])[]> {
  return (await chosen()).flatMap((release) =>
    (['in-place', 'releases'] as const).map((one) => [release.version, one, release] as const),
  );
}

/** Requests that run get their time at a reload, and people click while all of it happens. */
export async function visited(site: Site): Promise<Visitors> {
  await gracefulReloads(site.machine);
  const crowd = visitors(site.url, 5, 100);
  await crowd.arrived;
  return crowd;
}

/** A run that has to end so, without errors where that is green. */
export async function ended(run: Promise<RunResult>, outcome = 'deployed'): Promise<RunResult> {
  const result = await run;
  expect({ outcome: result.outputs['outcome'], errors: errorsOf(result) }).toEqual({
    outcome,
    errors: outcome === 'deployed' ? [] : errorsOf(result),
  });
  return result;
}

/** A migration that makes a table, with its file name, by a number from 1 to 9. */
export function makes(
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

/** Names of the tables of the site. */
export async function tables(site: Site): Promise<readonly string[]> {
  return (await site.sql('SHOW TABLES')).map(([name = '']) => name);
}

/** Three deploys after the one that moved the sessions: two with a migration each. */
export async function threeMore(site: Site): Promise<readonly string[]> {
  const commits: string[] = [];
  const all = [makes('orders', 1), { 'app/Views/new.php': 'new\n' }, makes('prices', 2)];
  for (const [at, files] of all.entries()) {
    const commit = await site.push(files as Record<string, string>, `Number ${at}`);
    await ended(start(site, `1${at}`, commit));
    commits.push(commit);
  }
  return commits;
}

/** Who held the lock ten minutes ago is gone. */
export async function later(site: Site): Promise<void> {
  await nicolas(site, `touch -d '10 minutes ago' ${site.gitDir}/ci4-deploy/lock/heartbeat`);
}
