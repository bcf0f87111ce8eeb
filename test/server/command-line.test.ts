import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { chosen } from '../rig/releases.ts';
import { run } from '../rig/runner.ts';
import { fresh, inputsFor } from './situation.ts';

const program = fileURLToPath(new URL('../../dist/index.cjs', import.meta.url));
const [release] = (await chosen()).slice(-1);
if (release === undefined) throw new Error('There is no CodeIgniter release at hand.');

test('from a computer, without any variable of a runner: doctor, deploy and verify', async () => {
  await using server = await fresh(release);
  const { site, machine } = server;
  const home = mkdtempSync(join(tmpdir(), 'ci4-deploy-home-'));
  try {
    mkdirSync(join(home, '.ssh'));
    writeFileSync(join(home, '.ssh/known_hosts'), `${machine.knownHostsLine}\n`);
    writeFileSync(join(home, '.ssh/id'), machine.privateKey, { mode: 0o600 });
    const at = ['--host', `${machine.user}@${machine.address}`, '--path', site.path];
    const typed = (
      ...words: readonly string[]
    ): { status: number | null; stdout: string; stderr: string } =>
      spawnSync(process.execPath, [program, ...words, ...at, '--ssh-key-file', '~/.ssh/id'], {
        cwd: home,
        encoding: 'utf8',
        env: { PATH: process.env['PATH'], HOME: home },
      });

    const looked = typed('doctor', '--branch', 'main');
    expect([looked.stdout, looked.status]).toEqual([expect.stringMatching(/^✓ Ready: /), 0]);

    const deployed = typed('deploy', '--commit', site.commits.next, '--branch', 'main');
    expect([deployed.stdout, deployed.status]).toEqual([
      expect.stringMatching(
        /^✓ Deployed, and every step was proved\nCommit [0-9a-f]{10} is live and answers 200\./,
      ),
      0,
    ]);
    expect(await site.head()).toBe(site.commits.next);
    expect(deployed.stderr).toContain('Switch: the live tree to the new commit\n  Commit ');
    expect(deployed.stderr).not.toMatch(/exit status|^\$ /m);

    const verified = typed('verify', '--debug');
    expect([verified.stdout, verified.status]).toEqual([
      expect.stringMatching(/^✓ Everything that was checked is right\n/),
      0,
    ]);
    expect(verified.stderr).toMatch(/^\$ .*\n│ /m);

    // The runner's word for step debug.
    const debugged = await run({
      inputs: { ...inputsFor(site), command: 'verify' },
      env: { RUNNER_DEBUG: '1' },
    });
    expect([debugged.exitCode, debugged.shown.join('\n')]).toEqual([
      0,
      expect.stringMatching(/^▸ Inspect: .*\n(?: .*\n)* {2}\$ .*\n {2}│ /m),
    ]);
    const typedOver = [looked, deployed, verified]
      .map(({ stdout, stderr }) => stdout + stderr)
      .join();
    expect(typedOver).not.toContain(machine.privateKey.split('\n')[1]);
  } finally {
    rmSync(home, { recursive: true });
  }
}, 240_000);
