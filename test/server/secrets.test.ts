import { expect, test } from '@jest/globals';
import { chosen } from '../rig/releases.ts';
import { deploy, fresh } from './situation.ts';

const marker = 'visitor-data-that-nobody-may-read';
const watch = `while :; do cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ; done 2>/dev/null | tr '\\0' '\\n' | grep -aF -f /root/secrets >/root/seen`;

const [release] = (await chosen()).slice(-1);
if (release === undefined) throw new Error('There is no CodeIgniter release at hand.');

test('no secret in log, summary, outputs, state, command lines or files of the server; no session data in the log', async () => {
  await using server = await fresh(release);
  const { site, machine } = server;
  await site.get(`/login/${marker}`);
  // The first lines of two keys of the same kind are the same.
  const [, , , keyLine = ''] = machine.privateKey.split('\n');
  const [password = ''] = site.secrets;
  await machine.writeFile('/root/secrets', `${password}\n${keyLine}\n`);
  await machine.exec([
    'sh',
    '-c',
    `setsid sh -c '${watch.replaceAll("'", "'\\''")}' >/dev/null 2>&1 &`,
  ]);

  const result = await deploy(site);
  expect(result.outputs['outcome']).toBe('deployed');
  expect(result.leaks([...site.secrets, marker])).toEqual([]);

  expect((await machine.exec(['cat', '/root/seen'])).stdout).toBe('');
  const places = ['/var', '/home', '/tmp', '/etc', '/run/user', '/srv'];
  const found = await machine.exec(['grep', '-rlaF', '-f', '/root/secrets', ...places]);
  const files = found.stdout.trim().split('\n');
  // The application's own settings are where its password belongs.
  expect(files.filter((file) => file !== `${site.path}/.env`)).toEqual([]);
  expect(files).toContain(`${site.path}/.env`);
}, 120_000);
