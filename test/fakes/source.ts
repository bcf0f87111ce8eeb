import { SourceFailed, type Bundle, type Source } from '../../src/steps/push/source.ts';

/** The repository of a workspace in memory: commits by their ids with their parents, and which of them are there. */
export class FakeSource implements Source {
  /** What was asked to be packed: the commit, and what somebody knows. */
  readonly packed: (readonly string[])[] = [];
  /** Bundles that were not disposed yet. */
  open = 0;
  readonly #commits: ReadonlyMap<string, readonly string[]>;
  readonly #bytes: number;

  /** @param bytes how long a bundle of all commits is */
  constructor(commits: Readonly<Record<string, readonly string[]>>, bytes = 100) {
    this.#commits = new Map(Object.entries(commits));
    this.#bytes = bytes;
  }

  async cutOff(commit: string): Promise<readonly string[]> {
    if (!this.#commits.has(commit)) return Promise.reject(new SourceFailed({ kind: 'no commit' }));
    const parents = [...this.#history(commit)].flatMap((one) => this.#commits.get(one) ?? []);
    return Promise.resolve([...new Set(parents)].filter((one) => !this.#commits.has(one)));
  }

  async bundle(commit: string, known: readonly string[]): Promise<Bundle> {
    const there = known.filter((one) => this.#commits.has(one));
    this.packed.push([commit, ...there]);
    const had = new Set(there.flatMap((one) => [...this.#history(one)]));
    const left = [...this.#history(commit)].filter((one) => !had.has(one)).length;
    const content = Buffer.alloc(Math.ceil((this.#bytes * left) / this.#commits.size), 'x');
    this.open += 1;
    return Promise.resolve({
      bytes: content.length,
      read: async (from, most) => Promise.resolve(content.subarray(from, from + most)),
      [Symbol.asyncDispose]: async () => {
        this.open -= 1;
        return Promise.resolve();
      },
    });
  }

  #history(commit: string): ReadonlySet<string> {
    const found = new Set<string>();
    const queue = [commit];
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      if (found.has(next) || !this.#commits.has(next)) continue;
      found.add(next);
      queue.push(...(this.#commits.get(next) ?? []));
    }
    return found;
  }
}
