import { cut } from './markdown.ts';

/** How soon a part is left out of a page that is too large, the highest first, and its text. */
export type Part = readonly [rank: number, text: string];

/**
 * The parts as one page of at most so many bytes.
 * @param note said once, however much is left out
 */
export function fitted(bytes: number, note: string, all: readonly Part[]): string {
  const parts = all.filter(([, text]) => text !== '');
  const page = `${parts.map(([, text]) => text).join('\n\n')}\n`;
  if (Buffer.byteLength(page) <= bytes) return page;
  const last = Math.max(...parts.map(([rank]) => rank));
  if (last <= 1) return cut(page, bytes);
  const isNoted = parts.some(([, text]) => text === note);
  const noted: readonly Part[] = isNoted ? [] : [[0, note]];
  return fitted(bytes, note, [...parts.filter(([rank]) => rank < last), ...noted]);
}
