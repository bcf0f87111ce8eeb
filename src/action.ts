import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeWhole } from './checkout/write.ts';
import { readJournals, type Journal } from './plan/journal.ts';
import { actions } from './report/actions.ts';
import { linksOf, type Links } from './report/links.ts';
import { WorkflowLog } from './report/log.ts';
import { Masking } from './report/masking.ts';
import { planComment } from './report/plan-comment.ts';
import { publish, reportFile } from './report/publish.ts';
import { isGreen, type Outcome, type Report } from './report/report.ts';
import { run, type Environment, type Memory } from './run.ts';
import { untilCancelled } from './until-cancelled.ts';

// How GitHub's runner starts a run. What main saved tells main and post apart; a post with nothing to do ends in start.ts.
const workflow = actions();
// The runner sets it where somebody asked for step debug (docs.github.com, Enabling debug logging).
const raw = process.env['RUNNER_DEBUG'] === '1';
const log = new WorkflowLog(workflow, () => performance.now(), { raw });

/** The inputs as the runner hands them over; nothing else of the environment is configuration. */
function inputs(): Map<string, string> {
  const given = new Map<string, string>();
  for (const [name, value] of Object.entries(process.env)) {
    if (name.startsWith('INPUT_'))
      given.set(name.slice('INPUT_'.length).toLowerCase(), value ?? '');
  }
  return given;
}

/** One of the runner's variables; empty where it is not set. */
function github(name: string): string {
  return process.env[`GITHUB_${name}`] ?? '';
}

function environment(): Environment {
  const [sha, ref] = [github('SHA'), github('REF')];
  return {
    started: {
      url: `${github('SERVER_URL')}/${github('REPOSITORY')}/actions/runs/${github('RUN_ID')}`,
      actor: github('ACTOR'),
      repository: repository(),
      attempt: github('RUN_ATTEMPT') || '1',
    },
    workspace: github('WORKSPACE') || process.cwd(),
    baseBranch: github('BASE_REF'),
    tag: github('REF_TYPE') === 'tag' ? github('REF_NAME') : null,
    mergeCommit: /^refs\/pull\/\d+\/merge$/.test(ref) ? sha : null,
  };
}

/** The repository as ssh reaches it: a server that fetches has a key, and no password. */
function repository(): string {
  const name = github('REPOSITORY');
  if (name === '' || !URL.canParse(github('SERVER_URL'))) return '';
  return `git@${new URL(github('SERVER_URL')).hostname}:${name}.git`;
}

const masking = new Masking();

function mask(value: string): void {
  for (const shown of masking.add(value)) workflow.mask(shown);
}

/** The state that the runner keeps between main and post. */
function memory(): Memory {
  const kept = workflow.state('journals');
  const outcome = (workflow.state('outcome') || null) as Outcome | null;
  const saved: Record<string, Journal> = {};
  return {
    left: kept === '' ? null : { journals: readJournals(kept), outcome },
    keep: (server, journal) => {
      saved[server] = journal;
      workflow.saveState('journals', JSON.stringify(saved));
    },
  };
}

async function runLogged(kept: Memory): Promise<Report> {
  const heartbeat = setInterval(() => {
    log.heartbeat();
  }, 1000);
  const signal = untilCancelled();
  const request = { inputs: inputs(), environment: environment(), memory: kept, log, mask, signal };
  const report = await run(request);
  clearInterval(heartbeat);
  return report;
}

function inTemp(name: string): string {
  return join(process.env['RUNNER_TEMP'] ?? tmpdir(), name);
}

/** The runner masks what it prints; a comment is sent by somebody else. */
function writeComment(report: Report, links: Links): string {
  const text = masking.masked(planComment(report, links));
  if (text === '') return '';
  const file = inTemp('ci4-deploy-plan.md');
  writeWhole(file, text);
  return file;
}

async function start(): Promise<void> {
  const post = workflow.state('phase') !== '';
  const kept = memory();
  if (!post) workflow.saveState('phase', 'main');
  const report = await runLogged(kept);
  if (!post) workflow.saveState('outcome', report.outcome);
  const links = linksOf(github);
  const file = inTemp('ci4-deploy-report.json');
  writeWhole(file, reportFile(report));
  await publish(report, workflow, log, { file, comment: writeComment(report, links), links });
  // What went wrong is main's to say; post fails only where it could not put it right.
  const well = post ? report.outcome !== 'stranded' : isGreen(report);
  process.exitCode = well ? 0 : 1;
}

await start();
