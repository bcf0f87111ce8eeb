import type { Site } from '../plan/site.ts';
import type { Command } from '../server/command.ts';
import { perform } from '../server/round.ts';

/** Bytes of one part: each is a round trip, and the shell there keeps one in memory. */
const part = 3 * 1024 * 1024;

/** A file of this machine. */
export interface Parts {
  /** How long it is. */
  readonly bytes: number;
  /** At most so many bytes from there on; none at its end. */
  read(from: number, most: number): Promise<Uint8Array>;
}

/**
 * Sends a file in parts, and says how far it has come where there are several.
 * @param receive takes the bytes of a part from there on
 * @param what it sends, as the end of a sentence
 * @throws what perform throws
 */
export async function sendInParts(
  { server, log }: Site,
  file: Parts,
  receive: (from: number, bytes: Uint8Array) => Command,
  what: string,
  signal: AbortSignal,
): Promise<void> {
  for (let from = 0; from < file.bytes; from += part) {
    const bytes = await file.read(from, part);
    await perform(server, [receive(from, bytes)], signal);
    const done = Math.round(((from + bytes.length) / file.bytes) * 100);
    if (file.bytes > part) log.say(`${done} % of ${what} is there`);
  }
}
