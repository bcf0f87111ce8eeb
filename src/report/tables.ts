import type { StepResult, UndoResult } from '../plan/results.ts';
import { isStranded } from '../plan/walk.ts';
import type { ColumnComparison } from '../schema/column-comparison.ts';
import type { Links } from './links.ts';
import { escape, fenced, folded, table } from './markdown.ts';
import type { HostReport, Report } from './report.ts';

/** A commit as a link into the repository, or as the id that GitHub makes one of where it can. */
export function commitLink(commit: string, { repository }: Links): string {
  if (!/^[0-9a-f]{40}([0-9a-f]{24})?$/.test(commit)) return escape(commit);
  const short = `\`${commit.slice(0, 7)}\``;
  return repository === null ? short : `[${short}](${repository}/commit/${commit})`;
}

/** The steps of each host with what each did, and the rollback with its own times. */
export function steps({ hosts }: Report): string {
  return hosts
    .flatMap((host) => {
      const where = hosts.length > 1 ? ` on ${escape(host.server)}` : '';
      return [stepsTable(host, where), rollbackTable(host, where)];
    })
    .filter((part) => part !== '')
    .join('\n\n');
}

function stepsTable({ steps: ran, undone }: HostReport, where: string): string {
  if (ran.length === 0) return '';
  const back = new Set(undone.filter(isNoTidying).map(({ name }) => name));
  const rows = ran.map((step) => [
    sign(step, back.has(step.name)),
    escape(shortTitle(step)),
    step.seconds.toFixed(1),
    stepWords(step),
  ]);
  const head = table(['', 'Step', 'Seconds', 'What it did'], rows);
  return `### Steps${where}: ${sum(ran)} s\n\n${head}`;
}

function sum(parts: readonly { readonly seconds?: number }[]): string {
  return parts.reduce((all, { seconds = 0 }) => all + seconds, 0).toFixed(1);
}

function shortTitle({ title }: StepResult): string {
  return title.split(':')[0] ?? '';
}

function sign({ result }: StepResult, back: boolean): string {
  if (result === 'failed') return '❌';
  if (result === 'cancelled') return '⏹️';
  return back ? '↩️' : '✅';
}

function stepWords({ title, notes = [] }: StepResult): string {
  const [, about = ''] = /^[^:]*:\s*(.*)$/s.exec(title) ?? [];
  return escape(notes.length === 0 ? capital(about) : sentences(notes));
}

/** Notes one after the other; each ends as a sentence does. */
function sentences(notes: readonly string[]): string {
  return notes.map((one) => (/[.!?]$/.test(one) ? one : `${one}.`)).join(' ');
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** Whether there was anything to undo of what visitors or the database could notice. */
function isNoTidying(one: UndoResult): boolean {
  const tidied = one.name === 'lock' || one.name === 'stage';
  return one.seconds !== undefined && (!tidied || one.result !== 'undone');
}

/** The rollback with its own times; steps of which there is nothing to say share a row. */
function rollbackTable({ steps: ran, undone }: HostReport, where: string): string {
  if (!undone.some(isNoTidying)) return '';
  const worked = undone.filter(({ seconds }) => seconds !== undefined);
  const named = ({ name }: UndoResult): string => {
    const step = ran.find((one) => one.name === name);
    return step === undefined ? capital(name) : shortTitle(step);
  };
  const quiet = worked.filter(({ result, notes }) => result === 'undone' && notes === undefined);
  const rows = worked
    .filter((one) => !quiet.includes(one))
    .map((one) => [
      isStranded(one) ? '❌' : '↩️',
      escape(named(one)),
      sum([one]),
      escape(undoWords(one)),
    ]);
  const others = quiet.map(named).map((name, at) => (at === 0 ? name : name.toLowerCase()));
  const last = quiet.length === 0 ? [] : [['↩️', escape(others.join(', ')), sum(quiet), 'Undone']];
  const head = table(['', 'Step', 'Seconds', 'How it was rolled back'], [...rows, ...last]);
  return `### Rollback${where}: ${sum(worked)} s\n\n${head}`;
}

function undoWords({ result, notes = [] }: UndoResult): string {
  const said = sentences(notes);
  if (typeof result === 'object') return `It could not be rolled back. ${said}`.trim();
  return said === '' ? capital(result) : said;
}

/** One column for each phase; a database that was not reached has empty ones. */
export function databases({ databases: tried = [] }: Report): string {
  if (tried.length === 0) return '';
  const titles = [...new Set(tried.flatMap(({ phases: ran }) => ran.map(({ title }) => title)))];
  const rows = tried.map(({ name, product, phases: ran, seconds }) => [
    escape(product === '' ? name : `${product} (${name})`),
    ...titles.map((title) => escape(ran.find((one) => one.title === title)?.result ?? 'not tried')),
    seconds.toFixed(1),
  ]);
  return `### The migrations, run\n\n${table(['Database', ...titles.map(escape), 'Seconds'], rows)}`;
}

/** The session table as it is beside what it has to be. */
export function columns({ columns: read, databases: tried = [] }: Report): string {
  const built = tried.filter(({ columns: found }) => found.length > 0);
  // Of tables that were really made the servers' own words count, each beside the others.
  if (built.length === 0) return columnTable('The session table', read);
  return built
    .map(({ product, columns: found }) => columnTable(`The session table on ${product}`, found))
    .join('\n\n');
}

function columnTable(title: string, reported: readonly ColumnComparison[]): string {
  if (reported.length === 0) return '';
  const right = reported.filter(({ ok }) => ok).length;
  const rows = reported.map(({ name, expected, actual, ok }) => [
    ok ? '✅' : '❌',
    escape(name),
    escape(expected),
    escape(actual),
  ]);
  const head = table(['', 'Column', 'Expected', 'Found'], rows);
  return `### ${escape(title)}: ${right} of ${reported.length} columns are right\n\n${head}`;
}

/** Where it ran, between which commits, and for how long: out of sight until asked for. */
export function facts(report: Report, links: Links): string {
  const { hosts, commit, migrations, migrationsUndone = [], batch, roundTrips, seconds } = report;
  const rows = [
    ...hosts.flatMap(({ server, path }) => [
      ['Server', escape(server)],
      ['Path', escape(path)],
    ]),
    ['Commit', commit === '' ? '' : commitLink(commit, links)],
    ...hosts.map(({ previousCommit: was }) => [
      'Before',
      was === commit || was === '' ? '' : commitLink(was, links),
    ]),
    ['Migrations', escape(migrations.join(', '))],
    ['Rolled back', escape(migrationsUndone.join(', '))],
    ['Batch', batch === null ? '' : String(batch)],
    ['Run', links.run === null ? '' : `[${escape(links.run.name)}](${links.run.url})`],
    ['Time', `${seconds.toFixed(1)} s${hosts.length === 0 ? '' : `, ${roundTrips} round trips`}`],
  ].filter(([, value]) => value !== '');
  return folded(hosts.length === 0 ? 'The run' : 'Server, commits, run', table(['', ''], rows));
}

/** The commands that made the changes on the server, out of sight until asked for. */
export function commands(changes: readonly string[]): string {
  if (changes.length === 0) return '';
  const count = changes.length === 1 ? '1 command' : `${changes.length} commands`;
  return folded(`${count} that made the changes`, fenced(changes.join('\n'), '', ''));
}
