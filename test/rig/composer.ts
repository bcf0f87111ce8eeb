import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cache } from './cache.ts';
import { exclusively, host } from './host.ts';
import type { Release } from './releases.ts';

const starter = 'codeigniter4/appstarter';
const framework = 'codeigniter4/framework';
const wanted = ['4.1.*', '4.4.*', '*'];
const day = 24 * 3600 * 1000;

const folder = join(cache, 'composer');
const none = join(folder, 'none');

/** What Composer gives; nothing, remembered for a day, where it has no such package. */
export async function composed(): Promise<readonly Release[]> {
  if (await refusedToday()) return [];
  return exclusively('composer', async () => {
    if (await refusedToday()) return [];
    const found: Release[] = [];
    for (const constraint of wanted) {
      const release = await create(constraint);
      if (release !== null) found.push(release);
    }
    if (found.length === 0) {
      await mkdir(folder, { recursive: true });
      await writeFile(none, '');
    }
    return found;
  });
}

async function refusedToday(): Promise<boolean> {
  const asked = await stat(none).catch(() => null);
  return asked !== null && Date.now() - asked.mtimeMs < day;
}

async function create(constraint: string): Promise<Release | null> {
  const place = join(folder, constraint.replace('*', 'x'));
  if (!existsSync(place)) {
    if (!(await isKnown())) return null;
    console.log(`Composer: creating ${starter} ${constraint}`);
    const fresh = `${place}.new`;
    await rm(fresh, { recursive: true, force: true });
    if (!(await skeleton(fresh, constraint)) || !(await depend(fresh, constraint))) return null;
    await rename(fresh, place);
  }
  const file = join(place, 'vendor', framework, 'system/CodeIgniter.php');
  const version = /CI_VERSION\s*=\s*'([^']+)'/.exec(await readFile(file, 'utf8'))?.[1];
  return version === undefined ? null : { version, folder: place, source: 'Composer' };
}

/** Asked first because it is quick: the registry that is reached may hold only a part of the packages. */
async function isKnown(): Promise<boolean> {
  return composer(60, ['show', '--all', starter]);
}

async function skeleton(place: string, constraint: string): Promise<boolean> {
  return composer(120, ['create-project', '--no-install', starter, place, constraint]);
}

/** An old skeleton accepts any newer framework, with which it does not run: it gets the one of its own release. */
async function depend(place: string, constraint: string): Promise<boolean> {
  const there = [`--working-dir=${place}`, '--no-dev'];
  if (constraint === '*') return composer(300, ['update', ...there]);
  const pinned = await composer(20, [
    'require',
    `--working-dir=${place}`,
    '--no-update',
    `${framework}:${constraint}`,
  ]);
  return pinned && composer(300, ['update', ...there]);
}

async function composer(seconds: number, args: readonly string[]): Promise<boolean> {
  const argv = ['timeout', String(seconds), 'composer', ...args, '--no-interaction', '--quiet'];
  // Old releases have known holes; these never serve anybody.
  const allowed = { COMPOSER_NO_AUDIT: '1', COMPOSER_NO_SECURITY_BLOCKING: '1' };
  const env = { ...process.env, ...allowed, COMPOSER_ALLOW_SUPERUSER: '1' };
  const { code } = await host(argv, { env, cwd: '/' });
  return code === 0;
}
