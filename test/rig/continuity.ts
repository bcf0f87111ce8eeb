import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { install, type Site } from './kayart.ts';
import { boot } from './machine.ts';
import type { Release } from './releases.ts';
import { run, type RunResult } from './runner.ts';
import { visitors, type Seen, type Visitors } from './visitors.ts';

/** One kind of deploy, and how it is done by hand and by the action. */
export interface Scenario {
  readonly name: string;
  /** Answers the commit to deploy; the fixture's next one, which moves the sessions, unless set. */
  readonly prepare?: (site: Site) => Promise<string | undefined>;
  readonly inputs?: Record<string, string>;
  /** What a person types after the procedure, when it was not right. */
  readonly typedAfter?: (site: Site) => string;
  readonly outcome: string;
}

/** What the visitors of one deploy saw, counted on their side. */
export interface Counted {
  readonly requests: number;
  readonly failed: number;
  readonly loggedOut: number;
  readonly lost: number;
  readonly slowestMilliseconds: number;
  readonly failures: readonly string[];
  /** How the deploy itself went, in a few words. */
  readonly reported: string;
}

const slowSeconds = 2;

/** Deploys once on a fresh server while visitors log in, click, count, and ask for slow pages. */
export async function continuity(
  scenario: Scenario,
  release: Release,
  how: 'typed' | 'action',
): Promise<Counted> {
  await using machine = await boot({});
  const site = await install(machine, { release });
  await patient(site);
  const commit = (await scenario.prepare?.(site)) ?? site.commits.next;
  const crowd = new Crowd(site.url);
  await crowd.arrived();
  const reported =
    how === 'typed' ? await typed(site, scenario) : await byAction(site, scenario, commit);
  await pause(2500);
  const seen = await crowd.leave();
  const failures = [...seen.failures, ...(seen.failed > 0 ? await logged(site) : [])];
  return { ...seen, failures, reported };
}

/** What the application itself wrote down about it. */
async function logged({ machine, path }: Site): Promise<string[]> {
  const last = `grep -hE -A 1 '^(EMERGENCY|CRITICAL|ERROR)' ${path}/writable/logs/*.log | tail -n 4`;
  const { stdout } = await machine.exec(['sh', '-c', last]);
  return stdout.split('\n').filter((line) => line !== '');
}

/** A server that lets running requests end at a reload, and serves enough of them at once. */
export async function patient(site: Site): Promise<void> {
  const fpm = `/etc/php/${site.machine.phpVersion}/fpm`;
  await asRoot(
    site,
    `sed -i 's/^;*process_control_timeout.*/process_control_timeout = 10s/' ${fpm}/php-fpm.conf
     sed -i 's/^pm.max_children.*/pm.max_children = 40/' ${fpm}/pool.d/www.conf; systemctl restart ${site.machine.fpmService}`,
  );
}

/** As root on the server. */
export async function asRoot(site: Site, script: string): Promise<void> {
  const { code, stderr } = await site.machine.exec(['sh', '-e', '-c', script]);
  if (code !== 0) throw new Error(`${script}: ${stderr}`);
}

/** The procedure as it stands in the document, by plain ssh. */
async function typed(site: Site, { typedAfter }: Scenario): Promise<string> {
  const { machine, path } = site;
  const folder = await mkdtemp(join(tmpdir(), 'ci4-deploy-typed-'));
  const key = join(folder, 'key');
  await writeFile(key, machine.privateKey, { mode: 0o600 });
  const procedure = `cd ${path} && git pull -q origin main && php spark migrate && php spark db:table ci_sessions >/dev/null; php spark cache:clear && sudo systemctl reload ${machine.fpmService}`;
  const began = performance.now();
  try {
    for (const text of [procedure, typedAfter?.(site)]) {
      if (text === undefined) continue;
      const options = ['-i', key, '-o', 'StrictHostKeyChecking=no', '-o', 'LogLevel=ERROR'];
      const known = ['-o', `UserKnownHostsFile=${join(folder, 'known')}`];
      const to = `${machine.user}@${machine.address}`;
      const ssh = spawn('ssh', [...options, ...known, to, text], { stdio: 'ignore' });
      const [status] = (await once(ssh, 'exit')) as [number | null];
      if (status !== 0) return `exit status ${status ?? 'none'}`;
      // Who types takes a moment to see that it is not right.
      if (typedAfter !== undefined) await pause(1500);
    }
    return `typed (${((performance.now() - began) / 1000).toFixed(1)} s)`;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function byAction(site: Site, scenario: Scenario, commit: string): Promise<string> {
  const { machine, base, strategy } = site;
  const result = await run({
    inputs: {
      host: `${machine.user}@${machine.address}`,
      'ssh-key': machine.privateKey,
      'known-hosts': machine.knownHostsLine,
      ...{ path: base, strategy },
      'fpm-service': machine.fpmService,
      ...scenario.inputs,
    },
    context: { sha: commit },
  });
  const outcome = result.outputs['outcome'] ?? '';
  if (outcome !== scenario.outcome) throw new Error(result.shown.slice(-60).join('\n'));
  return [`${outcome} (${result.outputs['seconds'] ?? ''} s)`, ...moved(result)].join(', ');
}

/** What its log says of the sessions it moved, and how long the bulk took. */
function moved(result: RunResult): string[] {
  const report = JSON.parse(result.files.get('ci4-deploy-report.json') ?? '{}') as {
    hosts?: readonly { steps: readonly { name: string; seconds: number }[] }[];
  };
  const seconds = report.hosts?.[0]?.steps.find(({ name }) => name === 'copy')?.seconds ?? 0;
  const copied = result.shown.map((line) => /(\d+) sessions? copied/.exec(line)?.[1]);
  const total = copied.reduce((all, one) => all + Number(one ?? 0), 0);
  const waits = result.shown.map((line) => /waited \d+ ms at most/.exec(line)?.[0]);
  if (total === 0) return [];
  const bulk = `${total} copied in ${seconds.toFixed(1)} s`;
  return [bulk, ...waits.filter((one) => one !== undefined)];
}

/** Twenty who were there before, one more who logs in every half second, and three who ask for slow pages. */
class Crowd {
  readonly #url: string;
  readonly #all: Visitors[];
  readonly #comers: Promise<void>;
  readonly #slow: readonly Promise<void>[];
  readonly #slowFailures: string[] = [];
  #slowRequests = 0;
  #over = false;

  constructor(url: string) {
    this.#url = url;
    this.#all = [visitors(url, 20, 200)];
    this.#comers = this.#come();
    this.#slow = [1, 2, 3].map(async () => this.#askSlowly());
  }

  async arrived(): Promise<void> {
    await this.#all[0]?.arrived;
  }

  async leave(): Promise<Omit<Counted, 'reported'>> {
    this.#over = true;
    await Promise.all([this.#comers, ...this.#slow]);
    const seen = await Promise.all(this.#all.map(async (one) => one.stop()));
    const sum = (of: (one: Seen) => number): number => seen.reduce((all, one) => all + of(one), 0);
    return {
      requests: sum(({ requests }) => requests) + this.#slowRequests,
      failed: sum(({ failed }) => failed) + this.#slowFailures.length,
      loggedOut: sum(({ loggedOut }) => loggedOut),
      lost: sum(({ lost }) => lost),
      slowestMilliseconds: Math.max(...seen.map((one) => one.slowestMilliseconds)),
      failures: [...new Set([...seen.flatMap(({ failures }) => failures), ...this.#slowFailures])],
    };
  }

  async #come(): Promise<void> {
    while (!this.#over) {
      this.#all.push(visitors(this.#url, 1, 300));
      await pause(500);
    }
  }

  async #askSlowly(): Promise<void> {
    while (!this.#over) {
      this.#slowRequests += 1;
      try {
        const answer = await fetch(new URL(`/slow?seconds=${slowSeconds}`, this.#url));
        const text = await answer.text();
        if (text.trim() !== 'slow') this.#slowFailures.push(`/slow: status ${answer.status}`);
      } catch (error) {
        this.#slowFailures.push(`/slow: ${(error as Error).message}`);
      }
    }
  }
}
