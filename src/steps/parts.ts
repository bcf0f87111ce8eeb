import type { Site } from '../plan/site.ts';
import type { FileInParts } from '../plan/workspace.ts';
import { receivePart } from '../release/received.ts';
import { perform } from '../server/round.ts';

/** Bytes of one part: each is a round trip, and the shell there keeps one in memory. */
const part = 3 * 1024 * 1024;

/**
 * Sends a file in parts, and says how far it has come where there are several.
 * @param to where it lies on the server until it has come whole
 * @param what it sends, as the end of a sentence
 * @throws what perform throws
 */
export async function sendInParts(
  { server, log }: Site,
  file: FileInParts,
  to: string,
  what: string,
  signal: AbortSignal,
): Promise<void> {
  for (let from = 0; from < file.bytes; from += part) {
    const bytes = await file.read(from, part);
    await perform(server, [receivePart(what, to, from, bytes)], signal);
    const done = Math.round(((from + bytes.length) / file.bytes) * 100);
    if (file.bytes > part) log.say(`${done} % of ${what} is there`);
  }
}
