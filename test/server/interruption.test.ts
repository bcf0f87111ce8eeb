import { expect, test } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import type { Site } from '../rig/kayart.ts';
import { chosen } from '../rig/releases.ts';
import { run, type RunOptions, type RunResult } from '../rig/runner.ts';
import { fresh, inputsFor, snapshot } from './situation.ts';

const migration = 'app/Database/Migrations/2026-01-09-000000_CreateSessionTable.php';
const slow = `<?php

namespace App\\Database\\Migrations;

use CodeIgniter\\Database\\Migration;

class CreateSessionTable extends Migration
{
    public function up()
    {
        sleep(60);
    }

    public function down()
    {
        $this->forge->dropTable('ci_sessions', true);
    }
}
`;

/** Deploys a commit whose migration takes a minute and cancels the job as soon as it runs. */
async function cancelled(site: Site, patience: RunOptions['patience']): Promise<RunResult> {
  const sha = await site.push({ [migration]: slow }, 'A slow migration');
  return run({
    inputs: inputsFor(site),
    context: { sha },
    cancelAfter: migrating(site),
    ...(patience === undefined ? {} : { patience }),
  });
}

async function migrating(site: Site): Promise<void> {
  for (let tries = 300; tries > 0; tries -= 1) {
    if (await isMigrating(site)) return;
    await pause(100);
  }
}

async function isMigrating(site: Site): Promise<boolean> {
  return (await site.machine.exec(['pgrep', '-f', 'spark migrate'])).code === 0;
}

const [release] = (await chosen()).slice(-1);
if (release === undefined) throw new Error('There is no CodeIgniter release at hand.');

test('cancelled during a migration: stopped, rolled back, unlocked, all within the ten seconds', async () => {
  await using server = await fresh(release);
  const { site } = server;
  const before = await snapshot(site);
  const result = await cancelled(site, undefined);
  expect(result.outputs['outcome']).toBe('cancelled');
  expect([result.exitCode, result.postExitCode]).toEqual([1, 0]);
  expect(await isMigrating(site)).toBe(false);
  expect(await snapshot(site)).toEqual(before);
}, 120_000);

test('killed during a migration: post rolls back what main had begun', async () => {
  await using server = await fresh(release);
  const { site } = server;
  const before = await snapshot(site);
  const result = await cancelled(site, { interrupt: 0, terminate: 0 });
  expect(result.exitCode).toBeNull();
  expect(result.postLog.join('\n')).toContain('rolling back what it had begun');
  expect(await snapshot(site)).toEqual(before);
}, 120_000);
