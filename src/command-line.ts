import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { homedir, hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { readArguments, type Asked } from './cli/arguments.ts';
import { painter, reportText } from './cli/report-text.ts';
import { onScreen, Screen } from './cli/screen.ts';
import { usage } from './cli/usage.ts';
import { WorkflowLog } from './report/log.ts';
import { isGreen, type Report } from './report/report.ts';
import { run, type Environment } from './run.ts';
import { untilCancelled } from './until-cancelled.ts';

// How a person at a computer, or another CI system, starts a run. What happens goes to standard error, the report to
// standard output.

/** A line of git in this folder; empty where it says nothing. */
function git(...args: readonly string[]): string {
  try {
    return execFileSync('git', args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return '';
  }
}

function inHome(path: string): string {
  return path.startsWith('~/') ? join(homedir(), path.slice(2)) : path;
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'you may not read it',
  EISDIR: 'it is a folder',
};

/** @throws Error with the reason in words */
function readFile(path: string): string {
  try {
    return readFileSync(inHome(path), 'utf8');
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new Error(`${inHome(path)}: ${reasons[code] ?? message}.`, { cause: error });
  }
}

/** What a person at a computer does not have to say: what is checked out here, and the hosts that his ssh knows. */
function withDefaults(given: ReadonlyMap<string, string>): Map<string, string> {
  const all = new Map(given);
  if (given.get('command') === 'check') return all;
  const otherwise = (name: string, value: () => string): void => {
    if (all.get(name) === undefined) all.set(name, value());
  };
  otherwise('commit', () => git('rev-parse', 'HEAD'));
  otherwise('branch', () => git('branch', '--show-current'));
  if (all.get('host-fingerprint') === undefined) otherwise('known-hosts', knownHosts);
  return all;
}

function knownHosts(): string {
  try {
    return readFile('~/.ssh/known_hosts');
  } catch {
    return '';
  }
}

function environment(): Environment {
  const { CI_JOB_URL: job, GITLAB_USER_LOGIN: user } = process.env;
  return {
    started: {
      url: job ?? `the command line on ${hostname()}`,
      actor: user ?? userInfo().username,
      repository: '',
      attempt: '1',
    },
    workspace: process.cwd(),
    baseBranch: '',
    tag: null,
    mergeCommit: null,
  };
}

async function runOn(screen: Screen, { given, debug }: Asked & { kind: 'run' }): Promise<Report> {
  const log = new WorkflowLog(onScreen(screen), () => performance.now(), { raw: debug });
  const progress = setInterval(() => {
    screen.status(`${log.doing} (${Math.round(log.seconds)} s)`);
    log.heartbeat();
  }, 1000);
  // A deploy that is killed here is rolled back by the next one, from the journal on the server.
  const memory = { left: null, keep: () => undefined };
  const signal = untilCancelled();
  const mask = (value: string): void => {
    screen.mask(value);
  };
  const inputs = withDefaults(given);
  const report = await run({ inputs, environment: environment(), memory, log, mask, signal });
  clearInterval(progress);
  screen.clear();
  return report;
}

/** https://no-color.org, and what many programs know as its opposite. */
function colours(): boolean {
  if (process.env['NO_COLOR'] !== undefined && process.env['NO_COLOR'] !== '') return false;
  return process.env['FORCE_COLOR'] !== undefined || process.stdout.isTTY;
}

/** Does what the command line says. The exit status is 0 when all is well. */
export async function commandLine(): Promise<void> {
  const words = process.argv.slice(2);
  const asked = readArguments(words, { variable: (name) => process.env[name], readFile });
  if (asked.kind === 'usage') {
    process.stdout.write(usage());
    process.exitCode = words.length === 0 ? 1 : 0;
    return;
  }
  if (asked.kind === 'wrong') {
    process.stderr.write(`${asked.problems.join('\n')}\nSee ci4-deploy --help.\n`);
    process.exitCode = 1;
    return;
  }
  const screen = new Screen(process.stderr);
  const report = await runOn(screen, asked);
  process.stdout.write(screen.masked(reportText(report, painter(colours()))));
  process.exitCode = isGreen(report) ? 0 : 1;
}
