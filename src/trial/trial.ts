import type { Application } from '../app/application.ts';
import { askApplication, readApplication } from '../app/ask.ts';
import { askGroups, readGroups, type Group } from '../app/groups.ts';
import type { Scope } from '../app/ledger.ts';
import type { DescribedTable } from '../config/settings-tables.ts';
import { errorFinding, type Finding } from '../finding.ts';
import type { Log } from '../log.ts';
import type { DatabaseTried } from '../report/report.ts';
import type { DatabaseLogin } from '../schema/database.ts';
import type { Match } from '../schema/rule.ts';
import { thingWords, without, type Scratch, type Thing } from '../schema/scratch.ts';
import type { Command, Output } from '../server/command.ts';
import type { TrialContext } from './attempt.ts';
import { databaseWords, judgeConnections, judgeRefusals } from './connected.ts';
import { notAnswering, notEmpty, notOpened } from './obstacles.ts';
import type { Runner } from './runner.ts';
import { runPhases } from './phases.ts';
import { furnish, settingsFor, steered } from './steer.ts';

/** What trying out takes: what was wished, and the machine. */
export interface Tools {
  readonly databases: readonly DatabaseLogin[];
  /** A database that holds something may be used all the same; what it holds stays. */
  readonly mayBeUsed: boolean;
  readonly php: string;
  readonly match: Match;
  /** Tables that the settings of the repository describe. */
  readonly tables: readonly DescribedTable[];
  readonly namespaces: Scope['namespaces'];
  readonly openRunner: () => Promise<Runner>;
  readonly openScratch: (login: DatabaseLogin, signal: AbortSignal) => Promise<Scratch>;
  readonly log: Log;
  readonly nonce: string;
}

/** What came of one database. */
export interface Tried {
  readonly database: DatabaseTried;
  readonly findings: readonly Finding[];
  /** The session table was there and was judged. */
  readonly judged: boolean;
  /** Every migration ran, and the ledger says so. */
  readonly migrated: boolean;
}

/**
 * Runs the migrations of the checkout in every database that was given, and proves them as a deploy does. Each database
 * is left as it was found.
 * @throws the signal's reason when it aborts; what was made is taken away before
 */
export async function tryOut(tools: Tools, signal: AbortSignal): Promise<readonly Tried[]> {
  await using runner = await tools.openRunner();
  await furnish(runner);
  tools.log.group('Try: the database groups of the application');
  const question = askGroups(tools.php, runner.root, tools.nonce, null);
  const answer = await ran(tools, runner, steered(question, runner, {}), signal);
  const reported = readGroups(answer, tools.nonce);
  const tried: Tried[] = [];
  for (const login of tools.databases) {
    const name = databaseWords(login);
    const began = tools.log.seconds;
    tools.log.group(`Try: ${name}`);
    const { findings, judged, migrated, ...database } = reported.ok
      ? await inDatabase(tools, runner, reported.groups, login, signal)
      : nothing([notAnswering(reported.failure, tools.php)]);
    const seconds = tools.log.seconds - began;
    tried.push({ database: { name, ...database, seconds }, findings, judged, migrated });
  }
  return tried;
}

type InDatabase = Omit<DatabaseTried, 'name' | 'seconds'> & Omit<Tried, 'database'>;

function nothing(findings: readonly Finding[], product = ''): InDatabase {
  return { product, phases: [], columns: [], findings, judged: false, migrated: false };
}

/** A database that is lost on the way is a finding like one that never let us in. */
async function inDatabase(
  tools: Tools,
  runner: Runner,
  groups: readonly Group[],
  login: DatabaseLogin,
  signal: AbortSignal,
): Promise<InDatabase> {
  try {
    await using scratch = await tools.openScratch(login, signal);
    const { product } = scratch.database;
    tools.log.say(`${databaseWords(login)} is ${product}`);
    const settings = settingsFor(groups, login);
    const php = async (asked: Command): Promise<Output> =>
      ran(tools, runner, steered(asked, runner, settings), signal);
    const trial = await benchIn(tools, runner.root, scratch, php, login);
    return 'findings' in trial
      ? nothing(trial.findings, product)
      : { product, ...(await leavingNothing(trial, tools.log)) };
  } catch (failure) {
    signal.throwIfAborted();
    return nothing([notOpened(failure, login)]);
  }
}

/** Everything is ready and nothing else can be met; or what stands against it, before anything ran. */
async function benchIn(
  { php: phpName, mayBeUsed, match, tables, namespaces, nonce }: Tools,
  root: string,
  scratch: Scratch,
  php: TrialContext['php'],
  login: DatabaseLogin,
): Promise<TrialContext | { readonly findings: readonly Finding[] }> {
  const before = await scratch.contents();
  if (before.length > 0 && !mayBeUsed) return { findings: [notEmpty(before, login)] };
  const mark = `ci4-deploy-${nonce.replace(/\W/g, '')}`;
  const holder = await scratch.mark(mark);
  const led = readGroups(await php(askGroups(phpName, root, nonce, mark)), nonce);
  if (!led.ok) return { findings: [notAnswering(led.failure, phpName)] };
  const astray = judgeConnections(led.groups, login, holder);
  if (astray.length > 0) return { findings: astray };
  const reported = readApplication(await php(askApplication(phpName, root, nonce)), nonce);
  if (!reported.ok) return { findings: [notAnswering(reported.failure, phpName)] };
  const { application } = reported;
  const findings = [
    ...judgeRefusals(application, login),
    ...ledgerTaken(application, before, login),
  ];
  if (findings.length > 0) return { findings };
  return { scratch, application, php, phpName, root, nonce, namespaces, match, tables, before };
}

/** What the migrations made is taken away whatever happens, and in the case of a cancellation too. */
async function leavingNothing(trial: TrialContext, log: Log): Promise<Omit<InDatabase, 'product'>> {
  try {
    return await runPhases(trial, log);
  } finally {
    await clear(trial);
  }
}

/** Takes away what was not there before. */
export async function clear({ scratch, before }: TrialContext): Promise<void> {
  await scratch.remove(without(await scratch.contents(), before));
}

async function ran(
  { log }: Tools,
  runner: Runner,
  asked: Command,
  signal: AbortSignal,
): Promise<Output> {
  const output = await runner.run(asked, signal);
  log.round([asked], [output]);
  return output;
}

/** Rows of a ledger cannot be distinguished afterwards, and a database that has one is somebody's. */
function ledgerTaken(
  { ledger }: Application,
  before: readonly Thing[],
  login: DatabaseLogin,
): readonly Finding[] {
  const own = before.find(({ name }) => name === ledger.table || name === ledger.lockTable);
  if (own === undefined) return [];
  return [
    errorFinding(
      'ledger-taken',
      `${databaseWords(login)} has the ${thingWords(own)} already: other migrations ran there, and theirs cannot be known from these. Nothing was migrated.`,
      'Give an empty database: CREATE DATABASE ci4_check;',
    ),
  ];
}
