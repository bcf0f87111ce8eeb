import { lstatSync, readlinkSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { follow, irregular, type Lead, type Seen } from './follow.ts';

/**
 * Where a path below a folder of this machine leads.
 * @param root a folder without links in its own path
 */
export function followOnDisk(root: string, path: string): Lead {
  return follow(path, (real) => look(join(root, real)));
}

function look(whole: string): Seen {
  try {
    const found = lstatSync(whole, { throwIfNoEntry: false });
    return found === undefined ? null : seen(found, whole);
  } catch (error) {
    return { kind: 'refused', why: notReadable(error) };
  }
}

function seen(found: Stats, whole: string): Seen {
  if (found.isSymbolicLink()) return { kind: 'link', target: readlinkSync(whole) };
  if (found.isDirectory()) return { kind: 'folder' };
  return found.isFile() ? { kind: 'file' } : { kind: 'refused', why: irregular };
}

/** Why the machine gave no file. */
export function notReadable(error: unknown): string {
  return `it cannot be read (${(error as { code?: string }).code ?? 'for a reason not known'})`;
}
