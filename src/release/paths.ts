import { posix } from 'node:path';

/** Joins parts of a path on the server: POSIX, whatever system this runs on. */
export function join(...parts: string[]): string {
  return posix.join(...parts);
}

/** The same place under another root for a path of the live tree; a path outside the tree is shared by both. */
export function moved(path: string, root: string, other: string): string {
  return path === root || path.startsWith(`${root}/`) ? other + path.slice(root.length) : path;
}

/**
 * Lines of a shell script that lets what follows write files with the modes the live tree at `$1` has. The umask of a
 * login over SSH (pam_umask(8), UMASK of login.defs(5)) may be another than that of the hand which put the site there. 077 makes every new file one that PHP-FPM cannot read.
 */
export const modesOfTree = `mode=$(stat -c %a "$1/app/Config/App.php" 2>/dev/null || echo 0)
[ "$mode" = 0 ] || umask "$(printf %o $((0777 & ~(0$mode | (0$mode >> 2 & 0111)))))"`;
