/** The commits of a round, each on top of the one before it. */
export const commits = ['moves the sessions', 'harmless', 'fails at confirm', 'repaired'] as const;

/** One of several runs that meet on a server. */
export interface Planned {
  /** Which of `commits` it deploys. */
  readonly commit: number;
  readonly command: 'deploy' | 'verify';
  /** Milliseconds after the first run. */
  readonly offset: number;
  readonly lockWait: '0s' | '3m';
  /** Milliseconds after its own beginning at which it is killed with its runner; null for most. */
  readonly killedAfter: number | null;
}

/** What meets, always the same for a seed. */
export interface Round {
  readonly seed: number;
  readonly runs: readonly Planned[];
}

/** Two or three runs at random moments: newer and older commits, broken ones, runs that wait, look on, or are killed. */
export function roundOf(seed: number): Round {
  const random = numbers(seed);
  const one = (most: number): number => Math.floor(random() * most);
  const count = 2 + one(2);
  const kills = one(3) === 0;
  const runs = Array.from({ length: count }, (_, at): Planned => {
    return {
      commit: one(commits.length),
      command: one(6) === 0 ? 'verify' : 'deploy',
      offset: at === 0 ? 0 : one(7000),
      lockWait: one(4) === 0 ? '0s' : '3m',
      killedAfter: kills && at === 0 ? 500 + one(6000) : null,
    };
  });
  return { seed, runs };
}

/** The round as a line of the table. */
export function words({ seed, runs }: Round): string {
  const parts = runs.map(({ commit, command, offset, lockWait, killedAfter }) => {
    const what = command === 'verify' ? 'verify' : `v${commit + 1}`;
    const end = killedAfter === null ? '' : `, killed after ${(killedAfter / 1000).toFixed(1)} s`;
    return `${what} at ${(offset / 1000).toFixed(1)} s${lockWait === '0s' ? ', no wait' : ''}${end}`;
  });
  return `round ${seed}: ${parts.join(' | ')}`;
}

/** Numbers from 0 to 1, the same ones for a seed (mulberry32, public domain). */
function numbers(seed: number): () => number {
  let state = seed * 0x9e3779b1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
