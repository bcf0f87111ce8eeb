// More than any command of ours prints. What floods us is cut, not kept in memory.
const largest = 64 * 1024 * 1024;

/** What came through one stream of a round. */
export interface Collected {
  readonly text: string;
  /** Which commands, by their place in the round, printed more than is kept: the rest of it is missing. */
  readonly cut: ReadonlySet<number>;
}

/** What comes through one stream, as it comes. */
export interface Collecting {
  /** Settled when the end of the round came. */
  readonly over: Promise<void>;
  /** What came until now. */
  read(): Collected;
  /** Listens no longer: the stream goes on with the next round. */
  stop(): void;
}

/**
 * Keeps what a stream brings, of each command the first 64 MiB. The marks between the commands are kept whatever a
 * command prints, so that the round is read to its end.
 * @param mark the line that ends each command; before the first command it stands once
 * @param last the line that ends the round; no mark is a part of it
 * @param begun is called at the first mark
 */
export function collect(
  stream: NodeJS.ReadableStream,
  mark: string,
  last: string,
  begun: () => void,
): Collecting {
  const over = Promise.withResolvers<undefined>();
  const kept = new Kept(`\n${mark}`, `\n${last}\n`);
  const hear = (part: Buffer): void => {
    const before = kept.marks;
    const isOver = kept.add(part);
    if (before === 0 && kept.marks > 0) begun();
    if (isOver) over.resolve(undefined);
  };
  stream.on('data', hear);
  return {
    over: over.promise,
    read: () => kept.read(),
    stop: () => {
      stream.removeListener('data', hear);
    },
  };
}

class Kept {
  marks = 0;
  readonly #sign: Buffer;
  readonly #ending: Buffer;
  readonly #parts: Buffer[] = [];
  readonly #cut = new Set<number>();
  /** Of the command that is printing. */
  #size = 0;
  /** The end of what came: a mark, and the line that ends the round, may come in pieces. */
  #end: Buffer = Buffer.alloc(0);

  constructor(sign: string, ending: string) {
    this.#sign = Buffer.from(sign);
    this.#ending = Buffer.from(ending);
  }

  /** @returns whether the round is over */
  add(part: Buffer): boolean {
    let rest: Buffer = Buffer.concat([this.#end, part]);
    const { length } = this.#sign;
    for (let at = rest.indexOf(this.#sign); at >= 0; at = rest.indexOf(this.#sign)) {
      this.#keep(rest.subarray(0, at));
      this.#parts.push(this.#sign);
      rest = rest.subarray(at + length);
      this.#size = 0;
      this.marks += 1;
    }
    const isOver = rest.subarray(-this.#ending.length).equals(this.#ending);
    const certain = Math.max(0, rest.length - this.#ending.length);
    this.#keep(rest.subarray(0, certain));
    this.#end = isOver ? Buffer.alloc(0) : rest.subarray(certain);
    return isOver;
  }

  read(): Collected {
    return { text: Buffer.concat([...this.#parts, this.#end]).toString('utf8'), cut: this.#cut };
  }

  #keep(part: Buffer): void {
    const before = this.#size;
    if (before < largest) this.#parts.push(part.subarray(0, largest - before));
    if (before + part.length > largest) this.#cut.add(this.marks - 1);
    this.#size += part.length;
  }
}
