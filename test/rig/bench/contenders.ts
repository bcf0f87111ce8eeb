import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Site } from '../kayart.ts';
import { run } from '../runner.ts';
import type { SlowLine } from '../slow-line.ts';
import { Deployer } from './deployer.ts';
import type { Row } from './rows.ts';
import { timed, type Known } from './taken.ts';

/** One turn of a row: what is to be deployed where. */
export interface Turn {
  readonly site: Site;
  readonly row: Row;
  /** The newest commit. */
  readonly commit: string;
  readonly line: SlowLine;
  /** For files of the contenders: a key to log in with lies there already. */
  readonly folder: string;
}

/** Somebody who deploys. Each has to end as the row says. */
export interface Contender {
  readonly name: string;
  /** What it is, in a few words. */
  readonly words: string;
  takes(row: Row): boolean;
  deploy(turn: Turn): Promise<Known>;
}

/** The procedure as it stands in the document, typed into one ssh each time, without a look at what came of it. */
export const bare: Contender = {
  name: 'bare',
  words: 'the five commands of the procedure in one ssh',
  takes: () => true,
  async deploy({ site, row, line, folder }) {
    const options = ['StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'LogLevel=ERROR'];
    const to = [
      '-i',
      join(folder, 'key'),
      '-p',
      String(line.port),
      `${site.machine.user}@127.0.0.1`,
    ];
    const ssh = ['ssh', '-n', ...options.flatMap((one) => ['-o', one]), ...to];
    const all: Known[] = [];
    for (const typed of [fiveCommands(site), ...(row.typedAfter?.(site) ?? [])]) {
      const { code, printed, ...used } = await timed([...ssh, typed], join(folder, 'time'));
      if ((code === 0) !== row.bareEnds) throw new Error(`${row.name}: ${code}: ${printed}`);
      all.push({ ...used, trips: null, steps: {} });
    }
    return sum(all);
  },
};

function fiveCommands({ path, machine }: Site): string {
  // Whether the table is shown tells nobody anything: it is typed to look at.
  return `cd ${path} && git pull -q origin main && php spark migrate && { php spark db:table ci_sessions || true; } && php spark cache:clear && sudo systemctl reload ${machine.fpmService}`;
}

function sum(all: readonly Known[]): Known {
  const cpu = all.reduce((total, one) => total + one.cpu, 0);
  return { cpu, peak: Math.max(...all.map(({ peak }) => peak)), trips: null, steps: {} };
}

/** What the action uses is asked of Node itself, as it ends. */
const usage = `const { appendFileSync } = require('node:fs');
process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  appendFileSync(__filename + '.used', (userCPUTime + systemCPUTime) / 1e6 + ' ' + maxRSS * 1024 + '\\n');
});
`;

/** The variable that makes each Node of a run write down what it used, and a function that reads and forgets that. */
export async function counting(
  folder: string,
): Promise<{ readonly env: Record<string, string>; readonly read: () => Promise<Known> }> {
  const file = join(folder, 'usage.cjs');
  await writeFile(file, usage);
  await rm(`${file}.used`, { force: true });
  const read = async (): Promise<Known> => {
    const lines = (await readFile(`${file}.used`, 'utf8')).trim().split('\n');
    const all = lines.map((line) => {
      const [cpu = 0, peak = 0] = line.split(' ').map(Number);
      return { cpu, peak, trips: null, steps: {} };
    });
    return sum(all);
  };
  return { env: { NODE_OPTIONS: `--require=${file}` }, read };
}

/** This action as the runner starts it: main, then post. */
export const action: Contender = {
  name: 'action',
  words: 'this action as the runner starts it, main and post',
  takes: () => true,
  async deploy({ site: { machine, path }, row, commit, line, folder }) {
    const inputs = {
      host: `${machine.user}@127.0.0.1`,
      port: String(line.port),
      'ssh-key': machine.privateKey,
      'host-fingerprint': machine.hostFingerprint,
      path,
      ...row.inputs,
    };
    const { env, read } = await counting(folder);
    const result = await run({ inputs, context: { sha: commit }, env });
    const { outcome } = result.outputs;
    if (outcome !== row.outcome || result.postExitCode !== 0) {
      throw new Error(`${row.name}: ${outcome ?? ''}\n${result.shown.slice(-40).join('\n')}`);
    }
    const { hosts, roundTrips } = JSON.parse(
      result.files.get('ci4-deploy-report.json') ?? '{}',
    ) as {
      readonly hosts: readonly { readonly steps: readonly { name: string; seconds: number }[] }[];
      readonly roundTrips: number;
    };
    const steps = (hosts[0]?.steps ?? []).map(({ name, seconds }) => [name, seconds]);
    return {
      ...(await read()),
      trips: roundTrips,
      steps: Object.fromEntries(steps) as Known['steps'],
    };
  },
};

/** Deployer with its recipe for CodeIgniter 4, which makes a folder for each release. */
export function deployer(program: string): Contender {
  const tool = new Deployer(program);
  return {
    name: 'deployer',
    words: 'Deployer with its codeigniter4 recipe',
    takes: ({ comparable }) => comparable,
    async deploy({ site, line, folder }) {
      const used = await tool.deploy(site, line, folder);
      return { ...used, trips: null, steps: {} };
    },
  };
}
