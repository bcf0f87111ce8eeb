import type { Finding } from '../finding.ts';
import { introduction, type Remedy } from '../remedy.ts';
import type { ColumnComparison } from '../schema/column-comparison.ts';
import { cut, escape, fenced, list, table } from './markdown.ts';
import { blocks } from './to-paste.ts';
import { isGreen, sentence, worstFirst, type HostReport, type Report } from './report.ts';

// The runner drops a summary above 1 MiB (actions/runner, FileCommandManager.cs); what is said first matters most.
const largest = 900_000;

/** The report as the page GitHub shows for the step: Markdown, all foreign text escaped. */
export function markdown(report: Report): string {
  const parts = [
    `## ${isGreen(report) ? '✅' : '❌'} ci4-deploy: ${report.outcome}`,
    escape(sentence(report)),
    list('Not verified', report.unverified),
    list('Ready', report.ready),
    toPaste(report),
    facts(report),
    ...report.hosts.map((host) => stepsTable(host, report)),
    databases(report),
    columns(report),
    findings(report.findings),
    printed(report),
    list('Rolled back', report.rollbackNotes),
  ];
  const text = parts.filter((part) => part !== '').join('\n\n');
  return cut(`${text}\n`, largest);
}

/** Of a doctor: everything that is missing, as a block for each who brings it. */
function toPaste({ command, findings: found }: Report): string {
  const all = command === 'doctor' ? blocks(found) : [];
  return all.length === 0 ? '' : `### To paste\n${remedyPage(all, 0)}`;
}

function facts(report: Report): string {
  // A check is of a repository: no server, no commit that was live.
  if (report.checked !== undefined) return '';
  const { hosts, commit, migrations, batch } = report;
  const rows = [
    ...hosts.flatMap(({ server, path }) => [
      ['Server', escape(server)],
      ['Path', escape(path)],
    ]),
    ['Commit', commitLink(commit)],
    ...hosts.map(({ previousCommit: was }) => ['Before', was === commit ? '' : commitLink(was)]),
    ['Migrations', migrations.length === 0 ? 'none' : escape(migrations.join(', '))],
    ['Batch', batch === null ? '' : String(batch)],
  ].filter(([, value]) => value !== '');
  return table(['', ''], rows);
}

/** A commit id may become the link that GitHub makes of it: it leads nowhere but into the repository. */
function commitLink(commit: string): string {
  return /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(commit) ? commit : escape(commit);
}

function stepsTable({ server, steps, undone }: HostReport, { hosts }: Report): string {
  if (steps.length === 0) return '';
  const back = new Map(
    undone.map(({ name, result }) => [name, typeof result === 'object' ? 'not undone' : result]),
  );
  const rows = steps.map(({ name, title, seconds, result }) => [
    escape(title),
    result,
    seconds.toFixed(1),
    back.get(name) ?? '',
  ]);
  const where = hosts.length > 1 ? ` on ${escape(server)}` : '';
  return `### Steps${where}\n\n${table(['Step', 'Result', 'Seconds', 'Rolled back'], rows)}`;
}

/** One column for each phase; a database that was not reached has empty ones. */
function databases({ databases: tried = [] }: Report): string {
  if (tried.length === 0) return '';
  const titles = [...new Set(tried.flatMap(({ phases: ran }) => ran.map(({ title }) => title)))];
  const rows = tried.map(({ name, product, phases: ran, seconds }) => [
    escape(product === '' ? name : `${product} (${name})`),
    ...titles.map((title) => escape(ran.find((one) => one.title === title)?.result ?? 'not tried')),
    seconds.toFixed(1),
  ]);
  return `### The migrations, run\n\n${table(['Database', ...titles.map(escape), 'Seconds'], rows)}`;
}

function columns({ columns: read, databases: tried = [] }: Report): string {
  const built = tried.filter(({ columns: found }) => found.length > 0);
  // Of tables that were really made the servers' own words count, each beside the others.
  if (built.length === 0) return columnTable('The session table', read);
  return built
    .map(({ product, columns: found }) => columnTable(`The session table on ${product}`, found))
    .join('\n\n');
}

function columnTable(title: string, reported: readonly ColumnComparison[]): string {
  if (reported.length === 0) return '';
  const rows = reported.map(({ name, expected, actual, ok }) => [
    ok ? '✅' : '❌',
    escape(name),
    escape(expected),
    escape(actual),
  ]);
  return `### ${escape(title)}\n\n${table(['', 'Column', 'Expected', 'Found'], rows)}`;
}

function findings(found: readonly Finding[]): string {
  if (found.length === 0) return '';
  const signs = { error: '❌', warning: '⚠️', notice: 'ℹ️' };
  const items = worstFirst(found).map(({ name, severity, message, remedies = [], at }) => {
    const where = at === undefined ? '' : ` (${escape(`${at.file}:${at.line}`)})`;
    const cure = remedies.map(remedyPage).join('');
    return `- ${signs[severity]} **${escape(name)}**${where}: ${escape(message)}${cure}`;
  });
  return `### Findings\n\n${items.join('\n')}`;
}

/** A remedy below its finding: where and what in words, and the lines in a fence to copy them from. */
function remedyPage(remedy: Remedy, at: number): string {
  return remedy
    .map((one, step) => {
      const title = introduction(one, at > 0 && step === 0);
      const text = one.lines.join('\n');
      const said = `\n\n  ${escape(title)}\n`;
      if (one.lines.length === 0) return said;
      return one.long === true ? `${said}${folded(text)}` : `${said}\n${fenced(text)}`;
    })
    .join('');
}

/** A whole file is out of sight until asked for. Markdown is read in it only after an empty line. */
function folded(text: string): string {
  const file = fenced(text.trimEnd(), text.startsWith('<?php') ? 'php' : '');
  return `\n  <details><summary>Show the lines</summary>\n\n${file}\n\n  </details>\n`;
}

function printed({ printed: text }: Report): string {
  if (text === undefined) return '';
  return `### The tables as they are, for \`.ci4-deploy.yml\`\n\n${fenced(text.trimEnd(), 'yaml')}`;
}
