import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { blank } from '../../../src/plan/journal.ts';
import { migrations } from '../../static/many.ts';
import { Repository } from '../../static/repository.ts';
import { host } from '../host.ts';
import { makeKey } from '../key.ts';
import { run } from '../runner.ts';
import { node24 } from '../runner-step.ts';
import { counting } from './contenders.ts';
import { median, type Known } from './taken.ts';

/** What takes place without a server. */
export interface LocalRow {
  readonly name: string;
  readonly words: string;
  /** Does it `times` times. `used` is null where nothing but the time is known. */
  readonly measure: (times: number) => Promise<readonly LocalTaken[]>;
}

interface LocalTaken {
  readonly seconds: number;
  readonly used: Known | null;
  /** The time of the check was over before it had read all. */
  readonly cutOff?: boolean;
}

const bundle = fileURLToPath(new URL('../../../dist/index.cjs', import.meta.url));

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'ci4-deploy-bench-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Starts Node with these variables and no others. */
function starts(
  name: string,
  words: string,
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
  status: number,
): LocalRow {
  const measure = async (times: number): Promise<readonly LocalTaken[]> =>
    inFolder(async (folder) => {
      const all: LocalTaken[] = [];
      const summary = join(folder, 'summary');
      await writeFile(summary, '');
      for (let left = times; left > 0; left -= 1) {
        const began = performance.now();
        const { code, stderr } = await host([node24(), ...argv], {
          env: { ...env, GITHUB_STEP_SUMMARY: summary, RUNNER_TEMP: folder },
        });
        all.push({ seconds: (performance.now() - began) / 1000, used: null });
        if (code !== status) throw new Error(`${name} ended with ${code}: ${stderr}`);
      }
      return all;
    });
  return { name, words, measure };
}

const closed = JSON.stringify({ 'nicolas@kayart.test:22': { ...blank('a deploy'), closed: true } });

/** From the start of the program until it asks the server for a connection. */
const untilConnected: LocalRow = {
  name: 'connecting',
  words: 'start of the bundle until it connects to the server',
  measure: async (times) => {
    const { privateKey } = await makeKey();
    const all: LocalTaken[] = [];
    for (let left = times; left > 0; left -= 1) all.push(await connects(privateKey));
    return all;
  },
};

async function connects(key: string): Promise<LocalTaken> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const connected = once(server, 'connection').then(() => performance.now());
  server.on('connection', (socket) => socket.destroy());
  const stop = new AbortController();
  const inputs = {
    host: 'nicolas@127.0.0.1',
    port: String(port),
    'ssh-key': key,
    'host-fingerprint': `SHA256:${'A'.repeat(43)}`,
  };
  let began = 0;
  const ended = run({
    inputs,
    context: { sha: 'a'.repeat(40) },
    onStart: () => (began ||= performance.now()),
    cancelAfter: stop.signal,
    andPost: false,
  });
  const seconds = ((await connected) - began) / 1000;
  stop.abort();
  await ended;
  server.close();
  return { seconds, used: null };
}

function checks(count: number): LocalRow {
  return {
    name: `check-${count}`,
    words: `check of ${count.toLocaleString('en')} migrations`,
    measure: async (times) =>
      inFolder(async (folder) => {
        using repository = new Repository();
        repository.git('init', '-q', '-b', 'main');
        repository.commit(migrations(count));
        const all: LocalTaken[] = [];
        for (let left = times; left > 0; left -= 1) {
          const { env, read } = await counting(folder);
          const began = performance.now();
          const { outputs, shown } = await run({
            inputs: { command: 'check' },
            context: { workspace: repository.folder, event_name: 'push' },
            env,
          });
          const seconds = (performance.now() - began) / 1000;
          // The last one makes the session table, so that it is only judged when all were read.
          const cutOff = outputs['findings']?.includes('reading took too long') === true;
          if (outputs['columns'] === '[]' && !cutOff) throw new Error(shown.slice(-30).join('\n'));
          all.push({ seconds, used: await read(), cutOff });
        }
        return all;
      }),
  };
}

/** All of them, in their order. */
export const localRows: readonly LocalRow[] = [
  starts('node', 'Node alone, for comparison', ['-e', '0'], {}, 0),
  starts('start', 'start of the bundle without inputs, until it has said so', [bundle], {}, 1),
  untilConnected,
  starts(
    'post',
    'post with nothing to do, after a deploy',
    [bundle],
    { STATE_phase: 'main', STATE_journals: closed, STATE_outcome: 'deployed' },
    0,
  ),
  checks(1000),
  checks(5000),
];

/** One line: the median, and what the process used at most. */
export function localLine({ name, words }: LocalRow, all: readonly LocalTaken[]): string {
  const milliseconds = median(all.map(({ seconds }) => seconds)) * 1000;
  const used = all.flatMap((one) => (one.used === null ? [] : [one.used]));
  const cpu = `CPU ${median(used.map((one) => one.cpu)).toFixed(2)} s`;
  const memory = `memory ${(median(used.map(({ peak }) => peak)) / 1e6).toFixed(0)} MB`;
  const cut = all.filter(({ cutOff }) => cutOff === true).length;
  const over = cut === 0 ? '' : `; ${cut} of ${all.length} ran out of time before all were read`;
  const more = used.length === 0 ? '' : `   ${cpu}, ${memory}${over}`;
  return `${name.padEnd(12)}${milliseconds.toFixed(0).padStart(7)} ms   ${words}${more}`;
}
