import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import type { Checkout } from './static/checkout.ts';
import type { Changes } from './static/judge/changes.ts';
import type { Tree } from './static/project/tree.ts';

const run = promisify(execFile);
const most = 256 * 1024 * 1024;

/** The checkout that lies in a folder of this machine. */
export function checkoutIn(folder: string): Checkout {
  const git: Git = async (...args) => {
    // In a container the checkout belongs to somebody else, and git would refuse to read it.
    const { stdout } = await run('git', ['-c', 'safe.directory=*', ...args], {
      cwd: folder,
      maxBuffer: most,
    });
    return stdout;
  };
  return { tree: treeIn(folder), changesSince: (base) => changesSince(git, base) };
}

type Git = (...args: readonly string[]) => Promise<string>;

function treeIn(folder: string): Tree {
  return {
    async read(path) {
      try {
        return await readFile(join(folder, path), 'utf8');
      } catch (error) {
        if (isAbsent(error)) return null;
        throw error;
      }
    },
    async list(path) {
      try {
        const found = await readdir(join(folder, path), { recursive: true, withFileTypes: true });
        return found
          .filter((one) => one.isFile())
          .map((one) => relative(folder, join(one.parentPath, one.name)));
      } catch (error) {
        if (isAbsent(error)) return [];
        throw error;
      }
    },
  };
}

function isAbsent(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR';
}

async function changesSince(
  git: Git,
  base: string,
): Promise<Changes | 'not fetched' | { problem: string }> {
  try {
    await git('rev-parse', '--verify', '--quiet', 'HEAD');
    const commit = await parting(git, base);
    return commit === null ? 'not fetched' : await changes(git, base, commit);
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    const [words = ''] = (stderr ?? '').trim().split('\n');
    return { problem: words === '' ? message : words };
  }
}

/** The commit where the work at hand parted from the base; null when this checkout does not reach so far back. */
async function parting(git: Git, base: string): Promise<string | null> {
  const names = /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(base)
    ? [base]
    : [`refs/remotes/origin/${base}`, `refs/heads/${base}`];
  for (const name of names) {
    const found = await answer(git, 'merge-base', 'HEAD', name);
    if (found !== null) return found;
  }
  // What a pull request checks out is its merge, whose first parent is the newest commit of the base.
  const merge = await answer(git, 'rev-parse', '--verify', '--quiet', 'HEAD^2');
  return merge === null ? null : answer(git, 'rev-parse', '--verify', '--quiet', 'HEAD^1');
}

async function answer(git: Git, ...args: readonly string[]): Promise<string | null> {
  try {
    return (await git(...args)).trim();
  } catch {
    return null;
  }
}

const kinds: Readonly<Record<string, 'added' | 'deleted'>> = { A: 'added', D: 'deleted' };

async function changes(git: Git, base: string, commit: string): Promise<Changes> {
  const told = await git('diff', '--name-status', '--no-renames', '--relative', '-z', commit);
  const words = told.split('\0');
  const files = new Map<string, 'added' | 'modified' | 'deleted'>();
  for (let at = 0; at + 1 < words.length; at += 2) {
    files.set(words[at + 1] ?? '', kinds[words[at] ?? ''] ?? 'modified');
  }
  const all = (await git('ls-tree', '-r', '-z', '--name-only', commit)).split('\0');
  return {
    base,
    files,
    basePaths: all.filter((path) => path.includes('Database/Migrations/')),
    before: (path) => answer(git, 'show', `${commit}:./${path}`),
  };
}
