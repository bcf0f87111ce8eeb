import type { StepResult, UndoResult } from '../plan/results.ts';
import { isStranded } from '../plan/walk.ts';
import type { ColumnComparison } from '../schema/column-comparison.ts';
import { isError, type Finding } from '../finding.ts';
import { inOurWords, shortTitle, stepWords, titleOf, undoWords } from './words.ts';
import type { Links } from './links.ts';
import { escape, fenced, folded, table } from './markdown.ts';
import type { DatabaseTried, HostReport, Report } from './report.ts';

/** A commit as a link into the repository, or as the id that GitHub makes one of where it can. */
export function commitLink(commit: string, { repository }: Links): string {
  if (!/^[0-9a-f]{40}([0-9a-f]{24})?$/.test(commit)) return escape(commit);
  const short = `\`${commit.slice(0, 7)}\``;
  return repository === null ? short : `[${short}](${repository}/commit/${commit})`;
}

/** The steps of each host with what each did, and the rollback with its own times. */
export function steps({ hosts, findings }: Report): string {
  return hosts
    .flatMap((host) => {
      const where = hosts.length > 1 ? ` on ${escape(host.server)}` : '';
      return [stepsTable(host, findings, where), rollbackTable(host, where)];
    })
    .filter((part) => part !== '')
    .join('\n\n');
}

function stepsTable(
  { steps: ran, undone }: HostReport,
  findings: readonly Finding[],
  where: string,
): string {
  if (ran.length === 0) return '';
  const back = new Set(undone.filter(isNoTidying).map(({ name }) => name));
  const errors = findings.filter(isError).map(({ name }) => name);
  const rows = ran.map((step) => [
    timed(sign(step, back.has(step.name)), shortTitle(step), [step]),
    escape(stepWords(step, errors)),
  ]);
  const head = table(['Step', 'What it did'], rows);
  return `### Steps${where}: ${sum(ran)} s\n\n${head}`;
}

/** The first cell of a row, which does not break between the sign and the word. */
function signed(sign: string, text: string): string {
  return `${sign}\u00A0${escape(text)}`;
}

/** The same with its seconds, which go below it where the screen is narrow: two columns fit a phone, three do not. */
function timed(sign: string, text: string, parts: Parameters<typeof sum>[0]): string {
  return `${signed(sign, text)} ${sum(parts)}\u00A0s`;
}

function sum(parts: readonly { readonly seconds?: number }[]): string {
  return parts.reduce((all, { seconds = 0 }) => all + seconds, 0).toFixed(1);
}

function sign({ result }: StepResult, back: boolean): string {
  if (result === 'failed') return '❌';
  if (result === 'cancelled') return '⏹️';
  return back ? '↩️' : '✅';
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
  const named = (one: UndoResult): string => titleOf(one, ran);
  const quiet = worked.filter(({ result, notes }) => result === 'undone' && notes === undefined);
  const rows = worked
    .filter((one) => !quiet.includes(one))
    .map((one) => [
      timed(isStranded(one) ? '❌' : '↩️', named(one), [one]),
      escape(undoWords(one)),
    ]);
  const others = quiet.map(named).map((name, at) => (at === 0 ? name : name.toLowerCase()));
  const last = quiet.length === 0 ? [] : [[timed('↩️', others.join(', '), quiet), 'Rolled back']];
  const head = table(['Step', 'How it was rolled back'], [...rows, ...last]);
  return `### Rollback${where}: ${sum(worked)} s\n\n${head}`;
}

/** What was tried in each throw-away database, one phase below the other. */
export function databases({ databases: tried = [] }: Report): string {
  if (tried.length === 0) return '';
  const titles = [...new Set(tried.flatMap(({ phases: ran }) => ran.map(({ title }) => title)))];
  const rows = tried.map(({ name, product, phases: ran, seconds }) => [
    `${escape(product === '' ? name : `${product} (${name})`)} ${seconds.toFixed(1)}\u00A0s`,
    titles.map((title) => phaseWords(title, ran)).join('<br>'),
  ]);
  return `### The migrations, run\n\n${table(['Database', 'What came of it'], rows)}`;
}

function phaseWords(title: string, ran: DatabaseTried['phases']): string {
  const result = ran.find((one) => one.title === title)?.result ?? 'not tried';
  return `**${escape(title)}**: ${escape(result)}`;
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
    signed(ok ? '✅' : '❌', name),
    escape(expected),
    escape(ok && inOurWords(actual) === expected ? 'as expected' : actual),
  ]);
  const head = table(['Column', 'Expected', 'Found'], rows);
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

/** How commands are shown to a person. */
export const aboutCommands =
  'A line that begins with `#` stands for a program of ci4-deploy, and says what it does. You can type all others.';

/** The commands that made the changes on the server, out of sight until asked for. */
export function commands({ command }: Report, changes: readonly string[]): string {
  if (changes.length === 0) return '';
  const count = changes.length === 1 ? '1 command' : `${changes.length} commands`;
  const what = command === 'plan' ? 'made the stage and removed it' : 'made the changes';
  return folded(
    `${count} that ${what}`,
    `${aboutCommands}\n\n${fenced(changes.join('\n'), '', '')}`,
  );
}
