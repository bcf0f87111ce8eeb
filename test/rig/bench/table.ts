import { medians, type Taken } from './taken.ts';

/** All turns of one row over one line, by contender; the first one is what the others are compared with. */
export type Turns = ReadonlyMap<string, readonly Taken[]>;

const widths = [10, 9, 7, 7, 9, 9, 9, 9, 9] as const;
const names = ['', 'seconds', 'ratio', 'trips', 'up', 'down', 'CPU', 'memory', 'server'];

function line(cells: readonly string[]): string {
  const padded = cells.map((cell, at) =>
    at === 0 ? cell.padEnd(widths[at]) : cell.padStart(widths[at] ?? 0),
  );
  return padded.join('');
}

/** The names of the columns, and what they mean. */
export function heading(): string {
  return `${line(names)}
up, down: bytes over the line. CPU, memory: of the side of the runner, the largest process. server: its CPU.`;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(0)} kB`;
}

function seconds(value: number): string {
  return `${value.toFixed(2)} s`;
}

/** The medians of one row over one line: a line for each contender, and the steps of who has some. */
export function table(turns: Turns): string {
  const all = [...turns].map(([name, taken]) => ({ name, middle: medians(taken), taken }));
  const compared = all[0]?.middle.seconds ?? 0;
  return all
    .flatMap(({ name, middle, taken }) => [
      line([
        ...[name, seconds(middle.seconds), (middle.seconds / compared).toFixed(2)],
        middle.trips === null ? '' : String(middle.trips),
        ...[kilobytes(middle.up), kilobytes(middle.down), seconds(middle.cpu)],
        ...[`${(middle.peak / 1e6).toFixed(0)} MB`, seconds(middle.serverCpu)],
      ]),
      ...spread(taken),
      ...steps(middle),
    ])
    .join('\n');
}

function spread(taken: readonly Taken[]): readonly string[] {
  if (taken.length < 2) return [];
  const all = taken.map((one) => one.seconds).toSorted((a, b) => a - b);
  return [`${' '.repeat(10)}from ${seconds(all[0] ?? 0)} to ${seconds(all.at(-1) ?? 0)}`];
}

function steps({ steps: own }: Taken): readonly string[] {
  const shown = Object.entries(own).map(([name, value]) => `${name} ${value.toFixed(2)}`);
  return shown.length === 0 ? [] : [`${' '.repeat(10)}${shown.join(', ')}`];
}
