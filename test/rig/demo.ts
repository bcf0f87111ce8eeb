import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { faultNames, faults, type FaultName } from './demo-faults.ts';
import { hold, keepInBackground, stopKept } from './demo-keep.ts';
import { Screen } from './demo-screen.ts';
import { broken, standing } from './demo-verdict.ts';
import { gracefulReloads } from './graceful.ts';
import { install, type Site } from './kayart.ts';
import { boot, type Flavour, type Machine } from './machine.ts';
import { newest } from './releases.ts';
import { masked } from './runner-masks.ts';
import { run, type RunResult } from './runner.ts';
import { visitors, type Seen } from './visitors.ts';

const usage = `Usage: npm run demo -- [--fail ${faultNames.join('|')}] [--keep] [--flavour debian12|debian13]
       npm run demo -- --stop`;
const flavours: readonly Flavour[] = ['debian12', 'debian13'];
const crowdSize = 20;
const lookAroundMilliseconds = 2000;

const screen = new Screen((text) => process.stdout.write(text));
const interrupted = new AbortController();

interface Order {
  readonly fail: FaultName | undefined;
  readonly flavour: Flavour;
}

async function demonstrate({ fail }: Order, machine: Machine, site: Site): Promise<boolean> {
  const fault = fail === undefined ? undefined : faults[fail];
  if (fault !== undefined) screen.say(`${fault.title} Promised: ${fault.promise}`);
  const commit = fault === undefined ? site.commits.next : await fault.prepare(site);
  const before = await standing(site);
  screen.say(`${crowdSize} visitors log in at ${site.url} and click.`);
  await using crowd = visitors(site.url, crowdSize);
  await crowd.arrived;
  await lookAround();

  screen.say(`Deploying ${commit} over ${before.commit}, as GitHub's runner does.`);
  const result = await deploy(machine, site, commit);
  interrupted.signal.throwIfAborted();
  screen.say(`The action ended with exit status ${result.exitCode ?? '(killed)'}.`);
  await lookAround();
  const seen = await crowd.stop();

  const after = await standing(site);
  screen.say('The step summary:');
  screen.quote(masked(result.summary, result.masks));
  tell(seen, after.rows);
  return judge(broken({ fault, commit, before, after, result, seen, secrets: site.secrets }));
}

async function deploy(machine: Machine, site: Site, commit: string): Promise<RunResult> {
  return run({
    inputs: {
      host: `${machine.user}@${machine.address}`,
      'ssh-key': machine.privateKey,
      'known-hosts': machine.knownHostsLine,
      path: site.base,
      strategy: site.strategy,
      'fpm-service': machine.fpmService,
    },
    context: { sha: commit, ref_name: site.branch, ref: `refs/heads/${site.branch}` },
    onLine: (line) => {
      screen.quote(line);
    },
    cancelAfter: interrupted.signal,
  });
}

function tell(seen: Seen, rows: string): void {
  screen.say('What the visitors saw:');
  screen.table([
    ['visitors', seen.visitors],
    ['requests', seen.requests],
    ['failed', seen.failed],
    ['logged out', `${seen.loggedOut} of ${seen.visitors}`],
    ['lost clicks', seen.lost],
    ['slowest answer', `${seen.slowestMilliseconds} ms`],
    ['in ci_sessions', rows === '' ? 'no such table' : `${rows} rows`],
  ]);
  for (const failure of seen.failures) screen.quote(failure);
}

function judge(wrong: readonly string[]): boolean {
  if (wrong.length === 0) screen.say('All of it as promised.');
  else screen.say('NOT as promised:');
  for (const line of wrong) screen.quote(line);
  return wrong.length === 0;
}

async function lookAround(): Promise<void> {
  await pause(lookAroundMilliseconds, undefined, { signal: interrupted.signal });
}

/** The whole demonstration; with `keep` this process then holds the server until it is asked to stop. */
async function perform(order: Order, keep: boolean): Promise<boolean> {
  const release = await newest();
  screen.say(`Booting ${order.flavour} with systemd, sshd, nginx, PHP-FPM and MariaDB.`);
  await using machine = await boot({ flavour: order.flavour });
  interrupted.signal.throwIfAborted();
  screen.say(
    `It answers at ${machine.address}. Installing CodeIgniter ${release.version} (${release.source}).`,
  );
  const site = await install(machine, { release });
  await gracefulReloads(machine);
  interrupted.signal.throwIfAborted();
  const kept = await demonstrate(order, machine, site);
  if (keep) await hold(machine, site, kept, screen);
  return kept;
}

function read(): { order: Order; keep: boolean; held: boolean; stop: boolean } {
  const { values } = parseArgs({
    options: {
      fail: { type: 'string' },
      flavour: { type: 'string', default: 'debian12' },
      keep: { type: 'boolean', default: false },
      held: { type: 'boolean', default: false },
      stop: { type: 'boolean', default: false },
    },
  });
  const fail = faultNames.find((name) => name === values.fail);
  const flavour = flavours.find((name) => name === values.flavour);
  if (fail !== values.fail) throw new Error(`--fail is one of: ${faultNames.join(', ')}.`);
  if (flavour === undefined) throw new Error(`--flavour is one of: ${flavours.join(', ')}.`);
  return { order: { fail, flavour }, keep: values.keep, held: values.held, stop: values.stop };
}

async function main(): Promise<boolean> {
  const { order, keep, held, stop } = read();
  if (stop) return stopKept(screen);
  if (!existsSync(fileURLToPath(new URL('../../dist/index.cjs', import.meta.url)))) {
    throw new Error('dist/index.cjs is missing. Run: npm run build');
  }
  if (keep && !held) return keepInBackground();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      interrupted.abort(new Error(`Stopped by ${name}.`));
    });
  }
  return perform(order, keep);
}

try {
  process.exitCode = (await main()) ? 0 : 1;
} catch (error) {
  screen.say((error as Error).message);
  if (error instanceof TypeError) screen.say(usage);
  process.exitCode = 1;
}
