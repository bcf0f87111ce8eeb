import type { Alteration } from '../sql/change.ts';
import {
  algorithmOf,
  generationOf,
  generations,
  type Algorithm,
  type Circumstances,
  type ServerVersion,
  type Standing,
} from './lock-cost.ts';

/** What an ALTER TABLE costs, in words: on the server that is known, else on all. Null where nothing is copied. */
export function copyWords(
  before: Standing,
  alterations: readonly Alteration[],
  server: ServerVersion | null,
  circumstances: Circumstances,
): string | null {
  if (server !== null) {
    const algorithm = algorithmOf(before, alterations, generationOf(server), circumstances);
    const name = `${server.name} ${server.version}`;
    if (algorithm === 'COPY')
      return `${name} copies the table for it (ALGORITHM=COPY), and every write waits until it is done`;
    return algorithm === 'COPY, online'
      ? `${name} copies the table for it, while writes go on`
      : null;
  }
  const copying = generations.filter(
    (one) => algorithmOf(before, alterations, one, circumstances) === 'COPY',
  );
  if (copying.length === 0) return null;
  const all = copying.length >= generations.length - 1;
  return `${all ? 'every server but MariaDB 11.4 and newer copies' : `${copying.join(', ')} (and releases near them) copy`} the table for it (ALGORITHM=COPY), and every write waits until it is done`;
}

/** What an ALTER TABLE costs on a server, as a comment to stand above it. */
export function costComment(
  before: Standing,
  alterations: readonly Alteration[],
  server: ServerVersion,
): string {
  const algorithm = algorithmOf(before, alterations, generationOf(server));
  const words: Readonly<Record<Algorithm, string>> = {
    INSTANT: 'at once (ALGORITHM=INSTANT)',
    INPLACE: 'in place, writes go on (ALGORITHM=INPLACE)',
    'INPLACE, writes wait': 'in place, writes wait (ALGORITHM=INPLACE, LOCK=SHARED)',
    COPY: 'copies the table, writes wait (ALGORITHM=COPY)',
    'COPY, online': 'copies the table while writes go on',
  };
  return `-- ${server.name} ${server.version}: ${algorithm === null ? 'not measured' : words[algorithm]}`;
}
