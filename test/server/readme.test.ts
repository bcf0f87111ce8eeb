import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { install, type Site } from '../rig/kayart.ts';
import { boot, type Machine } from '../rig/machine.ts';
import { newest } from '../rig/releases.ts';
import { run, type RunResult } from '../rig/runner.ts';

// What the set-up of the README shows is pasted here, by a person who follows it word for word.
let machine: Machine;
let site: Site;
let folder = '';

beforeAll(async () => {
  machine = await boot();
  site = await install(machine, { release: await newest() });
  // A server that nobody prepared: no right to reload, no group, no time for running requests.
  await root(`rm /etc/sudoers.d/nicolas; gpasswd -d nicolas www-data
chgrp -R nicolas ${site.path}/writable && chmod -R go-w ${site.path}/writable
sed -i '/^process_control_timeout/d' /etc/php/${machine.phpVersion}/fpm/php-fpm.conf
chown -R www-data ${site.path}/writable`);
  folder = await mkdtemp(join(tmpdir(), 'ci4-deploy-readme-'));
}, 300_000);

afterAll(async () => {
  await machine[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

async function root(script: string): Promise<string> {
  const { code, stdout, stderr } = await machine.exec(['bash', '-e', '-c', script]);
  if (code !== 0) throw new Error(`${script} ended with ${code}: ${stdout}${stderr}`);
  return stdout;
}

/** The lines of a numbered step of the set-up, one text for each block, with this server's names in place of the example's. */
async function blocks(page: string, step: number): Promise<readonly string[]> {
  const text = await readFile(page, 'utf8');
  const [, part = ''] =
    new RegExp(`\\n${step}\\. \\*\\*([\\s\\S]*?)(?=\\n\\d\\. \\*\\*|\\n## )`).exec(text) ?? [];
  return [...part.matchAll(/^ {3}```sh\n([\s\S]*?)^ {3}```$/gm)].map(([, block = '']) =>
    block
      .replaceAll(/^ {3}/gm, '')
      .replaceAll('www.example.org', machine.address)
      .replaceAll('8.3', machine.phpVersion)
      .replaceAll('git@github.com:nicolas/kayart.git', '/srv/git/kayart.git'),
  );
}

/**
 * ssh of a computer whose own key is let in already, as that of a person who sets a server up. Its home is a folder of the
 * test. The key of the README has to prove itself without that one.
 */
async function computer(): Promise<NodeJS.ProcessEnv> {
  const [bin, own, hosts] = ['bin', 'own', 'hosts'].map((name) => join(folder, name));
  await mkdir(bin ?? '');
  await writeFile(own ?? '', machine.privateKey, { mode: 0o600 });
  await writeFile(hosts ?? '', `${machine.knownHostsLine}\n`);
  const ssh = `#!/bin/sh
case "$*" in *deploy-key*) key=/nowhere;; *) key=${own};; esac
exec /usr/bin/ssh -F /dev/null -o BatchMode=yes -o IdentitiesOnly=yes -o UserKnownHostsFile=${hosts} -i $key "$@"
`;
  await writeFile(join(bin ?? '', 'ssh'), ssh, { mode: 0o755 });
  return { ...process.env, HOME: folder, PATH: `${bin}:${process.env['PATH'] ?? ''}` };
}

async function doctor(knownHosts: string, key: string): Promise<RunResult> {
  const inputs = {
    command: 'doctor',
    host: `nicolas@${machine.address}`,
    'ssh-key': key,
    'known-hosts': knownHosts,
    path: site.path,
  };
  return run({ inputs, context: { sha: site.commits.next } });
}

function names({ outputs }: RunResult): readonly string[] {
  return (JSON.parse(outputs['findings'] ?? '[]') as { name: string }[]).map(({ name }) => name);
}

test('the French page has the same lines in the same steps', async () => {
  for (const step of [1, 2, 3, 4, 5, 6, 7, 8]) {
    expect(await blocks('README.fr.md', step)).toEqual(await blocks('README.md', step));
  }
});

describe('the set-up, followed word for word', () => {
  let knownHosts = '';
  let key = '';

  test('step 2: the key that is made there is let in', async () => {
    const [make = ''] = await blocks('README.md', 2);
    const env = await computer();
    await promisify(execFile)('bash', ['-e', '-c', make], { cwd: folder, env });
    key = await readFile(join(folder, 'deploy-key'), 'utf8');
    expect(await root('cat /home/nicolas/.ssh/authorized_keys')).toContain(
      (await readFile(join(folder, 'deploy-key.pub'), 'utf8')).trim(),
    );
  }, 60_000);

  test('step 3: the fingerprint of the network is that of the server, and the line is trusted', async () => {
    const [onComputer = '', onServer = ''] = await blocks('README.md', 3);
    const { stdout } = await promisify(execFile)('bash', ['-e', '-c', onComputer], { cwd: folder });
    const [, fingerprint = ''] = /(SHA256:\S{43}) /.exec(stdout) ?? [];
    expect(fingerprint).not.toBe('');
    expect(await root(onServer)).toContain(fingerprint);
    knownHosts = await readFile(join(folder, 'known-hosts'), 'utf8');
    const before = await doctor(knownHosts, key);
    expect(before.outputs['outcome']).toBe('failed');
    expect(names(before)).toEqual(
      expect.arrayContaining(['reload-not-allowed', 'reload-cuts-requests']),
    );
  }, 60_000);

  test('step 4: the server fetches with the key of the repository, without a question', async () => {
    const [make = ''] = await blocks('README.md', 4);
    const as = ['setpriv', '--reuid=nicolas', '--regid=nicolas', '--init-groups'];
    const { code, stdout, stderr } = await machine.exec([
      'env',
      'HOME=/home/nicolas',
      ...as,
      'bash',
      '-e',
      '-c',
      make,
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^ssh-ed25519 \S+ deploy kayart$/m);
    expect(await root(`cat ${site.path}/.git/config`)).toContain('deploy_kayart');
  }, 60_000);

  test('step 4: the line of GitHub asks for one key, shows its fingerprint and keeps the line', async () => {
    const [, trust = ''] = await blocks('README.md', 4);
    // Nothing of GitHub is reached from here: the server stands for it.
    const here = trust.replaceAll('github.com', '127.0.0.1');
    const [stdout, line] = (
      await root(`export HOME=/home/nicolas\n${here}tail -n 1 ~/.ssh/known_hosts`)
    ).split('\n');
    expect(stdout).toMatch(/^256 SHA256:\S{43} 127\.0\.0\.1 \(ED25519\)$/);
    expect(line).toMatch(/^127\.0\.0\.1 ssh-ed25519 \S+$/);
  }, 60_000);

  test('steps 5 to 7: the doctor misses nothing any more', async () => {
    for (const step of [5, 6, 7]) {
      for (const block of await blocks('README.md', step)) await root(block);
    }
    const after = await doctor(knownHosts, key);
    expect({ findings: names(after), outcome: after.outputs['outcome'] }).toEqual({
      findings: [],
      outcome: 'passed',
    });
  }, 60_000);
});
