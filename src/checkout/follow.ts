/** What lies at a path that holds no link itself. `null`: nothing. */
export type Seen =
  | { readonly kind: 'file' | 'folder' }
  | { readonly kind: 'link'; readonly target: string }
  | { readonly kind: 'refused'; readonly why: string }
  | null;

/** Where a path leads when all links are followed. `real` is below the same root and holds no link. */
export type Lead =
  | { readonly kind: 'file' | 'folder'; readonly real: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'refused'; readonly why: string };

/** Why a path cannot be followed: its links have no end. */
export const circle = 'its links go round in a circle';
/** Why a path cannot be read: a folder, a pipe, a device. */
export const irregular = 'it is no regular file';
const outside = 'it is a link that leads out of the checkout';
const inGit = "it leads into git's own folder";

/** As many as Linux follows (path_resolution(7)). */
const mostLinks = 40;

/**
 * Follows a path name by name, as the kernel does, and never looks at anything outside of the root.
 * @param look what lies at a path below the root
 */
export function follow(path: string, look: (real: string) => Seen): Lead {
  const ahead = names(path);
  const real: string[] = [];
  let links = 0;
  let kind: 'file' | 'folder' = 'folder';
  for (let name = ahead.pop(); name !== undefined; name = ahead.pop()) {
    if (kind === 'file') return { kind: 'absent' };
    if (name === '..') {
      if (real.pop() === undefined) return { kind: 'refused', why: outside };
      continue;
    }
    const seen = lookAt([...real, name], look);
    if (seen === null) return { kind: 'absent' };
    if (seen.kind === 'refused') return seen;
    if (seen.kind === 'link') {
      if (seen.target.startsWith('/')) return { kind: 'refused', why: outside };
      if (++links > mostLinks) return { kind: 'refused', why: circle };
      ahead.push(...names(seen.target));
    } else {
      ({ kind } = seen);
      real.push(name);
    }
  }
  return { kind, real: real.join('/') };
}

function lookAt(path: readonly string[], look: (real: string) => Seen): Seen {
  if (path.at(-1)?.toLowerCase() === '.git') return { kind: 'refused', why: inGit };
  return look(path.join('/'));
}

/** The names of a path, the first one last. */
function names(path: string): string[] {
  return path
    .split('/')
    .filter((name) => name !== '' && name !== '.')
    .toReversed();
}
