import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { adopt } from './commands/adopt.ts';
import { deploy, pushProcedure } from './commands/deploy.ts';
import { doctor } from './commands/doctor.ts';
import { plan, planSteps } from './commands/plan.ts';
import { recover } from './commands/recover.ts';
import { releases } from './commands/releases.ts';
import { rollback } from './commands/rollback.ts';
import { verify } from './commands/verify.ts';
import { ConfigError, parse, type Config, type Problem } from './config/config.ts';
import { secretInputs } from './config/inputs.ts';
import { userNames } from './config/user-names.ts';
import type { Finding } from './finding.ts';
import type { Log } from './log.ts';
import type { Fleet } from './plan/fleet.ts';
import { Host, type Unsettled } from './plan/host.ts';
import { blank, JournalBook, type Journal } from './plan/journal.ts';
import type { Mask, RunContext } from './plan/site.ts';
import type { Packed } from './plan/workspace.ts';
import { underLock } from './plan/under-lock.ts';
import { releaseDirectories } from './release/directories/directories.ts';
import { placesOf } from './release/directories/layout.ts';
import { inPlace } from './release/in-place/in-place.ts';
import type { Source } from './steps/push/source.ts';
import type { Place, Strategy } from './release/strategy.ts';
import { finding } from './report/failure.ts';
import type { HostReport, Outcome, Report } from './report/report.ts';
import type { Output } from './server/command.ts';
import { Cancelled } from './server/failures.ts';
import { query } from './server/round.ts';
import type { Server } from './server/server.ts';
import { askService, readService } from './steps/fpm/resolve.ts';
import { branchOf } from './steps/inspect/branch.ts';
import { keepJournal, startHeartbeat } from './steps/lock.ts';

/** Where a run takes place, besides its inputs. */
export interface Environment {
  /** Address of the run's page, who started it, and the number of the attempt. */
  readonly started: Pick<RunContext, 'url' | 'actor' | 'attempt' | 'repository'>;
  /** The folder that holds the checkout. */
  readonly workspace: string;
  /** The branch that a pull request goes to; empty elsewhere. */
  readonly baseBranch: string;
  /** The tag of a run that was started by one; null elsewhere. */
  readonly tag: string | null;
  /** The commit of the run, where that is the merge of a pull request that GitHub made. */
  readonly mergeCommit: string | null;
}

/** What outlives this process, so that another one can finish its work. */
export interface Memory {
  /** What an earlier process of this run left; null when this is the first one. */
  readonly left: {
    /** By server, as `user@host:port`. */
    readonly journals: Readonly<Record<string, Journal>>;
    /** How it ended; null when it was killed before it could say so. */
    readonly outcome: Outcome | null;
  } | null;
  keep(server: string, journal: Journal): void;
}

/** Everything that a run takes from outside. */
export interface RunRequest {
  /** By name in small letters; secrets are among them. */
  readonly inputs: ReadonlyMap<string, string>;
  readonly environment: Environment;
  readonly memory: Memory;
  readonly log: Log;
  readonly mask: Mask;
  /** Ends the run: what was begun is rolled back. */
  readonly signal: AbortSignal;
}

/** One run of any command. Never throws: what went wrong is in the report. */
export async function run(request: RunRequest): Promise<Report> {
  return runMasked({ ...request, mask: butNames(request) });
}

/** Masks everything but the names of users that sentences have to say. */
function butNames({ inputs, mask }: RunRequest): Mask {
  const names = userNames(inputs);
  return (value) => {
    if (!names.has(value.trim())) mask(value);
  };
}

async function runMasked(request: RunRequest): Promise<Report> {
  const { inputs, mask } = request;
  let config: Config | undefined;
  for (const name of secretInputs) mask(inputs.get(name) ?? '');
  try {
    if (inputs.get('command')?.trim() === 'check') {
      const { runCheck } = await import('./run-check.ts');
      return await runCheck(request);
    }
    config = withTag(parse(inputs), request.environment);
    return await runOnServer(config, request);
  } catch (failure) {
    const { seconds } = request.log;
    if (failure instanceof ConfigError)
      return early('refused', failure.problems.map(input), seconds);
    const outcome = failure instanceof Cancelled ? 'cancelled' : 'refused';
    return early(outcome, finding(failure), seconds, config);
  }
}

function input(problem: Problem): Finding {
  return { name: 'input', severity: 'error', ...problem };
}

async function runOnServer(config: Config, request: RunRequest): Promise<Report> {
  const { memory, signal } = request;
  const fleet: Fleet = [await openHost(config, request)];
  const heartbeats = fleet.map(startHeartbeat);
  try {
    if (memory.left !== null) return await recover(fleet, memory.left.outcome, signal);
    if (config.command === 'plan') return await runPlan(fleet, config, request);
    if (config.command === 'deploy' && config.source === 'push')
      return await deploy(fleet, signal, pushProcedure(await sourceOf(config, request)));
    return await commandOf(config)(fleet, signal);
  } finally {
    for (const stop of heartbeats) stop();
    for (const host of fleet) await host.close();
  }
}

/** What reads the checkout is loaded where it is needed. */
async function sourceOf({ directory }: Config, { environment }: RunRequest): Promise<Source> {
  const { openSource } = await import('./checkout/source.ts');
  return openSource(environment.workspace, directory);
}

/** What reads migrations is loaded where it is needed. */
async function runPlan(fleet: Fleet, config: Config, request: RunRequest): Promise<Report> {
  const { environment, log, signal } = request;
  const { readInCheckout } = await import('./run-plan.ts');
  const { directory, namespaces } = config;
  const everyNamespace = namespaces === 'all';
  const read = readInCheckout(environment.workspace, directory, everyNamespace, () => log.seconds);
  const source = config.source === 'push' ? await sourceOf(config, request) : null;
  return plan(fleet, signal, planSteps(read, source));
}

function commandOf({ command }: Config): typeof deploy | typeof doctor {
  const others = { adopt, doctor, verify, releases, rollback };
  return command in others ? others[command as keyof typeof others] : deploy;
}

async function openHost(given: Config, request: RunRequest): Promise<Host> {
  const config = { ...given, ...placesOf(given) };
  const { log, mask, memory, signal, environment } = request;
  const name = nameOf(config);
  const { actor, url } = environment.started;
  const fresh = { ...blank(randomUUID()), started: { actor, run: url } };
  const journal = memory.left?.journals[name] ?? fresh;
  const { login } = await import('./login.ts');
  const loggingIn = login(config, log, journal.id, signal);
  // It is read while the server answers.
  const driver = import('./schema/mysql/mysql.ts');
  const server = await loggingIn;
  const keep = (now: Journal): void => {
    memory.keep(name, now);
  };
  const save = async (now: Journal): Promise<void> => {
    keep(now);
    await keepJournal(server, now);
  };
  const book = new JournalBook(journal, save, keep);
  const closed = async (failure: unknown): Promise<never> => {
    // A connection that is left open would keep this process alive.
    await server[Symbol.asyncDispose]();
    throw failure;
  };
  const branch = await branchFor(config, server, signal).catch(closed);
  const host = new Host({
    config: { ...config, branch },
    server: underLock(server, book),
    ...{ log, mask, journal: book },
    run: contextOf(environment),
    strategy: (place) => strategyOf(config, place),
    workspace: { pack: async (paths) => packed(config, environment, paths) },
    logIn: async (to, until) => {
      const { logIn } = await driver;
      return logIn(to, async (address) => server.open(address, until), until);
    },
    unsettled: serviceFor(config),
  });
  if (memory.left !== null || !locksFirst(config)) await settle(host, signal).catch(closed);
  return host;
}

/** The first round of these takes the lock, and asks the server on its way. */
function locksFirst({ command }: Config): boolean {
  return command === 'deploy' || command === 'rollback';
}

async function settle(host: Host, signal: AbortSignal): Promise<void> {
  const { first } = await query(host.server, { first: host.firstQuestion }, signal);
  host.settle(first);
}

/** What packs files is loaded where it is needed. */
async function packed(
  { directory }: Config,
  { workspace }: Environment,
  paths: readonly string[],
): Promise<Packed> {
  const { openWorkspace } = await import('./checkout/pack.ts');
  return openWorkspace(workspace, directory).pack(paths);
}

function strategyOf(config: Config, place: Place): Strategy {
  const { strategy } = config;
  return strategy === 'releases'
    ? releaseDirectories({ ...config, strategy }, place)
    : inPlace(place);
}

/** A run of a tag belongs to no branch, unless its workflow names one. */
function withTag(config: Config, { tag }: Environment): Config {
  return tag !== null && config.branch === tag ? { ...config, tag } : config;
}

/** The branch that a tag is on, which only the repository knows. */
async function branchFor(config: Config, server: Server, signal: AbortSignal): Promise<string> {
  if (config.tag === null) return config.branch;
  return branchOf(server, config.clone, config.remote, signal);
}

/** Input fpm-service, where it leaves the choice to us; `auto` still where nothing could be found. */
function serviceFor({ 'fpm-service': wish, path }: Config): Unsettled | null {
  if (wish !== 'auto') return null;
  const read = (answer: Output): Partial<Config> => ({
    'fpm-service': readService(answer) ?? wish,
  });
  return { question: askService(path), read };
}

function contextOf({ started }: Environment): RunContext {
  return {
    ...started,
    nonce: newNonce(),
    now: () => new Date().toISOString(),
    pause: async (milliseconds, signal) => {
      await pause(milliseconds, undefined, { signal });
    },
  };
}

function newNonce(): string {
  return `@${randomUUID()}@`;
}

/** A report for what failed before there was a server to speak of. */
function early(
  outcome: Outcome,
  findings: readonly Finding[],
  seconds: number,
  config?: Config,
): Report {
  return {
    outcome,
    command: config?.command ?? '',
    commit: config?.commit ?? '',
    hosts: config === undefined ? [] : [notReached(config)],
    migrations: [],
    batch: null,
    columns: [],
    findings,
    unverified: [],
    ready: [],
    rollbackNotes: [],
    visitors: null,
    roundTrips: 0,
    seconds,
  };
}

function nameOf({ target }: Config): string {
  return `${target.user}@${target.host}:${target.port}`;
}

function notReached(config: Config): HostReport {
  const [server, path] = [nameOf(config), config.base];
  return { server, path, previousCommit: '', steps: [], undone: [] };
}
