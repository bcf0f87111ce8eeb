import { expect, test } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import type { Site } from '../rig/kayart.ts';
import { chosen } from '../rig/releases.ts';
import { run } from '../rig/runner.ts';
import { createTable, migration, migrationWith } from './breakages.ts';
import { deploy, fresh, inputsFor, snapshot } from './situation.ts';

const [release] = (await chosen()).slice(-1);
if (release === undefined) throw new Error('There is no CodeIgniter release at hand.');

async function migrating(site: Site): Promise<void> {
  for (let tries = 300; tries > 0; tries -= 1) {
    if ((await site.machine.exec(['pgrep', '-f', 'spark migrate'])).code === 0) return;
    await pause(50);
  }
}

test('a migration goes on without its connection, once, and the run learns how it ended', async () => {
  await using server = await fresh(release);
  const { site } = server;
  // It prints all the time: a broken pipe would end it.
  const slow = `for ($i = 0; $i < 30; $i++) { \\CodeIgniter\\CLI\\CLI::write('still here'); usleep(100000); }
        ${createTable('ci_sessions')} $this->db->query("INSERT INTO notes (title) VALUES ('migrated')");`;
  const columns = await site.sql('SHOW COLUMNS FROM notes');
  const title = columns.map(([name]) => name).find((name) => name !== 'id') ?? 'title';
  const commit = await site.push(
    {
      [migration]: migrationWith(
        slow.replace('(title)', `(${title})`),
        "$this->forge->dropTable('ci_sessions');",
      ),
    },
    'A slow migration',
  );
  const running = run({ inputs: inputsFor(site), context: { sha: commit } });
  await migrating(site);
  await site.machine.exec(['pkill', '-KILL', '-f', 'sshd: nicolas']);
  const result = await running;
  expect(result.log.join('\\n')).toContain('The connection was lost during the migration');
  expect(result.outputs['outcome']).toBe('deployed');
  const rows = await site.sql(`SELECT COUNT(*) FROM notes WHERE ${title} = 'migrated'`);
  expect(rows).toEqual([['1']]);
}, 120_000);

test('two deploys at the same moment: one goes, the other says who holds the lock', async () => {
  await using server = await fresh(release);
  const { site } = server;
  const results = await Promise.all([deploy(site), deploy(site)]);
  const outcomes = results.map(({ outputs }) => outputs['outcome']).toSorted();
  expect(outcomes).toEqual(['deployed', 'refused']);
  const refused = results.find(({ outputs }) => outputs['outcome'] === 'refused');
  expect(refused?.outputs['findings']).toContain('Another deploy holds the lock');
  expect((await snapshot(site)).left).toBe('');
}, 120_000);
