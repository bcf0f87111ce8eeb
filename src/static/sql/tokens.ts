/** A piece of an SQL statement. */
export interface Token {
  readonly kind: 'word' | 'name' | 'text' | 'number' | 'sign';
  /** Words as written, names and texts without their quotes. */
  readonly text: string;
}

/** The reader meets something it does not know: what the statement does cannot be known. */
export class NotUnderstood extends Error {
  override readonly name = 'NotUnderstood';
}

// Blanks and comments; those that servers execute (`/*!`) are refused below.
const nothing = /(?:\s+|--(?:[ \t][^\n]*)?(?:\n|$)|#[^\n]*(?:\n|$)|\/\*(?!!|M!)[\s\S]*?\*\/)+/y;
const piece =
  /`((?:[^`]|``)*)`|'((?:[^'\\]|''|\\[\s\S])*)'|"((?:[^"\\]|""|\\[\s\S])*)"|(\d+(?:\.\d+)?(?:[eE][-+]?\d+)?(?![\w$]))|([\p{L}\p{N}_$@]+)|([(),.;=*+\-/<>!%&|^~:?])/uy;

/**
 * Cuts SQL as MySQL and MariaDB read it with the sql_mode that CodeIgniter leaves (double quotes are texts).
 * @throws NotUnderstood at a sign that is none, or an executable comment
 */
export function tokens(sql: string): readonly Token[] {
  const found: Token[] = [];
  let place = 0;
  while (place < sql.length) {
    nothing.lastIndex = place;
    if (nothing.test(sql)) {
      place = nothing.lastIndex;
      continue;
    }
    piece.lastIndex = place;
    const match = piece.exec(sql);
    if (match === null) throw new NotUnderstood(`"${sql.slice(place, place + 20)}"`);
    found.push(token(match));
    place = piece.lastIndex;
  }
  return found;
}

function token([, name, single, double, number, word, sign = '']: RegExpExecArray): Token {
  if (name !== undefined) return { kind: 'name', text: name.replaceAll('``', '`') };
  if (single !== undefined) return { kind: 'text', text: plain(single, "'") };
  if (double !== undefined) return { kind: 'text', text: plain(double, '"') };
  if (number !== undefined) return { kind: 'number', text: number };
  if (word !== undefined) return { kind: 'word', text: word };
  return { kind: 'sign', text: sign };
}

const escapes: Readonly<Record<string, string>> = {
  '0': '\0',
  b: '\b',
  n: '\n',
  r: '\r',
  t: '\t',
  Z: '\x1a',
};

function plain(inside: string, quote: string): string {
  return inside
    .replaceAll(quote + quote, quote)
    .replaceAll(/\\([\s\S])/g, (_, sign: string) => escapes[sign] ?? sign);
}
