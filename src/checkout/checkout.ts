import { lstatSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Checkout } from '../static/checkout.ts';
import { changesSince } from './changes.ts';
import { Files, type Limits } from './files.ts';
import { followOnDisk } from './disk.ts';
import { gitOf } from './git.ts';

/** Where a checkout lies on this machine. */
export interface Place {
  /** What the runner checks out into; everything that is read lies below it. */
  readonly workspace: string;
  /** Where the application lies below that; `.` for the workspace itself. */
  readonly directory: string;
  /** The merge that GitHub made of a pull request; null where there is none. */
  readonly merge: string | null;
  readonly limits?: Limits;
}

/** A checkout with where its application really lies; null when that is no folder below the checkout. */
export type LocalCheckout = Checkout & { readonly folder: string | null };

/** The checkout that lies in a folder of this machine. */
export function openCheckout({ workspace, directory, merge, limits }: Place): LocalCheckout {
  const start = realpathSync(workspace);
  const found = repositoryIn(start, directory);
  const { top, inside } = found ?? { top: start, inside: directory };
  const lead = followOnDisk(top, inside);
  return {
    tree: new Files(top, inside, limits),
    folder: lead.kind === 'folder' ? join(top, lead.real) : null,
    changesSince: async (base) =>
      found === null
        ? { problem: 'not a git repository (no .git in the checkout)' }
        : changesSince(await gitOf(top), inside, base, merge),
  };
}

/**
 * The outermost repository on the way to the application. Further in, a `.git` can be a submodule's alone. And what
 * only looks like a repository is none: a pull request can commit HEAD, config, objects/ and refs/, but no `.git`.
 */
export function repositoryIn(
  workspace: string,
  directory: string,
): { readonly top: string; readonly inside: string } | null {
  const names = directory.split('/').filter((name) => name !== '' && name !== '.');
  for (let count = 0; count <= names.length; count += 1) {
    const lead = followOnDisk(workspace, names.slice(0, count).join('/'));
    if (lead.kind !== 'folder') return null;
    const top = join(workspace, lead.real);
    if (lstatSync(join(top, '.git'), { throwIfNoEntry: false }) !== undefined)
      return { top, inside: names.slice(count).join('/') || '.' };
  }
  return null;
}
