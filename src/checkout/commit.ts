import type { Git } from './git.ts';
import type { Entry } from './view.ts';

/** What a commit holds, by path from the root of the repository; links with what they say. */
export async function entriesOf(git: Git, commit: string): Promise<Map<string, Entry>> {
  const listed = await git(['ls-tree', '-r', '-z', '--full-tree', commit]);
  const entries = new Map<string, Entry>();
  for (const row of listed.toString('utf8').split('\0')) {
    const [, mode, id, path] = /^(\d+) \w+ (\w+)\t(.*)$/s.exec(row) ?? [];
    if (mode !== undefined && id !== undefined && path !== undefined)
      entries.set(path, { mode, id });
  }
  const links = [...entries].filter(([, { mode }]) => mode === '120000');
  const targets = await blobs(git, [...new Set(links.map(([, { id }]) => id))]);
  for (const [path, entry] of links) {
    entries.set(path, { ...entry, target: targets.get(entry.id) ?? '/' });
  }
  return entries;
}

/** The texts of blobs by their ids. */
async function blobs(git: Git, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  if (ids.length === 0) return texts;
  const answer = await git(['cat-file', '--batch'], `${ids.join('\n')}\n`);
  let at = 0;
  while (at < answer.length) {
    const end = answer.indexOf('\n', at);
    if (end === -1) break;
    const [id = '', , size = '0'] = answer.toString('utf8', at, end).split(' ');
    const stop = end + 1 + Number(size);
    texts.set(id, answer.toString('utf8', end + 1, stop));
    at = stop + 1;
  }
  return texts;
}

/**
 * What the work tree has otherwise than its commit: files that were changed or taken away, and new ones that git
 * knows of.
 */
export async function asItLies(
  git: Git,
  entries: ReadonlyMap<string, Entry>,
): Promise<ReadonlyMap<string, Entry>> {
  const shown = ['--name-status', '--no-renames', '-z', '--no-ext-diff', '--no-textconv'];
  const words = await git(['diff', ...shown, '--no-relative', '--ignore-submodules=dirty', 'HEAD']);
  const parts = words.toString('utf8').split('\0');
  const now = new Map(entries);
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const path = parts[at + 1] ?? '';
    if (parts[at] === 'D') now.delete(path);
    else now.set(path, { mode: '100644', ...now.get(path), id: 'changed' });
  }
  return now;
}
