import type { Entry, Fix } from './entry.ts';
import { explanations } from './explained/all.ts';
import type { Explanation } from './explained/explanation.ts';
import { sections } from './registry.ts';

type Title = keyof typeof sections;

/**
 * The page of findings with its tables and explanations made from the registry; the text above each table stays as it is.
 * @param page docs/findings.md, with a heading for each section and one table below it
 * @throws Error when a section has no heading or no table there
 */
export function withTables(page: string): string {
  return (Object.keys(sections) as Title[]).reduce(withSection, page);
}

/** From the table to the next section everything is made. */
function withSection(page: string, title: Title): string {
  const below = page.indexOf(`## ${title}\n`);
  const start = page.indexOf('| name |', below);
  const next = page.indexOf('\n## ', below);
  if (below < 0 || start < 0 || (next >= 0 && start > next)) {
    throw new Error(`docs/findings.md has no table below "${title}".`);
  }
  const rest = next < 0 ? '' : page.slice(next);
  return `${page.slice(0, start)}${sectionOf(title)}\n${rest}`;
}

function sectionOf(title: Title): string {
  const entries: Readonly<Record<string, Entry>> = sections[title];
  const texts: Readonly<Record<string, Explanation>> = explanations[title];
  const explained = Object.entries(entries).map(([name, entry]) => {
    const text = texts[name];
    if (text === undefined) throw new Error(`src/findings/explained says nothing of ${name}.`);
    return explanationOf(name, entry, text);
  });
  return [tableOf(entries), ...explained].join('\n\n');
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
      `| [\`${name}\`](#${name}) | ${severity.join(' or ')} | ${what} | ${fixes[fix]} |`,
  );
  return [
    '| name | severity | what it is | what puts it right |',
    '| --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

/** The heading is the anchor: GitHub makes `#name` of it. */
function explanationOf(
  name: string,
  { severity }: Entry,
  { cause, site, remedy, not }: Explanation,
): string {
  return [
    `### \`${name}\`\n`,
    `*${severity.join(' or ')}*\n`,
    `- **Cause.** ${cause}`,
    `- **For the site.** ${site}`,
    `- **Remedy.** ${remedy}`,
    `- **What it is not.** ${not}`,
  ].join('\n');
}
