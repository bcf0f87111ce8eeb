import type { Finding } from '../../src/finding.ts';
import type { Outcome } from '../../src/report/report.ts';
import { install, type InstallOptions, type Site } from '../rig/kayart.ts';
import { boot, type Flavour, type Machine } from '../rig/machine.ts';
import type { Release } from '../rig/releases.ts';
import { run, type RunResult } from '../rig/runner.ts';
import { parseCommand } from '../rig/workflow-commands.ts';

/** One thing that can be so on a server or in a commit, and what the deploy must make of it. */
export interface Situation {
  readonly name: string;
  readonly flavour?: Flavour;
  readonly database?: InstallOptions['database'];
  /** Makes it so. Answers the commit to deploy, the fixture's next one unless told. */
  readonly prepare?: (site: Site) => Promise<string | undefined>;
  readonly inputs?: (site: Site) => Record<string, string>;
  readonly outcome: Outcome;
  /** Names of the findings that are errors. */
  readonly errors: readonly string[];
  /** Text that the last sentence holds, so that a person knows what it was. */
  readonly says?: string | RegExp;
  /** What may differ afterwards although the deploy was taken back; `afterwards` then says why that is right. */
  readonly differs?: readonly (keyof Snapshot)[];
  /** What else must hold afterwards. */
  readonly afterwards?: (site: Site, result: RunResult) => Promise<void>;
}

/** What is compared before and after a deploy that must change nothing. */
export interface Snapshot {
  readonly head: string;
  readonly branch: string;
  readonly status: string;
  readonly tables: readonly string[];
  readonly ledger: readonly string[];
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
    path: site.path,
    'fpm-service': machine.fpmService,
  };
}

/** Runs the built action against the site, as the runner does. */
export async function deploy(
  site: Site,
  options: { inputs?: Record<string, string>; commit?: string } = {},
): Promise<RunResult> {
  return run({
    inputs: { ...inputsFor(site), ...options.inputs },
    context: { sha: options.commit ?? site.commits.next },
  });
}

/** The state of everything a failed deploy must leave alone, asked from outside. */
export async function snapshot(site: Site): Promise<Snapshot> {
  const asUser = async (...argv: string[]): Promise<string> =>
    (await site.machine.exec(argv, { user: site.machine.user })).stdout.trim();
  const git = async (...args: string[]): Promise<string> => asUser('git', '-C', site.path, ...args);
  return {
    head: await git('rev-parse', 'HEAD'),
    branch: await git('symbolic-ref', '--short', 'HEAD'),
    status: await git('status', '--porcelain'),
    tables: await definitions(site),
    ledger: await ledger(site),
    left: await asUser(
      'sh',
      '-c',
      `ls ${site.path}/.git/ci4-deploy 2>/dev/null | grep -v releases.jsonl; true`,
    ),
    pages: await pages(site),
  };
}

/** Every table as the server would make it again; the counter of inserted rows is no property of a table. */
async function definitions(site: Site): Promise<string[]> {
  const names = await site.sql(
    `SELECT table_name FROM information_schema.tables WHERE table_schema = '${site.database.name}' ORDER BY 1`,
  );
  const made: string[] = [];
  for (const [name = ''] of names) {
    const [row] = await site.sql(`SHOW CREATE TABLE \`${name}\``);
    made.push((row?.[1] ?? '').replace(/ AUTO_INCREMENT=\d+/, ''));
  }
  return made;
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
  { flavour = 'debian12', database }: Pick<Situation, 'flavour' | 'database'> = {},
): Promise<{ machine: Machine; site: Site } & AsyncDisposable> {
  const machine = await boot({ flavour });
  try {
    const site = await install(machine, { release, ...(database ? { database } : {}) });
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
  const findings = JSON.parse(result.outputs['findings'] ?? '[]') as Finding[];
  return [...new Set(findings.filter((one) => one.severity === 'error').map((one) => one.name))];
}

/** The line that says it all, the last of main's log; of a red run it is an annotation, which the runner prints. */
export function lastSentence(result: RunResult): string {
  const main = result.log.slice(0, result.log.length - result.postLog.length);
  const printed = main.map((line) => parseCommand(line)?.data.split('\n')[0] ?? line);
  return printed.findLast((line) => line.endsWith(' round trips)')) ?? '';
}
