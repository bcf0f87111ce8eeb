// `npm run bench`: the typed commands, ci4-deploy and Deployer on one server, in turns, over lines of several lengths.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { action, bare, deployer, type Contender } from './bench/contenders.ts';
import { composedDeployer } from './bench/deployer.ts';
import { localLine, localRows } from './bench/local.ts';
import { rows, type Row } from './bench/rows.ts';
import { follow, keep } from './bench/state.ts';
import { heading, table } from './bench/table.ts';
import { taken, type Taken } from './bench/taken.ts';
import { install, type Site } from './kayart.ts';
import { boot } from './machine.ts';
import { newest, type Release } from './releases.ts';
import { slowLine } from './slow-line.ts';

const every = [...rows, ...localRows].map(({ name }) => name);
const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '9' },
    /** Names with commas. */
    rows: { type: 'string', default: every.join(',') },
    /** Milliseconds of a round trip, with commas. */
    delays: { type: 'string', default: '0,50,100' },
    /** Where Composer gives none: the program `dep`. */
    deployer: { type: 'string' },
    /** A file for all turns. */
    json: { type: 'string' },
  },
});
const times = Number(values.times);
const wanted = values.rows.split(',');
const delays = values.delays.split(',').map(Number);
const unknown = wanted.filter((name) => !every.includes(name));
if (unknown.length > 0 || !(times > 0) || delays.some((one) => !(one >= 0))) {
  throw new Error(`--rows takes ${every.join(', ')}; --times and --delays take numbers.`);
}
const kept: object[] = [];

async function oneTurn(
  site: Site,
  contender: Contender,
  row: Row,
  delay: number,
  folder: string,
): Promise<Taken> {
  const commit = await row.before(site);
  await using line = await slowLine(site.machine.address, 22, delay / 2);
  const turn = { site, row, commit, line, folder };
  const measured = await taken(site.machine, line, async () => contender.deploy(turn));
  if (contender.name === 'deployer') await follow(site);
  const isLive = row.outcome === 'deployed' || row.outcome === 'already-live';
  if (isLive && (await site.head()) !== commit)
    throw new Error(`${row.name}: ${contender.name} did not deploy`);
  return measured;
}

async function measure(
  site: Site,
  all: readonly Contender[],
  row: Row,
  folder: string,
): Promise<void> {
  const contenders = all.filter((one) => one.takes(row));
  console.log(`\n${row.name}: ${row.words}`);
  await row.begin(site);
  if (row.fresh !== true) {
    // The first turn of each fills caches.
    for (const contender of contenders) await oneTurn(site, contender, row, 0, folder);
  }
  for (const delay of delays) {
    const turns = new Map<string, Taken[]>(contenders.map(({ name }) => [name, []]));
    for (let left = times; left > 0; left -= 1) {
      for (const contender of contenders) {
        turns.get(contender.name)?.push(await oneTurn(site, contender, row, delay, folder));
      }
    }
    console.log(`round trip of ${delay} ms\n${table(turns)}`);
    kept.push({ row: row.name, delay, turns: Object.fromEntries(turns) });
  }
}

async function contestants(): Promise<readonly Contender[]> {
  const program = values.deployer ?? (await composedDeployer());
  if (program === null) {
    console.log('Composer gives no deployer/deployer here: the rows go without it.');
    return [bare, action];
  }
  return [bare, action, deployer(program)];
}

async function onServer(release: Release, chosen: readonly Row[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'ci4-deploy-bench-'));
  await using machine = await boot({ flavour: 'debian12' });
  try {
    const site = await install(machine, { release });
    await keep(site);
    await writeFile(join(folder, 'key'), machine.privateKey, { mode: 0o600 });
    const all = await contestants();
    for (const { name, words } of all) console.log(`${name.padEnd(10)}${words}`);
    console.log(`\n${heading()}`);
    for (const row of chosen) await measure(site, all, row, folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const release = await newest();
const [first] = cpus();
console.log(
  `CodeIgniter ${release.version} on Debian 12; ${cpus().length} cores (${first?.model ?? ''}); medians of ${times}.`,
);
const chosen = rows.filter(({ name }) => wanted.includes(name));
if (chosen.length > 0) await onServer(release, chosen);
console.log('');
for (const row of localRows.filter(({ name }) => wanted.includes(name))) {
  const all = await row.measure(times);
  console.log(localLine(row, all));
  kept.push({ row: row.name, turns: all });
}
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(kept, null, 1)}\n`);
