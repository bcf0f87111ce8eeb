import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { appendFile, cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cache, removeUnused, used } from './cache.ts';
import { must } from './host.ts';
import type { Release } from './releases.ts';

/** The user's repository on one release: what is live, and the next commit that moves the sessions. */
export interface Repository {
  /** A tar of the bare repository. */
  readonly archive: string;
  /** A tar of Composer's dependencies, which are not in the repository; null where the release has none. */
  readonly vendor: string | null;
  readonly commits: { readonly live: string; readonly next: string };
}

const fixture = fileURLToPath(new URL('kayart', import.meta.url));
const ignored = `.env
vendor/
writable/cache/*
writable/debugbar/*
writable/logs/*
writable/session/*
writable/uploads/*
!writable/*/index.html
`;

const known = new Map<string, Promise<Repository>>();

/** Builds the repository, or takes the one that is kept from an earlier run; looked for once in a process. */
export async function repository(release: Release): Promise<Repository> {
  const { folder } = release;
  const found = known.get(folder) ?? find(release);
  known.set(folder, found);
  return found;
}

async function find(release: Release): Promise<Repository> {
  const name = `kayart-${release.version.replace(' ', '-')}-${await fingerprint(release)}`;
  const archive = join(cache, `${name}.tar`);
  if (!existsSync(archive)) await build(release, archive);
  await used(archive);
  const reported = await must(['tar', '-xOf', archive, './kayart-commits']);
  const [live = '', next = ''] = reported.trim().split(' ');
  return { archive, vendor: await dependencies(release, name), commits: { live, next } };
}

async function dependencies({ folder }: Release, name: string): Promise<string | null> {
  if (!existsSync(join(folder, 'vendor'))) return null;
  const archive = join(cache, `${name}.vendor.tar`);
  if (!existsSync(archive)) await tar(folder, 'vendor', archive);
  await used(archive);
  return archive;
}

/** Of everything the archives are made from, so that a release that was changed in its folder is packed again. */
async function fingerprint({ folder }: Release): Promise<string> {
  const hash = createHash('sha256').update(folder);
  const listed = await must(['find', folder, '-type', 'f', '-printf', '%P %s %T@\n']);
  hash.update(listed.split('\n').sort().join('\n'));
  const files = (await must(['find', fixture, '-type', 'f'])).trim().split('\n').sort();
  for (const file of [fileURLToPath(import.meta.url), ...files]) hash.update(await readFile(file));
  return hash.digest('hex').slice(0, 12);
}

async function build(release: Release, archive: string): Promise<void> {
  await mkdir(cache, { recursive: true });
  await removeUnused('kayart-');
  const work = await mkdtemp(join(tmpdir(), 'ci4-deploy-kayart-'));
  try {
    const tree = join(work, 'tree');
    await cp(release.folder, tree, { recursive: true });
    for (const surplus of ['tests', 'vendor', '.git', '.github']) {
      await rm(join(tree, surplus), { recursive: true, force: true });
    }
    const git = async (...args: string[]): Promise<string> =>
      must([
        'git',
        '-C',
        tree,
        '-c',
        'user.name=Nicolas',
        '-c',
        'user.email=nicolas@kayart.test',
        ...args,
      ]);
    await live(tree);
    await git('init', '-q', '-b', 'main');
    await git('add', '-A');
    await git('commit', '-q', '-m', 'Kayart with its sessions in files');
    await next(tree);
    await git('add', '-A');
    await git('commit', '-q', '-m', 'Move the sessions to MySQL');
    const commits = await git('log', '--reverse', '--format=%H');
    await pack(tree, work, commits.trim().replace('\n', ' '), archive);
  } finally {
    await rm(work, { recursive: true });
  }
}

async function pack(tree: string, work: string, commits: string, archive: string): Promise<void> {
  const bare = join(work, 'bare');
  await must(['git', 'clone', '-q', '--bare', tree, bare]);
  await must(['git', '-C', bare, 'remote', 'remove', 'origin']);
  await writeFile(join(bare, 'kayart-commits'), `${commits}\n`);
  await tar(bare, '.', archive);
}

async function tar(folder: string, what: string, archive: string): Promise<void> {
  // Several test processes may make the same archive: the last rename wins, and all are the same.
  const fresh = `${archive}.${randomUUID()}`;
  // Whatever the umask was that the release was unpacked under, PHP-FPM has to read it.
  await must(['tar', '-C', folder, '--mode=u+rw,a+rX', '-cf', fresh, what]);
  await rename(fresh, archive);
}

async function live(tree: string): Promise<void> {
  await cp(join(fixture, 'live', 'app'), join(tree, 'app'), { recursive: true });
  await writeFile(join(tree, '.gitignore'), ignored);
  // PHP 8.4 deprecates the constant, and releases before 4.5 name it in their production settings.
  const settings = join(tree, 'app/Config/Boot/production.php');
  await writeFile(settings, (await readFile(settings, 'utf8')).replace(' & ~E_STRICT', ''));
  const routes = join(tree, 'app/Config/Routes.php');
  await appendFile(routes, await readFile(join(fixture, 'live', 'routes.txt'), 'utf8'));
}

/** The user's commit: the migration, and two lines of the session configuration. */
async function next(tree: string): Promise<void> {
  await cp(join(fixture, 'next'), tree, { recursive: true });
  const newer = join(tree, 'app/Config/Session.php');
  const file = existsSync(newer) ? newer : join(tree, 'app/Config/App.php');
  const text = await readFile(file, 'utf8');
  const moved = text
    .replace(
      /(river\s*=\s*)[^;]*FileHandler[^;]*;/,
      "$1'CodeIgniter\\Session\\Handlers\\DatabaseHandler';",
    )
    .replace(/(avePath\s*=\s*)WRITEPATH \. 'session';/, "$1'ci_sessions';");
  if (!moved.includes("DatabaseHandler';") || !moved.includes("= 'ci_sessions'")) {
    throw new Error(`${file} has no session configuration to change.`);
  }
  await writeFile(file, moved);
}
