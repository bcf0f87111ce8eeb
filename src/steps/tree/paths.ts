/** Paths on the server are POSIX paths, whatever system this runs on. */
import { posix } from 'node:path';

/** Joins parts of a path. */
export function join(...parts: string[]): string {
  return posix.join(...parts);
}

/** Where the second work tree stands while a deploy is going on. */
export function stageOf(stateDir: string): string {
  return join(stateDir, 'stage');
}

/** The same place in the stage for a path of the live tree; a path outside the tree is shared by both. */
export function staged(path: string, root: string, stage: string): string {
  return path === root || path.startsWith(`${root}/`) ? stage + path.slice(root.length) : path;
}
