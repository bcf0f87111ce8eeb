// `npm run bench:speed`: an ordinary deploy by the typed commands and by ci4-deploy, on one server, in turns, over a fast and a slow line.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { install, type Site } from './kayart.ts';
import { boot } from './machine.ts';
import { newest } from './releases.ts';
import { run } from './runner.ts';
import { slowLine, type SlowLine } from './slow-line.ts';

const execute = promisify(execFile);

/** What somebody types, in one ssh: the procedure without a look at what came of it. */
function typed({ path, machine }: Site): string {
  return `cd ${path} && git pull -q && php spark migrate && php spark cache:clear && sudo systemctl reload ${machine.fpmService}`;
}

let number = 0;

/** A commit that changes one controller and has nothing to migrate. */
async function ordinary(site: Site): Promise<string> {
  number += 1;
  return site.push({ 'app/Controllers/News.php': `<?php // news ${number}\n` }, 'News');
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

async function byHand(site: Site, line: SlowLine, key: string): Promise<number> {
  await ordinary(site);
  const options = ['StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'LogLevel=ERROR'];
  const argv = ['-i', key, '-p', String(line.port), ...options.flatMap((one) => ['-o', one])];
  return seconds(async () =>
    execute('ssh', [...argv, `${site.machine.user}@127.0.0.1`, typed(site)]),
  );
}

async function byUs(site: Site, line: SlowLine): Promise<{ took: number; trips: number }> {
  const sha = await ordinary(site);
  const { machine, path } = site;
  const inputs = {
    host: `${machine.user}@127.0.0.1`,
    port: String(line.port),
    'ssh-key': machine.privateKey,
    'host-fingerprint': machine.hostFingerprint,
    path,
  };
  let trips = 0;
  const took = await seconds(async () => {
    const result = await run({ inputs, context: { sha } });
    if (result.outputs['outcome'] !== 'deployed') throw new Error(result.log.slice(-5).join('\n'));
    trips = Number(/(\d+) round trips/.exec(result.log.join('\n'))?.[1] ?? 0);
  });
  return { took, trips };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

const { values } = parseArgs({ options: { times: { type: 'string', default: '5' } } });
const release = await newest();
const machine = await boot({ flavour: 'debian12' });
const folder = await mkdtemp(join(tmpdir(), 'bench-speed-'));
try {
  const site = await install(machine, { release });
  const key = join(folder, 'key');
  await writeFile(key, machine.privateKey, { mode: 0o600 });
  console.log(
    `CodeIgniter ${release.version}: an ordinary deploy, medians of ${values.times} each\n`,
  );
  console.log('round trip of the line   typed   ci4-deploy   times as long   round trips');
  for (const delay of [0, 25]) {
    await using line = await slowLine(machine.address, 22, delay);
    // The first one of each fills caches.
    await byHand(site, line, key);
    await byUs(site, line);
    const hand: number[] = [];
    const ours: number[] = [];
    let trips = 0;
    for (let left = Number(values.times); left > 0; left -= 1) {
      hand.push(await byHand(site, line, key));
      const measured = await byUs(site, line);
      ours.push(measured.took);
      trips = measured.trips;
    }
    const [a, b] = [median(hand), median(ours)];
    console.log(
      `${`${2 * delay} ms`.padEnd(22)} ${a.toFixed(2).padStart(5)} s ${b.toFixed(2).padStart(10)} s ${(b / a).toFixed(1).padStart(15)} ${String(trips).padStart(13)}`,
    );
  }
} finally {
  await machine.stop();
  await rm(folder, { recursive: true });
}
