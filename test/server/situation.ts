import type { Finding, Severity } from '../../src/finding.ts';
import { sentence, type Outcome, type Report } from '../../src/report/report.ts';
import type { StepName } from '../../src/plan/results.ts';
import { install, type InstallOptions, type Site } from '../rig/kayart.ts';
import { boot, type Flavour, type Machine } from '../rig/machine.ts';
import type { Release } from '../rig/releases.ts';
import { run, type RunResult } from '../rig/runner.ts';
import type { WebServer } from '../rig/web-servers.ts';
import { pasted } from '../fakes/remedies.ts';

/** One thing that can be so on a server or in a commit, and what the deploy must make of it. */
export interface Situation {
  readonly name: string;
  readonly flavour?: Flavour;
  readonly database?: InstallOptions['database'];
  /** nginx unless set. */
  readonly web?: WebServer;
  /** Makes it so. Answers the commit to deploy, the fixture's next one unless set. */
  readonly prepare?: (site: Site) => Promise<string | undefined>;
  readonly inputs?: (site: Site) => Record<string, string>;
  /** What the run is of, where that is no push to main. */
  readonly context?: Readonly<Record<string, string>>;
  readonly outcome: Outcome;
  /** The step that goes wrong, for those that stand for all failures of that step. */
  readonly fails?: StepName;
  /** Names of the findings that are errors. */
  readonly errors: readonly string[];
  /** Names of warnings and notices that must be there too; others may be. */
  readonly also?: readonly string[];
  /** The oldest release that has what it is about, e.g. `4.5`. */
  readonly since?: string;
  /** Text that the last sentence holds, so that a person knows what it was. */
  readonly says?: string | RegExp;
  /** What may differ afterwards although the deploy was rolled back; `afterwards` then says why that is right. */
  readonly differs?: readonly (keyof Snapshot)[];
  /** Warnings and notices are pasted as well, and the next run has to be green. */
  readonly pastes?: 'all';
  /** Errors that the run after pasting may show: they were hidden by those of the first. */
  readonly hidden?: readonly string[];
  /** Why it cannot be so with release directories. */
  readonly inPlaceOnly?: string;
  /** Why it cannot be so in place. */
  readonly releasesOnly?: string;
  /** Why nothing is pasted here, where the remedies of other rows are. */
  readonly notPasted?: string;
  /** Visitors click from before the deploy until after it, so that it should have the machine for itself. */
  readonly visited?: true;
  /** What else must hold afterwards. */
  readonly afterwards?: (site: Site, result: RunResult) => Promise<void>;
}

/** What is compared before and after a deploy that must change nothing. */
export interface Snapshot {
  readonly head: string;
  readonly branch: string;
  readonly status: string;
  /** Everything in the live tree but what visitors make it write: kind, mode, owner, group, name, target; contents as sums. */
  readonly files: readonly string[];
  readonly tables: readonly string[];
  readonly ledger: readonly string[];
  /** What systemd says of the services, and how often each was started. */
  readonly services: readonly string[];
  readonly left: string;
  readonly pages: Record<string, number>;
}

/** The smallest inputs that reach the site, as in the README. */
export function inputsFor(site: Site): Record<string, string> {
  const { machine } = site;
  return {
    host: `${machine.user}@${machine.address}`,
    'ssh-key': machine.privateKey,
    'known-hosts': machine.knownHostsLine,
    path: site.base,
    strategy: site.strategy,
  };
}

/** Runs the built action against the site, as the runner does. */
export async function deploy(
  site: Site,
  options: {
    inputs?: Record<string, string>;
    commit?: string;
    attempt?: number;
    context?: Situation['context'];
  } = {},
): Promise<RunResult> {
  return run({
    inputs: { ...inputsFor(site), ...options.inputs },
    context: {
      ...options.context,
      sha: options.commit ?? site.commits.next,
      run_attempt: String(options.attempt ?? 1),
    },
  });
}

// Sessions, logs and what is cached come and go with every visitor; the folders themselves stay as they are.
const visitors = ['cache', 'debugbar', 'logs', 'session'].map((name) => `./writable/${name}/*`);
const ours = `find . -path ./.git -prune -o ${visitors.map((path) => `-path '${path}' -prune -o`).join(' ')}`;
const sum = `{ ${ours} -printf '%y %m %U %G %p %l\\n'; ${ours} -type f -exec sha1sum {} +; ls -A ..; } | sort`;

/** The state of everything a failed deploy must leave alone, asked from outside. */
export async function snapshot(site: Site): Promise<Snapshot> {
  const asUser = async (...argv: string[]): Promise<string> =>
    (await site.machine.exec(argv, { user: site.machine.user })).stdout.trim();
  const git = async (...args: string[]): Promise<string> => asUser('git', '-C', site.path, ...args);
  return {
    head: await git('rev-parse', 'HEAD'),
    branch: await git('symbolic-ref', '--short', 'HEAD'),
    status: await git('status', '--porcelain', '--', '.', ...linked(site)),
    files: await everything(site),
    tables: await definitions(site).catch(unreachable),
    ledger: await ledger(site).catch(unreachable),
    services: await services(site),
    left: await asUser('sh', '-c', leftovers, 'sh', site.base, site.gitDir),
    pages: await pages(site),
  };
}

/** Links in the place of tracked folders are nobody's edit. */
function linked({ strategy }: Site): readonly string[] {
  const folders = ['.env', 'writable/session', 'writable/logs', 'writable/uploads'];
  return strategy === 'releases' ? folders.map((folder) => `:(exclude)${folder}`) : [];
}

// What a deploy leaves besides its log and the submodules that it fetched. And releases that are neither live nor good nor
// the one it began with.
const leftovers = `ls "$2/ci4-deploy" 2>/dev/null | grep -v releases.jsonl | grep -vx submodules
for one in $(ls "$1/releases" 2>/dev/null | grep -vx first); do
  [ "$(basename "$(readlink "$1/current")")" = "$one" ] || grep -q "\\"$one\\"" "$2/ci4-deploy/releases.jsonl" || echo "$one"
done
true`;

async function everything(site: Site): Promise<readonly string[]> {
  const { stdout } = await site.machine.exec(['sh', '-c', `cd ${site.path} && ${sum}`]);
  return stdout.trim().split('\n');
}

/** A database that is down has the same state before and after. */
function unreachable(): string[] {
  return ['unreachable'];
}

async function services(site: Site): Promise<string[]> {
  const names = [site.machine.fpmService, 'nginx', 'apache2', 'mariadb', 'ssh'];
  const show = ['systemctl', 'show', '--value', '-p', 'ActiveState', '-p', 'NRestarts', ...names];
  const { stdout } = await site.machine.exec(show);
  return stdout.split('\n').filter((line) => line !== '');
}

/** Every table as the server would make it again; the counter of inserted rows is no property of a table. */
async function definitions(site: Site): Promise<string[]> {
  const names = await site.sql(
    `SELECT table_name FROM information_schema.tables WHERE table_schema = '${site.database.name}' ORDER BY 1`,
  );
  // All in one, because each question is a client of its own.
  const made = await site.sql(
    names.map(([name = '']) => `SHOW CREATE TABLE \`${name}\``).join(';'),
  );
  return made.map((line) => line.join('\t').replace(/ AUTO_INCREMENT=\d+/, ''));
}

async function ledger(site: Site): Promise<string[]> {
  const [table] = await site.sql(
    `SELECT table_name FROM information_schema.tables WHERE table_schema = '${site.database.name}' AND table_name LIKE '%migrations'`,
  );
  if (table?.[0] === undefined) return [];
  const rows = await site.sql(`SELECT version, class, batch FROM \`${table[0]}\` ORDER BY id`);
  return rows.map((row) => row.join(' '));
}

async function pages(site: Site): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const page of ['/', '/login/anna', '/plain']) found[page] = (await site.get(page)).status;
  return found;
}

/** A fresh server with the application as it was before the deploy. */
export async function fresh(
  release: Release,
  {
    web = 'nginx',
    flavour = web === 'nginx' ? 'debian12' : 'debian12-apache',
    database,
    strategy,
  }: Pick<Situation, 'flavour' | 'database' | 'web'> & Pick<InstallOptions, 'strategy'> = {},
): Promise<{ machine: Machine; site: Site } & AsyncDisposable> {
  const machine = await boot({ flavour });
  try {
    const site = await install(machine, {
      ...{ release, web },
      ...(database ? { database } : {}),
      ...(strategy ? { strategy } : {}),
    });
    return { machine, site, [Symbol.asyncDispose]: async () => machine.stop() };
  } catch (error) {
    await machine.stop();
    throw error;
  }
}

/** Two snapshots compared are these, without what a situation lets differ. */
export function without(
  state: Snapshot,
  names: readonly (keyof Snapshot)[] = [],
): Partial<Snapshot> {
  const kept = Object.entries(state).filter(([name]) => !names.some((other) => other === name));
  return Object.fromEntries(kept);
}

/** Names of the errors a run found, each once. */
export function errorsOf(result: RunResult): string[] {
  return namesOf(result, (severity) => severity === 'error');
}

/** Its outcome, and the names of its errors. */
export function ended(result: RunResult): readonly unknown[] {
  return [result.outputs['outcome'], errorsOf(result)];
}

/** Names of its warnings and notices, each once. */
export function othersOf(result: RunResult): string[] {
  return namesOf(result, (severity) => severity !== 'error');
}

function namesOf(result: RunResult, wanted: (severity: Severity) => boolean): string[] {
  const findings = JSON.parse(result.outputs['findings'] ?? '[]') as Finding[];
  return [...new Set(findings.filter((one) => wanted(one.severity)).map((one) => one.name))];
}

/** The remedy of a finding that a run made. */
export function remedyOf(result: RunResult, name: string): string {
  const findings = JSON.parse(result.outputs['findings'] ?? '[]') as Finding[];
  return pasted(findings.find((one) => one.name === name));
}

/** The step a run ended at; undefined when it did not begin. */
export function lastStep(result: RunResult): StepName | undefined {
  const report = result.files.get('ci4-deploy-report.json') ?? '{}';
  const { hosts = [] } = JSON.parse(report) as Partial<Report>;
  return hosts[0]?.steps.at(-1)?.name;
}

/** The run in one sentence, with the cause where something is wrong. */
export function lastSentence(result: RunResult): string {
  const report = result.files.get('ci4-deploy-report.json');
  return report === undefined ? '' : sentence(JSON.parse(report) as Report);
}
