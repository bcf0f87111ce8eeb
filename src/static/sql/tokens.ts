import { hole } from '../program/value.ts';

/** A piece of an SQL statement. */
export interface Token {
  /** A hole is a part that only running tells: `bare` holes may hold anything, those in quotes one name or text. */
  readonly kind: 'word' | 'name' | 'text' | 'number' | 'sign' | 'hole' | 'bare hole';
  /** Words as written, names and texts without their quotes. */
  readonly text: string;
}

/** The reader meets something it does not know: what the statement does cannot be known. */
export class NotUnderstood extends Error {
  override readonly name: string = 'NotUnderstood';
  /** In words for a person. */
  get why(): string {
    return `this SQL is not read here: ${this.message}`;
  }
}

/** The reader meets a part of the statement that only running tells. */
export class MeetsHole extends NotUnderstood {
  override readonly name = 'MeetsHole';
  constructor() {
    super('a part of it that only running tells');
  }
}

// Blanks and comments; those that servers execute (`/*!`) are refused below.
const nothing = /(?:\s+|--(?:[ \t][^\n]*)?(?:\n|$)|#[^\n]*(?:\n|$)|\/\*(?!!|M!)[\s\S]*?\*\/)+/y;
const piece =
  /`((?:[^`]|``)*)`|'((?:[^'\\]|''|\\[\s\S])*)'|"((?:[^"\\]|""|\\[\s\S])*)"|(\d+(?:\.\d+)?(?:[eE][-+]?\d+)?(?![\w$]))|([\p{L}\p{N}_$@\uFFFC]+)|([(),.;=*+\-/<>!%&|^~:?])/uy;

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
    found.push(withHoles(token(match)));
    place = piece.lastIndex;
  }
  return found;
}

function withHoles(token: Token): Token {
  if (!token.text.includes(hole)) return token;
  return { kind: token.kind === 'word' ? 'bare hole' : 'hole', text: token.text };
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
