import type { Entry, Fix } from './entry.ts';
import { sections } from './registry.ts';

/**
 * The page of findings with its tables made from the registry; the text around them stays as it is.
 * @param page docs/findings.md, with a heading for each section and one table below it
 * @throws Error when a section has no heading or no table there
 */
export function withTables(page: string): string {
  return Object.entries(sections).reduce(
    (text, [title, entries]) => withTable(text, title, entries),
    page,
  );
}

function withTable(page: string, title: string, entries: Readonly<Record<string, Entry>>): string {
  const below = page.indexOf(`## ${title}\n`);
  const start = page.indexOf('| name |', below);
  const next = page.indexOf('\n## ', below);
  if (below < 0 || start < 0 || (next >= 0 && start > next)) {
    throw new Error(`docs/findings.md has no table below "${title}".`);
  }
  const end = /\n(?!\|)|$/.exec(page.slice(start))?.index ?? 0;
  return page.slice(0, start) + tableOf(entries) + page.slice(start + end);
}

const fixes: Readonly<Record<Fix, string>> = {
  lines: 'lines to paste',
  person: 'a person',
  commit: 'a commit',
  again: 'the next run',
  nothing: 'nothing',
};

function tableOf(entries: Readonly<Record<string, Entry>>): string {
  const rows = Object.entries(entries).map(
    ([name, { severity, what, fix }]) =>
      `| \`${name}\` | ${severity.join(' or ')} | ${what} | ${fixes[fix]} |`,
  );
  return [
    '| name | severity | what it is | what puts it right |',
    '| --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}
