import { writeFileSync } from 'node:fs';

/** What one release made of one way of writing it, on one server. */
export interface Built {
  readonly name: string;
  /** Lines of the table; null when there is none in the end. */
  readonly table: readonly string[] | null;
  /** The runner stopped with an error. */
  readonly failed: boolean;
}

/** A release of CodeIgniter on a server: `4.7.2 on MariaDB 10.11.14`. */
export interface Run {
  readonly release: string;
  readonly server: string;
  readonly built: readonly Built[];
}

/** What the runs made, by the way of writing it: the same result stands once. */
export type Recorded = Readonly<
  Record<
    string,
    readonly {
      readonly on: readonly string[];
      readonly table: readonly string[] | null;
      readonly failed: boolean;
    }[]
  >
>;

/** The runs as plain data that is kept. */
export function recorded(runs: readonly Run[]): Recorded {
  const names = runs[0]?.built.map(({ name }) => name) ?? [];
  return Object.fromEntries(
    names.map((name) => {
      const results = runs.map(({ release, server, built }) => {
        const one = built.find((other) => other.name === name);
        return {
          on: `${release} on ${server}`,
          table: one?.table ?? null,
          failed: one?.failed ?? true,
        };
      });
      const groups = Map.groupBy(results, ({ table, failed }) => JSON.stringify({ table, failed }));
      return [
        name,
        [...groups].map(([result, same]) => ({
          on: same.map(({ on }) => on),
          ...(JSON.parse(result) as { table: readonly string[] | null; failed: boolean }),
        })),
      ];
    }),
  );
}

export const recordFile = new URL('recorded.json', import.meta.url);

/** Keeps what the runs made. */
export function keep(runs: readonly Run[]): void {
  writeFileSync(recordFile, `${JSON.stringify(recorded(runs), null, 1)}\n`);
}
