// Links of Markdown pages to files and anchors of the repository.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import type { Part } from './markdown.ts';

const link = /\]\(<?([^()\s>]+)>?(?:\s"[^"]*")?\)|(?:src|srcset|href)="([^"]+)"/g;

/** Where the links of a page lead that stay in the repository, without those in blocks of code. */
export function relativeLinks(page: string): readonly Part[] {
  let fenced = false;
  return page.split('\n').flatMap((row, index) => {
    if (/^\s*(?:```|~~~)/.test(row)) fenced = !fenced;
    if (fenced) return [];
    const plain = row.replace(/`[^`]*`/g, 'code');
    return [...plain.matchAll(link)]
      .map(([, markdown, html]) => markdown ?? html ?? '')
      .filter((target) => !/^[a-z][a-z+.-]*:/i.test(target))
      .map((text) => ({ text, line: index + 1 }));
  });
}

/** The anchors that GitHub makes of the headings of a page. */
export function anchors(page: string): ReadonlySet<string> {
  const seen = new Map<string, number>();
  const found = new Set<string>();
  let fenced = false;
  for (const row of page.split('\n')) {
    if (/^\s*(?:```|~~~)/.test(row)) fenced = !fenced;
    const [, heading] = (fenced ? null : /^#{1,6}\s+(.*?)\s*#*$/.exec(row)) ?? [];
    if (heading === undefined) continue;
    const slug = slugOf(heading);
    const times = seen.get(slug) ?? 0;
    seen.set(slug, times + 1);
    found.add(times === 0 ? slug : `${slug}-${times}`);
  }
  return found;
}

function slugOf(heading: string): string {
  return heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');
}

/**
 * The links of a page that lead to nothing, each with why.
 * @param file the page, from the root of the repository, which is the working directory
 */
export function brokenLinks(file: string): readonly Part[] {
  const page = readFileSync(file, 'utf8');
  return relativeLinks(page).flatMap(({ text, line }) => {
    const why = whyBroken(file, page, text);
    return why === null ? [] : [{ text: `${text}: ${why}`, line }];
  });
}

function whyBroken(file: string, page: string, target: string): string | null {
  const [path = '', anchor = ''] = target.split('#');
  const other = path === '' ? file : normalize(join(dirname(file), decodeURI(path)));
  if (other.startsWith('..')) return 'outside of the repository';
  if (!existsSync(other)) return 'no such file';
  if (anchor === '') return null;
  const text = path === '' ? page : readFileSync(other, 'utf8');
  return anchors(text).has(anchor) ? null : 'no such anchor';
}
