import { counted } from '../count.ts';
import { checkoutStep, inInputs, inWorkflow } from '../remedy.ts';
import type { CheckConfig } from '../config/check-config.ts';
import { noCommands } from '../config/settings-commands.ts';
import { readSettingsFile, type FileSettings } from '../config/settings-file.ts';
import { settingsFile } from '../config/settings-path.ts';
import type { DescribedTable } from '../config/settings-tables.ts';
import { type Finding, remedies } from '../finding.ts';
import type { Report } from '../report/report.ts';
import type { PredictedTable } from '../schema/predicted.ts';
import { changesNothingHere, foldProject, foldWith } from '../static/check.ts';
import type { Checkout } from '../static/checkout.ts';
import type { Changes } from '../static/judge/changes.ts';
import { grouped } from '../static/judge/grouped.ts';
import { withoutIgnored, withSeverities } from '../static/judge/ignores.ts';
import {
  severitiesThatCount,
  silencedHere,
  tablesLeftOut,
  type Settings,
} from '../static/judge/silenced.ts';
import { newHere, treeOfBase } from '../static/judge/base.ts';
import { judge, type Judgement } from '../static/judge/judge.ts';
import type { Leaves } from '../static/judge/files.ts';
import { leavingTheSame } from '../static/judge/same-tables.ts';
import type { Folded } from '../static/fold.ts';
import { predictedTables } from '../static/predicted.ts';
import { ReadingTime } from '../static/reading-time.ts';
import type { PhpClass } from '../static/program/class.ts';
import { judgeLeftOut } from '../static/judge/left-out.ts';
import { ruleNames } from '../static/judge/names.ts';
import { judgeFolded } from '../described/folded.ts';
import { isApplication, readProject, type Project } from '../static/project/project.ts';
import type { Tree } from '../static/project/tree.ts';
import { merged } from '../trial/merge.ts';
import type { Tried } from '../trial/trial.ts';
import { checkReport } from './check-report.ts';

/**
 * Reads the migrations of a pull request as they lie in the checkout: no PHP, no database, no server.
 * @param run runs them too, in the throw-away databases that were given; null when none was
 */
export async function check(
  config: CheckConfig,
  checkout: Checkout,
  seconds: () => number,
  run: ((tables: readonly DescribedTable[]) => Promise<readonly Tried[]>) | null = null,
): Promise<Report> {
  const end = (judgement: Judgement, checked: string, read: Read = {}): Report => ({
    ...checkReport(judgement, checked, config.directory, seconds()),
    ...read,
  });
  const { tree } = checkout;
  const time = new ReadingTime(seconds);
  try {
    const { project, settings, changes } = await read(config, checkout, time);
    if (changes !== null && changesNothingHere(changes, project)) {
      return end(
        nothing,
        `No migration changes since ${changes.base}, nor anything that sessions depend on`,
      );
    }
    const judged = await readAndJudge(config, { project, settings, changes }, time);
    const tried = await time.without(run?.(settings.own.tables));
    const all = tried === undefined ? judged : merged(judged, tried, changes);
    const own = await ofPullRequest(config, all, { project, settings, changes }, tree, time);
    const judgedByRules = await applyOverrides(own, { project, settings, changes }, tree);
    const leftOut = judgeLeftOut(tree, changes);
    return end(
      { ...judgedByRules, findings: [...judgedByRules.findings, ...leftOut] },
      words(project, changes),
      { tables: judged.tables, ...databasesOf(tried) },
    );
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const findings = [...error.findings, ...judgeLeftOut(tree, null)];
    return end({ ...nothing, findings }, 'Nothing was checked');
  }
}

type Read = Pick<Report, 'tables' | 'databases'>;

function databasesOf(tried: readonly Tried[] | undefined): Read {
  return tried === undefined ? {} : { databases: tried.map(({ database }) => database) };
}

const nothing: Judgement = { findings: [], columns: [] };

/** What is there cannot be checked at all, for these reasons. */
class Unreadable extends Error {
  override readonly name = 'Unreadable';
  readonly findings: readonly Finding[];
  constructor(...findings: readonly Finding[]) {
    super(findings.map(({ message }) => message).join('\n'));
    this.findings = findings;
  }
}

interface Found {
  readonly project: Project;
  readonly settings: Settings;
  readonly changes: Changes | null;
}

async function read(
  { base, namespaces }: CheckConfig,
  checkout: Checkout,
  { isOver }: ReadingTime,
): Promise<Found> {
  const { tree } = checkout;
  if (!(await isApplication(tree))) throw new Unreadable(notCodeIgniter);
  const text = (await tree.read(settingsFile)) ?? '';
  const own = readSettingsFile(text, ruleNames);
  if (!('severities' in own)) throw new Unreadable(...own.map(inSettings));
  const changes = base === null ? null : await checkout.changesSince(base);
  if (changes === 'not fetched') throw new Unreadable(notFetched(base ?? ''));
  if (changes !== null && 'problem' in changes) throw new Unreadable(notGit(changes.problem));
  const project = await readProject(tree, namespaces === 'all', isOver);
  return { project, settings: { own, text, base: await settingsOfBase(own, changes) }, changes };
}

async function readAndJudge(
  config: CheckConfig,
  { project, settings, changes }: Found,
  { isOver }: ReadingTime,
): Promise<Judgement & { readonly tables: readonly PredictedTable[] }> {
  const family = config.server?.name ?? 'unknown';
  const folded = foldProject(project, family, isOver);
  const before = (versions: ReadonlyMap<string, PhpClass>): Folded =>
    foldWith(versions, project, family, isOver);
  const leaves: Leaves = (all) => leavingTheSame(all, folded, before, isOver);
  const { findings, columns } = await judge(project, folded, changes, config, leaves);
  const described = judgeFolded(settings.own.tables, project, folded, family);
  const tables = predictedTables(folded);
  return { findings: [...findings, ...described], columns, tables };
}

/** Without what the base has already. */
async function ofPullRequest(
  config: CheckConfig,
  { findings, columns }: Judgement,
  { settings, changes }: Found,
  tree: Tree,
  time: ReadingTime,
): Promise<Judgement> {
  // Without the time for it, all is said.
  if (changes === null || config.report === 'all' || time.isOver()) return { findings, columns };
  const all = config.namespaces === 'all';
  const project = await readProject(treeOfBase(tree, changes), all, time.isOver);
  const before = await readAndJudge(config, { project, settings, changes: null }, time);
  return { findings: newHere(findings, before.findings, changes.base), columns };
}

/** A settings file of the base that cannot be read says nothing. */
async function settingsOfBase(
  own: FileSettings,
  changes: Changes | null,
): Promise<FileSettings | null> {
  if (changes?.files.has(settingsFile) !== true) return changes === null ? null : own;
  const read = readSettingsFile((await changes.before(settingsFile)) ?? '', ruleNames);
  return 'severities' in read ? read : { severities: new Map(), tables: [], commands: noCommands };
}

/** Comments in the files and the settings of the repository have the last word, those of the pull request are shown. */
async function applyOverrides(
  { findings, columns }: Judgement,
  { project, settings, changes }: Found,
  tree: Tree,
): Promise<Judgement> {
  const texts = new Map(project.migrations.map(({ path, text }) => [path, text]));
  for (const { at } of findings) {
    if (at !== undefined && !texts.has(at.file))
      texts.set(at.file, (await tree.read(at.file)) ?? '');
  }
  const { left, ignored } = withoutIgnored(findings, texts);
  const { severities, findings: lowered } = severitiesThatCount(settings);
  const shown = [...lowered, ...tablesLeftOut(settings), ...(await silencedHere(ignored, changes))];
  return { findings: [...grouped(withSeverities(left, severities)), ...shown], columns };
}

function words({ migrations, known, leftOut, groups }: Project, changes: Changes | null): string {
  const count = migrations.length === 1 ? '1 migration' : `${migrations.length} migrations`;
  const source = known.from === 'nothing' ? 'no release is named, the newest known' : known.from;
  const compared = changes === null ? 'compared with no base' : `compared with ${changes.base}`;
  const rest =
    leftOut.migrations === 0
      ? ''
      : `. Not read: ${leftOut.migrations} of ${counted(leftOut.namespaces, 'further namespace')}, which input namespaces: all reads`;
  return `Read ${count} for CodeIgniter ${known.release.join('.')} (${source}), ${compared}${rest}${assumedIn(groups)}`;
}

function assumedIn(groups: Project['groups']): string {
  const all = [...groups.values()].filter(
    ({ assumed, driver }) => assumed === true && driver !== null,
  );
  const said = all.map(({ group, driver }) => `${group} uses ${driver ?? ''}`).join(', ');
  return said === '' ? '' : `. Only running tells the driver; as written, ${said}`;
}

const notCodeIgniter: Finding = {
  name: 'not-codeigniter',
  severity: 'error',
  message: 'There is no application of CodeIgniter 4 here: neither spark nor app/Config/App.php.',
  remedies: remedies(
    inWorkflow('Check the repository out in a step before', checkoutStep),
    inInputs('Set directory to where the application lies in the repository.'),
  ),
};

function inSettings({ line, message }: { line: number; message: string }): Finding {
  const at = { file: settingsFile, line };
  return { name: 'settings-file', severity: 'error', message: `${message}.`, at };
}

const wholeHistory = inWorkflow(
  'Let the checkout bring the whole history',
  checkoutStep,
  '  with:',
  '    fetch-depth: 0',
);

function notFetched(base: string): Finding {
  return {
    name: 'base-not-fetched',
    severity: 'error',
    message: `The checkout does not reach back to where this work parted from ${base}, so that nobody can tell which migrations it changes.`,
    remedies: remedies(wholeHistory),
  };
}

function notGit(problem: string): Finding {
  return {
    name: 'base-not-readable',
    severity: 'error',
    message: `git could not compare with the base: ${problem}`,
    remedies: remedies(wholeHistory),
  };
}
