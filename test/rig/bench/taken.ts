import { readFile } from 'node:fs/promises';
import { cpuSeconds } from '../groups.ts';
import { host } from '../host.ts';
import type { Machine } from '../machine.ts';
import type { SlowLine } from '../slow-line.ts';

/** What the side of the runner used. */
export interface Used {
  /** Seconds of CPU. */
  readonly cpu: number;
  /** Bytes of memory of the largest process, at most. */
  readonly peak: number;
}

/** What one turn took. */
export interface Taken extends Used {
  readonly seconds: number;
  readonly up: number;
  readonly down: number;
  /** Seconds of CPU of everything on the server. */
  readonly serverCpu: number;
  /** As the report of the action counts them; null for the others, who do not count. */
  readonly trips: number | null;
  /** Seconds of each step, by name; empty for the others. */
  readonly steps: Readonly<Record<string, number>>;
}

/** What a contender itself knows of its turn. */
export type Known = Used & Pick<Taken, 'trips' | 'steps'>;

/** Measures one turn over the line. */
export async function taken(
  machine: Machine,
  line: SlowLine,
  turn: () => Promise<Known>,
): Promise<Taken> {
  const [up, down, server] = [line.bytes.up, line.bytes.down, cpuSeconds(machine.name)];
  const began = performance.now();
  const known = await turn();
  return {
    ...known,
    seconds: (performance.now() - began) / 1000,
    up: line.bytes.up - up,
    down: line.bytes.down - down,
    serverCpu: cpuSeconds(machine.name) - server,
  };
}

/**
 * Runs a program and counts what it and its children use.
 * @param file gets what time(1) says, and is overwritten
 * @returns also its exit status and what it printed
 */
export async function timed(
  argv: readonly string[],
  file: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Used & { readonly code: number; readonly printed: string }> {
  const ran = await host(['/usr/bin/time', '-q', '-f', '%U %S %M', '-o', file, ...argv], { env });
  const [user = 0, system = 0, kilobytes = 0] = (await readFile(file, 'utf8'))
    .trim()
    .split(' ')
    .map(Number);
  const printed = ran.stdout + ran.stderr;
  return { cpu: user + system, peak: kilobytes * 1024, code: ran.code, printed };
}

/** The middle one of numbers; of an even count the upper of the two. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** The median of each column for itself. */
export function medians(turns: readonly Taken[]): Taken {
  const of = (column: (one: Taken) => number): number => median(turns.map(column));
  const names = [...new Set(turns.flatMap(({ steps }) => Object.keys(steps)))];
  return {
    seconds: of(({ seconds }) => seconds),
    cpu: of(({ cpu }) => cpu),
    peak: of(({ peak }) => peak),
    up: of(({ up }) => up),
    down: of(({ down }) => down),
    serverCpu: of(({ serverCpu }) => serverCpu),
    trips: turns[0]?.trips === null ? null : of(({ trips }) => trips ?? 0),
    steps: Object.fromEntries(names.map((name) => [name, of(({ steps }) => steps[name] ?? 0)])),
  };
}
