import { afterAll, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'ci4-deploy-start-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function program(path: string, text: string): void {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
}

test('programs of the system are found by a login that does not look for them', () => {
  cpSync('scripts/start.mjs', join(folder, 'scripts/start.mjs'));
  writeFileSync(join(folder, 'package-lock.json'), '');
  program(`node_modules/node-linux-${process.arch}/bin/node`, 'echo "goes on with $PATH"');
  writeFileSync(join(folder, 'node_modules/.package-lock.json'), '');
  // Nothing is installed here: these only end with status 0.
  for (const name of ['apt-get', 'npm', 'php']) program(`bin/${name}`, 'exit 0');
  program('bin/sudo', 'echo "goes on with $*"');
  const path = `${folder}/bin:/usr/bin:/bin`;
  const { stdout } = spawnSync(process.execPath, [join(folder, 'scripts/start.mjs'), 'demo'], {
    env: { PATH: path },
    encoding: 'utf8',
  });
  expect(stdout).toMatch(/^goes on with .*\/usr\/sbin/m);
});
