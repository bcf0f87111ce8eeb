import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { fpmGroup, joinFpm, share, type Sharing } from '../../../src/remedies/access.ts';
import { bySsh, cloneAround, deployKey, keepEdits } from '../../../src/remedies/clone.ts';
import { setEnv } from '../../../src/remedies/dotenv.ts';
import { controlTimeout, moreWorkers } from '../../../src/remedies/fpm.ts';
import { allowForwarding, authorize, compareHostKey } from '../../../src/remedies/ssh.ts';
import type { Instruction } from '../../../src/remedy.ts';

const sharing: Sharing = {
  path: '/srv/my site',
  user: 'nicolas',
  fpmUser: 'shop',
  fpmGroup: 'shop',
  socketGroup: 'www-data',
};
const origin = {
  path: '/srv/site',
  repository: 'git@github.com:nicolas/kayart.git',
  remote: 'origin',
  branch: 'main',
};

/** Lines that a shell does not even read would be no lines to paste. */
function parses({ lines }: Instruction): void {
  execFileSync('bash', ['-n'], { input: lines.join('\n') });
}

describe('what is printed to be pasted', () => {
  test.each<[string, readonly Instruction[]]>([
    ['sharing a site', [share(sharing)]],
    [
      'sharing with a pool that nobody knows',
      [share({ ...sharing, fpmUser: null, fpmGroup: null })],
    ],
    ['a deploy key', deployKey('nicolas', origin)],
    ['a clone around files', cloneAround('nicolas', origin)],
    [
      'keeping edits',
      keepEdits(
        'nicolas',
        {
          ...{ path: '/srv/s', branch: 'main', target: { user: 'n', host: 'h', port: 2222 } },
          through: [{ user: 'n', host: 'gate', port: 22 }],
        },
        ["app/it's.php"],
      ),
    ],
    ['a timeout', [controlTimeout('php8.2-fpm', '/etc/php/8.2/fpm/php-fpm.conf')]],
    ['more workers', [moreWorkers('php8.2-fpm', '/etc/php/8.2/fpm/php-fpm.conf', 'www')]],
    ['forwarding', [allowForwarding('AllowTcpForwarding')]],
    ['a key', [authorize('nicolas', 'ssh-ed25519 AAAA x')]],
    ['a host key', compareHostKey({ host: 'h', port: 2222 })],
  ])('is read by a shell: %s', (_name, instructions) => {
    for (const one of instructions) {
      expect(one.lines.join('\n')).not.toMatch(/<[a-z]+>| {3}(or|then)\b/);
      parses(one);
    }
  });

  test('names the group of PHP-FPM, or lets the server say it', () => {
    expect(fpmGroup(sharing)).toBe('shop');
    expect(fpmGroup({ ...sharing, fpmGroup: null })).toBe('"$(id -gn shop)"');
    expect(fpmGroup({ ...sharing, fpmGroup: null, fpmUser: null })).toContain('stat -c %U');
  });

  test('joins the group of the socket besides, and each once', () => {
    expect(joinFpm(sharing).lines).toEqual(['sudo usermod -aG shop,www-data nicolas']);
    const one = { ...sharing, socketGroup: 'shop' };
    expect(joinFpm(one).lines).toEqual(['sudo usermod -aG shop nicolas']);
  });

  test.each([
    ['https://github.com/nicolas/kayart', 'git@github.com:nicolas/kayart.git'],
    ['https://token@github.com/nicolas/kayart.git', 'git@github.com:nicolas/kayart.git'],
    ['git@github.com:nicolas/kayart.git', 'git@github.com:nicolas/kayart.git'],
    ['/srv/git/kayart.git', '/srv/git/kayart.git'],
  ])('%s is reached over ssh as %s', (url, wanted) => {
    expect(bySsh(url)).toBe(wanted);
  });

  test('another port of a git server is asked for its key at that port', () => {
    const [, , trust] = deployKey('n', { ...origin, repository: 'ssh://git@git.test:2222/a.git' });
    expect(trust?.lines[0]).toContain('ssh-keyscan -p 2222 -t ed25519 git.test');
  });
});

test('a line of .env is set in the file itself, which keeps its mode and its owner', () => {
  const folder = mkdtempSync(join(tmpdir(), 'env-'));
  const env = join(folder, 'an .env');
  writeFileSync(env, "# first\nmigrations.enabled = false\nother = '$x'", { mode: 0o640 });
  const before = statSync(env).ino;
  execFileSync('sh', ['-c', setEnv(env, 'migrations.enabled', 'true')], {
    env: { ...process.env, HOME: folder },
  });
  expect(readdirSync(folder)).toEqual(['an .env']);
  expect(readFileSync(env, 'utf8')).toBe("# first\nother = '$x'\nmigrations.enabled = true\n");
  expect([statSync(env).ino, statSync(env).mode & 0o777]).toEqual([before, 0o640]);
  rmSync(folder, { recursive: true });
});

test('the timeout is set in the section that has to have it, whatever is there', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fpm-'));
  const file = join(folder, 'php-fpm.conf');
  const [line = ''] = controlTimeout('fpm', file).lines;
  for (const text of ['[global]\n;process_control_timeout = 0\npid = x\n', '[global]\npid = x\n']) {
    writeFileSync(file, text);
    execFileSync('sh', ['-c', line.replace('sudo ', '')]);
    expect(readFileSync(file, 'utf8')).toBe('[global]\nprocess_control_timeout = 10s\npid = x\n');
  }
  rmSync(folder, { recursive: true });
});
