// Runs the table of situations, each on a fresh server, and prints it: `npm run situations [-- part of a name]`.
// First what can be so before a deploy, then what can happen to one at each of its steps, followed by one more run.
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { base } from '../rig/bases.ts';
import { chosen, reported, type Release } from '../rig/releases.ts';
import { meet, reported as reportedOf, verdict as verdictOf } from './accidents/accident.ts';
import { failuresFor, interruptions, steps } from './accidents/all.ts';
import { meet as meetAtOnce, outcomes } from './at-once/meet.ts';
import { roundOf, words } from './at-once/rounds.ts';
import { mayPaste, measure, verdict, type Measured, type Verdict } from './measure.ts';
import { everPasted, type Pasted } from './pasting.ts';
import { notPasted, withLines } from './not-pasted.ts';
import { lastSentence, type Situation } from './situation.ts';
import { all, situationsFor } from './situations/all.ts';

const { values, positionals } = parseArgs({
  options: {
    'all-releases': { type: 'boolean' },
    'at-once': { type: 'string', default: '2' },
    say: { type: 'boolean' },
    // `2/8`: the second of eight parts of the rows, so that a whole run can be taken in turns.
    part: { type: 'string', default: '1/1' },
    // Only those rows whose remedies are pasted.
    pasted: { type: 'boolean' },
  },
  allowPositionals: true,
});
if (values['all-releases'] === true) process.env['ALL_RELEASES'] = '1';
const wish = positionals.join(' ').toLowerCase();
const [part = 0, parts = 0] = values.part.split('/').map(Number);
// No row at all would be a run without a fault.
if (!(part >= 1 && part <= parts)) throw new Error('--part takes two numbers, as 2/8.');
const count = new Map<Verdict, number>();
let failed = 0;
const happened = new Map<string, number>();

function print(situation: Situation, measured: Measured, how: Verdict): void {
  const signs: Record<Verdict, string> = {
    'as expected': 'ok',
    'other words': 'OTHER WORDS',
    'false green': 'FALSE GREEN',
    'false red': 'FALSE RED',
    'worse than before': 'WORSE THAN BEFORE',
    'bad remedy': 'BAD REMEDY',
  };
  const errors = measured.errors.join(', ');
  console.log(
    `${signs[how].padEnd(3)} ${measured.outcome.padEnd(12)} ${measured.seconds.toFixed(1).padStart(5)} s  ${situation.name}${errors === '' ? '' : `  [${errors}]`}`,
  );
  if (measured.unregistered.length > 0)
    console.log(`      PRINTS LINES, NOT SO ON THE PAGE ${measured.unregistered.join(', ')}`);
  if (how !== 'as expected') {
    console.log(`      expected ${situation.outcome} [${situation.errors.join(', ')}]`);
    for (const [name, value] of Object.entries(measured.before)) {
      const now = measured.after[name as keyof typeof measured.after];
      if (!isDeepStrictEqual(value, now)) console.log(`      ${name}:`, ...difference(value, now));
    }
  }
  if (how !== 'as expected' || values.say === true) console.log(`      ${measured.sentence}`);
  if (measured.pasted !== null) printPasted(measured.pasted);
}

function printPasted(pasted: Pasted): void {
  const { names, noticed, failed, caused, left: same, outcome, errors, runs } = pasted;
  const left = errors.length === 0 ? '' : ` [${errors.join(', ')}]`;
  console.log(`      pasted ${names.join(', ')}: ${outcome}${left} in ${runs} run(s)`);
  for (const one of failed) console.log(`      FAILED LINE ${one}`);
  for (const one of noticed) console.log(`      VISITOR ${one}`);
  if (same.length > 0) console.log(`      FOUND AGAIN ${same.join(', ')}`);
  if (caused.length > 0) console.log(`      CAUSED ${caused.join(', ')}`);
}

/** What a list lost and got; a long one need not be shown for one entry. */
function difference(before: unknown, now: unknown): readonly unknown[] {
  if (!Array.isArray(before) || !Array.isArray(now)) return [before, 'is now', now];
  const without = (one: unknown[], other: unknown[]): unknown[] =>
    one.filter((entry) => !other.includes(entry));
  return [without(before, now), 'is now', without(now, before)];
}

async function accidents(release: Release): Promise<void> {
  const rows = [...interruptions, ...failuresFor(release)].flatMap((accident) =>
    steps.map((step) => ({ accident, step, name: `${accident.name} at ${step.name}` })),
  );
  const wished = rows.filter(({ name }) => name.toLowerCase().includes(wish));
  await atOnce(wished, async ({ accident, step, name }) => {
    const met = await meet(accident, step, release);
    const how = verdictOf(accident, met);
    const sign = how === 'consistent' ? 'ok' : how.toUpperCase();
    happened.set(how, (happened.get(how) ?? 0) + 1);
    console.log(`${sign.padEnd(3)} ${name.padEnd(56)} ${reportedOf(met)}`);
    if (how !== 'consistent') console.log(`      and the next run: ${lastSentence(met.again)}`);
  });
}

/** Whether the rows about a finding are for releases that are not here. */
function needsAnotherRelease(name: string): boolean {
  const about = ({ errors, also = [] }: Situation): boolean => [...errors, ...also].includes(name);
  return all.some(about) && !releases.some((release) => situationsFor(release).some(about));
}

/** Each on a server of its own, some of them side by side; printed as they end. */
async function atOnce<Row extends { readonly name: string }>(
  rows: readonly Row[],
  work: (row: Row) => Promise<void>,
): Promise<void> {
  const left = rows.filter((_, at) => at % parts === part - 1).values();
  const worker = async (): Promise<void> => {
    for (const row of left) {
      await work(row).catch((error: unknown) => {
        failed += 1;
        console.log(`FAILED ${row.name}:`, error);
      });
    }
  };
  await Promise.all(Array.from({ length: Number(values['at-once']) }, worker));
}

/** Two and three runs at once: 50 rounds, always the same ones. */
async function meetings(release: Release): Promise<void> {
  const rounds = Array.from({ length: 50 }, (_, at) => roundOf(at + 1));
  const wished = rounds
    .map((round) => ({ round, name: `at once, ${words(round)}` }))
    .filter(({ name }) => name.toLowerCase().includes(wish));
  await atOnce(wished, async ({ round, name }) => {
    const met = await meetAtOnce(round, release);
    const how = met.wrong.length === 0 ? 'consistent' : 'contradicted';
    happened.set(how, (happened.get(how) ?? 0) + 1);
    console.log(`${how === 'consistent' ? 'ok ' : 'CONTRADICTED'} ${name}: ${outcomes(met)}`);
    for (const one of met.wrong) console.log(`      ${one}`);
  });
}

for (const name of ['debian12', 'debian13', 'mysql9'] as const) await base(name);
const releases = await chosen();
for (const release of releases) {
  const rows = situationsFor(release)
    .filter(({ name }) => name.toLowerCase().includes(wish))
    .filter((row) => values.pasted !== true || mayPaste(row));
  console.log(`\nCodeIgniter ${release.version}: ${rows.length} situations`);
  await atOnce(rows, async (situation) => {
    const measured = await measure(situation, release, situation.afterwards, true);
    const how = verdict(situation, measured);
    count.set(how, (count.get(how) ?? 0) + 1);
    print(situation, measured, how);
  });
  if (values.pasted === true) continue;
  await accidents(release);
  await meetings(release);
}
const of = (how: Verdict): number => count.get(how) ?? 0;
console.log(
  `\n${of('false green')} false green, ${of('false red')} false red, ${of('worse than before')} sites worse than before, ${of('bad remedy')} bad remedies, ${of('other words')} with other words, ${of('as expected')} as expected. ${await reported()}`,
);
for (const [how, number] of happened) console.log(`Happened at a step: ${number} ${how}`);
// Only a whole run can say that something was pasted nowhere.
const nowhere =
  wish === '' && parts === 1 && values.pasted !== true
    ? withLines()
        .filter((name) => !everPasted.has(name) && !(name in notPasted))
        .filter((name) => !needsAnotherRelease(name))
    : [];
if (nowhere.length > 0) console.log(`Pasted nowhere, and no reason: ${nowhere.join(', ')}`);
if (failed > 0) console.log(`${failed} failed`);
const well = ['as expected', 'consistent'];
process.exitCode =
  failed + nowhere.length === 0 &&
  [...count.keys(), ...happened.keys()].every((how) => well.includes(how))
    ? 0
    : 1;
