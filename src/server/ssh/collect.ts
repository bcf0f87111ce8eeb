// More than any command of ours prints. What floods us is cut, not kept in memory.
const largest = 64 * 1024 * 1024;

/** What came through one stream of a round. */
export interface Collected {
  readonly text: string;
  /** Which commands, by their place in the round, printed more than is kept: the rest of it is missing. */
  readonly cut: ReadonlySet<number>;
}

/**
 * Keeps what a stream brings, of each command the first 64 MiB. The marks between the commands are kept whatever a
 * command prints, so that the round is read to its end.
 * @param mark the line that ends each command; before the first command it stands once
 */
export function collect(stream: NodeJS.ReadableStream, mark: string): () => Collected {
  const sign = Buffer.from(`\n${mark}`);
  const parts: Buffer[] = [];
  const cut = new Set<number>();
  let size = 0;
  let marks = 0;
  // The end of what came: a mark may come in two pieces.
  let end: Buffer = Buffer.alloc(0);

  const keep = (part: Buffer): void => {
    if (size < largest) parts.push(part.subarray(0, largest - size));
    if (size + part.length > largest) cut.add(marks - 1);
    size += part.length;
  };
  stream.on('data', (part: Buffer) => {
    let rest: Buffer = Buffer.concat([end, part]);
    for (let at = rest.indexOf(sign); at >= 0; at = rest.indexOf(sign)) {
      keep(rest.subarray(0, at));
      parts.push(sign);
      rest = rest.subarray(at + sign.length);
      size = 0;
      marks += 1;
    }
    const certain = Math.max(0, rest.length - sign.length);
    keep(rest.subarray(0, certain));
    end = rest.subarray(certain);
  });
  return () => {
    const text = Buffer.concat([...parts, end]).toString('utf8');
    return { text, cut };
  };
}
