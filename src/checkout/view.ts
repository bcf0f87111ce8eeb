import { follow, type Lead, type Seen } from './follow.ts';

/** A file, link or submodule that a commit holds. */
export interface Entry {
  /** As git writes it: `120000` is a link, `160000` a submodule. */
  readonly mode: string;
  readonly id: string;
  /** For a link, what it says. */
  readonly target?: string;
}

/** Links that lead to folders show their files again and again: a few of them could make millions of paths. */
const mostPaths = 500_000;

/** The commit has more paths than anybody can look at. */
export class TooManyPaths extends Error {
  override readonly name = 'TooManyPaths';
}

type Entries = ReadonlyMap<string, Entry>;

/**
 * The files of a commit under every path by which they can be reached, links followed as PHP follows them. A link that
 * leads nowhere in the commit stays what it is.
 * @param entries what the commit holds, by path
 * @throws TooManyPaths
 */
export function reachable(entries: Entries, most = mostPaths): Entries {
  if (![...entries.values()].some(({ mode }) => isLink(mode))) return entries;
  const folders = foldersOf(entries);
  const found = new Map<string, Entry>();
  const walk = (real: string, path: string, above: readonly string[]): void => {
    for (const name of folders.get(real) ?? []) {
      const whole = path + name;
      const lead = follow(real === '' ? name : `${real}/${name}`, (at) =>
        look(entries, folders, at),
      );
      if (lead.kind === 'folder') {
        if (!above.includes(lead.real)) walk(lead.real, `${whole}/`, [...above, lead.real]);
      } else {
        if (found.size >= most) throw new TooManyPaths('its links show too many files');
        const entry = entryAt(entries, lead, real, name);
        if (entry !== undefined) found.set(whole, entry);
      }
    }
  };
  walk('', '', ['']);
  return found;
}

function entryAt(entries: Entries, lead: Lead, folder: string, name: string): Entry | undefined {
  if (lead.kind === 'file') return entries.get(lead.real);
  return entries.get(folder === '' ? name : `${folder}/${name}`);
}

function isLink(mode: string): boolean {
  return mode === '120000';
}

/** The names that lie in each folder. */
function foldersOf(entries: Entries): ReadonlyMap<string, ReadonlySet<string>> {
  const folders = new Map<string, Set<string>>();
  for (let path of entries.keys()) {
    for (let known = false; path !== '' && !known;) {
      const at = path.lastIndexOf('/');
      const folder = at === -1 ? '' : path.slice(0, at);
      const names = folders.get(folder);
      known = names !== undefined;
      (names ?? folders.set(folder, new Set()).get(folder))?.add(path.slice(at + 1));
      path = folder;
    }
  }
  return folders;
}

function look(entries: Entries, folders: ReadonlyMap<string, unknown>, path: string): Seen {
  const entry = entries.get(path);
  if (entry === undefined) return folders.has(path) ? { kind: 'folder' } : null;
  return isLink(entry.mode) ? { kind: 'link', target: entry.target ?? '/' } : { kind: 'file' };
}
