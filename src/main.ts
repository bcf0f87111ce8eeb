import { randomUUID } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { check } from './commands/check.ts';
import { sarifNotWritten, withError } from './commands/check-report.ts';
import { deploy } from './commands/deploy.ts';
import { recover } from './commands/recover.ts';
import { verify } from './commands/verify.ts';
import { parseCheck, type TrialConfig } from './config/check-config.ts';
import type { DescribedTable } from './config/settings-tables.ts';
import { ConfigError, parse, type Config } from './config/config.ts';
import { secretInputs } from './config/inputs.ts';
import { blank, JournalBook, type Journal } from './plan/journal.ts';
import { Site, type RunFacts } from './plan/site.ts';
import { underLock } from './plan/under-lock.ts';
import { actions } from './report/actions.ts';
import { finding } from './report/failure.ts';
import type { Finding } from './finding.ts';
import { harmless } from './report/harmless.ts';
import { Log } from './report/log.ts';
import { publish, reportFile } from './report/publish.ts';
import { keepJournal, startHeartbeat } from './steps/lock.ts';
import { isGreen, type Outcome, type Report } from './report/report.ts';
import { sarif } from './report/sarif.ts';
import { openRunner } from './runner.ts';
import { logIn } from './schema/mysql.ts';
import { openScratch } from './schema/scratch-mysql.ts';
import { Cancelled } from './server/failures.ts';
import { tryOut, type Tried } from './trial/trial.ts';
import { openCheckout } from './checkout/checkout.ts';
import { NotWritten, writeBelow, writeWhole } from './checkout/write.ts';
import { login } from './login.ts';

const workflow = actions();
const log = new Log(workflow, () => performance.now());
const stop = new AbortController();

/** The inputs as the runner hands them over; nothing else of the environment is configuration. */
function given(): Map<string, string> {
  const inputs = new Map<string, string>();
  for (const [name, value] of Object.entries(process.env)) {
    if (name.startsWith('INPUT_'))
      inputs.set(name.slice('INPUT_'.length).toLowerCase(), value ?? '');
  }
  return inputs;
}

function mask(value: string): void {
  for (const part of [value, ...value.split(/\r?\n/)]) {
    // What is printed was made harmless, and has to be masked in that shape as well.
    for (const shown of new Set([part, harmless(part)])) {
      if (shown.trim() !== '') workflow.mask(shown);
    }
  }
}

function runFacts(): RunFacts {
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID, GITHUB_ACTOR } = process.env;
  const { GITHUB_RUN_ATTEMPT } = process.env;
  return {
    url: `${GITHUB_SERVER_URL ?? ''}/${GITHUB_REPOSITORY ?? ''}/actions/runs/${GITHUB_RUN_ID ?? ''}`,
    actor: GITHUB_ACTOR ?? '',
    attempt: GITHUB_RUN_ATTEMPT ?? '1',
    nonce: `@${randomUUID()}@`,
    now: () => new Date().toISOString(),
    pause: async (milliseconds, signal) => {
      await pause(milliseconds, undefined, { signal });
    },
  };
}

async function openSite(config: Config, journal: Journal): Promise<Site> {
  const server = await login(config, log, journal.id, stop.signal);
  const book = new JournalBook(journal, async (now) => {
    workflow.saveState('journal', JSON.stringify(now));
    await keepJournal(server, now);
  });
  return new Site({
    config,
    server: underLock(server, () => book.now),
    log,
    mask,
    run: runFacts(),
    journal: book,
    logIn: (to, signal) => logIn(to, (address) => server.open(address, signal), signal),
  });
}

/** A report for what failed before there was a server to speak of. */
function early(outcome: Outcome, findings: readonly Finding[], config?: Config): Report {
  const { target } = config ?? {};
  return {
    outcome,
    command: config?.command ?? '',
    server: target === undefined ? '' : `${target.user}@${target.host}:${target.port}`,
    path: config?.path ?? '',
    commit: config?.commit ?? '',
    previousCommit: '',
    steps: [],
    undone: [],
    migrations: [],
    batch: null,
    columns: [],
    findings,
    unverified: [],
    rollbackNotes: [],
    roundTrips: 0,
    seconds: log.seconds,
  };
}

async function work(config: Config): Promise<Report> {
  const kept = workflow.state('journal');
  const site = await openSite(
    config,
    kept === '' ? blank(randomUUID()) : (JSON.parse(kept) as Journal),
  );
  const quiet = startHeartbeat(site);
  try {
    if (kept !== '') return await recover(site, mainsOutcome(), stop.signal);
    return await (config.command === 'verify' ? verify : deploy)(site, stop.signal);
  } finally {
    quiet();
    await site.close();
  }
}

/** Runs the migrations of the checkout in the databases that were given. */
async function tryOutIn(
  root: string,
  trial: TrialConfig,
  tables: readonly DescribedTable[],
): Promise<readonly Tried[]> {
  for (const { password } of trial.databases) mask(password.reveal());
  const { nonce } = runFacts();
  const tools = {
    ...{ ...trial, tables, log, nonce, openScratch },
    openRunner: () => openRunner(root, trial.limit),
  };
  return tryOut(tools, stop.signal);
}

/** The command that needs no server: it reads what lies in the checkout, and runs it where a database is given. */
async function checked(inputs: ReadonlyMap<string, string>): Promise<Report> {
  const { GITHUB_WORKSPACE: workspace = process.cwd(), GITHUB_BASE_REF = '' } = process.env;
  const { config, trial } = parseCheck(inputs, GITHUB_BASE_REF);
  const checkout = openCheckout({ workspace, directory: config.directory, merge: mergeCommit() });
  const { folder } = checkout;
  const run =
    trial === null || folder === null
      ? null
      : async (tables: readonly DescribedTable[]) => tryOutIn(folder, trial, tables);
  const reported = await check(config, checkout, () => log.seconds, run);
  if (config.sarifFile === null) return reported;
  try {
    const text = `${JSON.stringify(sarif(reported.findings), null, 2)}\n`;
    writeBelow(realpathSync(workspace), config.sarifFile, text);
    return reported;
  } catch (error) {
    if (!(error instanceof NotWritten)) throw error;
    return withError(reported, sarifNotWritten(error.message));
  }
}

/** The commit of the run, where that is the merge of a pull request that GitHub made. */
function mergeCommit(): string | null {
  const { GITHUB_SHA = '', GITHUB_REF = '' } = process.env;
  return /^refs\/pull\/\d+\/merge$/.test(GITHUB_REF) ? GITHUB_SHA : null;
}

async function report(): Promise<Report> {
  let config: Config | undefined;
  const inputs = given();
  for (const name of secretInputs) mask(inputs.get(name) ?? '');
  try {
    if (inputs.get('command')?.trim() === 'check') return await checked(inputs);
    config = parse(inputs);
    return await work(config);
  } catch (failure) {
    if (failure instanceof ConfigError) return early('refused', failure.problems.map(input));
    const outcome = failure instanceof Cancelled ? 'cancelled' : 'refused';
    return early(outcome, finding(failure), config);
  }
}

function input(problem: string): Finding {
  return { name: 'input', severity: 'error', message: problem };
}

/** Main and post are this same file: what main saved tells them apart. */
function nothingLeft(): boolean {
  const kept = workflow.state('journal');
  return kept === '' || (JSON.parse(kept) as Journal).closed;
}

/** How main ended, where it came to an end. */
function mainsOutcome(): Outcome | null {
  return (workflow.state('outcome') || null) as Outcome | null;
}

async function run(): Promise<void> {
  const post = workflow.state('phase') !== '';
  if (post && nothingLeft()) return;
  if (!post) workflow.saveState('phase', 'main');
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      stop.abort(new Cancelled(`The run received ${name}.`));
    });
  }
  const beat = setInterval(() => {
    log.beat();
  }, 1000);
  const reported = await report();
  clearInterval(beat);
  if (!post) workflow.saveState('outcome', reported.outcome);
  const file = join(process.env['RUNNER_TEMP'] ?? tmpdir(), 'ci4-deploy-report.json');
  writeWhole(file, reportFile(reported));
  await publish(reported, workflow, log, file);
  // What went wrong is main's to say; post fails only where it could not put it right.
  const well = post ? reported.outcome !== 'stranded' : isGreen(reported);
  process.exitCode = well ? 0 : 1;
}

await run();
