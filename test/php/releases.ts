import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One release of CodeIgniter in framework layout (app, public, spark, system, writable). */
export interface Release {
  readonly version: string;
  readonly path: string;
}

/** The releases in the folder CI4_RELEASES names; without it the one that npm holds. */
export function releases(): readonly Release[] {
  const folder = process.env['CI4_RELEASES'];
  if (folder === undefined || folder === '') return [fromNpm('4.1.3')];
  const found = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'spark')));
  if (found.length === 0) throw new Error(`CI4_RELEASES=${folder} holds no release`);
  return found.sort().map((version) => ({ version, path: join(folder, version) }));
}

function fromNpm(version: string): Release {
  const folder = join(tmpdir(), `ci4-deploy-codeigniter4-${version}`);
  const path = join(folder, 'package');
  if (!existsSync(join(path, 'spark'))) {
    mkdirSync(folder, { recursive: true });
    const options = { cwd: folder, encoding: 'utf8', stdio: 'pipe' } as const;
    execFileSync('npm', ['pack', '--silent', `codeigniter4@${version}`], options);
    execFileSync('tar', ['-xzf', `codeigniter4-${version}.tgz`], options);
  }
  return { version, path };
}
