import type { Changes } from '../static/judge/changes.ts';
import { asItLies, entriesOf } from './commit.ts';
import type { Git } from './git.ts';
import { reachable, TooManyPaths, type Entry } from './view.ts';

/** Why nothing can be compared, in words for a person. */
export interface Problem {
  readonly problem: string;
}

/**
 * What differs from where the work at hand parted from a base.
 * @param directory where the application lies below the root of the repository; `.` for the root
 * @param merge the merge that GitHub made of a pull request; null where there is none
 */
export async function changesSince(
  git: Git,
  directory: string,
  base: string,
  merge: string | null,
): Promise<Changes | 'not fetched' | Problem> {
  try {
    const head = await git(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
    const commit = await parting(git, base, head.toString('utf8').trim() === merge);
    return commit === null ? 'not fetched' : await changes(git, directory, base, commit);
  } catch (error) {
    if (error instanceof TooManyPaths) return { problem: error.message };
    const { stderr, message } = error as { stderr?: Buffer; message: string };
    const [words = ''] = (stderr?.toString('utf8') ?? '').trim().split('\n');
    return { problem: words === '' ? message : words };
  }
}

/** The commit where the work at hand parted from the base; null when this checkout does not reach so far back. */
async function parting(git: Git, base: string, isMerge: boolean): Promise<string | null> {
  const names = /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(base)
    ? [base]
    : [`refs/remotes/origin/${base}`, `refs/heads/${base}`];
  for (const name of names) {
    const found = await answer(git, 'merge-base', 'HEAD', name);
    if (found !== null) return found;
  }
  // The first parent of the merge that GitHub made is the newest commit of the base. Of another merge it may be anything.
  return isMerge ? answer(git, 'rev-parse', '--verify', '--quiet', 'HEAD^1') : null;
}

async function answer(git: Git, ...args: readonly string[]): Promise<string | null> {
  try {
    return (await git(args)).toString('utf8').trim();
  } catch {
    return null;
  }
}

async function changes(
  git: Git,
  directory: string,
  base: string,
  commit: string,
): Promise<Changes | Problem> {
  const head = await entriesOf(git, 'HEAD');
  const submodule = submoduleAbove(head, directory);
  if (submodule !== null)
    return { problem: `${submodule} is a submodule, whose changes are in another repository` };
  const before = below(reachable(await entriesOf(git, commit)), directory);
  const now = below(reachable(await asItLies(git, head)), directory);
  return {
    base,
    files: differences(before, now),
    basePaths: [...before.keys()].filter((path) => path.includes('Database/Migrations/')),
    before: async (path) => {
      const entry = before.get(path);
      if (entry?.mode.startsWith('100') !== true) return null;
      return (await git(['cat-file', 'blob', entry.id])).toString('utf8');
    },
  };
}

function submoduleAbove(entries: ReadonlyMap<string, Entry>, directory: string): string | null {
  const names = directory.split('/');
  const paths = names.map((_, at) => names.slice(0, at + 1).join('/'));
  return paths.find((path) => entries.get(path)?.mode === '160000') ?? null;
}

function below(entries: ReadonlyMap<string, Entry>, directory: string): ReadonlyMap<string, Entry> {
  if (directory === '.') return entries;
  const prefix = `${directory}/`;
  const inside = [...entries].filter(([path]) => path.startsWith(prefix));
  return new Map(inside.map(([path, entry]) => [path.slice(prefix.length), entry]));
}

function differences(
  base: ReadonlyMap<string, Entry>,
  now: ReadonlyMap<string, Entry>,
): Changes['files'] {
  const files = new Map<string, 'added' | 'modified' | 'deleted'>();
  for (const [path, { id, mode }] of now) {
    const old = base.get(path);
    if (old === undefined) files.set(path, 'added');
    else if (old.id !== id || old.mode !== mode) files.set(path, 'modified');
  }
  for (const path of base.keys()) if (!now.has(path)) files.set(path, 'deleted');
  return files;
}
