/** A value of PHP as far as it is known without running anything. */
export type Value = Scalar | List | Raw | Thing | Unknown;

export interface Scalar {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** Where a text was written down, its first line. */
  readonly line?: number;
}

/** An array of PHP, in its order. */
export interface List {
  readonly kind: 'list';
  readonly entries: ReadonlyMap<string | number, Value>;
  /** Lines of the entries that were written one by one. */
  readonly lines?: ReadonlyMap<string | number, number>;
}

/** `new RawSql('...')`. */
export interface Raw {
  readonly kind: 'raw';
  readonly sql: string;
}

/** An object whose methods are known here. */
export interface Thing {
  readonly kind: 'thing';
  readonly thing: PhpObject;
}

/** Only running the program would tell. */
export interface Unknown {
  readonly kind: 'unknown';
  readonly why: string;
  readonly line: number;
  /** What is known of its text, with a {@link hole} for each part that is not. */
  readonly text?: string;
}

/** Stands in a text for a part that is not known (U+FFFC, which no program has in its SQL). */
export const hole = '\u{FFFC}';

/** Where a call stands, and why it may not happen at all; null when it surely does. */
export interface At {
  readonly line: number;
  readonly doubt: Unknown | null;
}

/** Arguments of a call: by position, and those that are named. */
export interface Arguments {
  readonly positional: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
}

/** An object that a migration talks to. */
export interface PhpObject {
  call(method: string, given: Arguments, at: At): Value;
  property(name: string, line: number): Value;
}

/** A value that is known. */
export function scalar(value: Scalar['value']): Scalar {
  return { kind: 'scalar', value };
}

/** A value that is not known: why, and since which line. */
export function unknown(why: string, line: number): Unknown {
  return { kind: 'unknown', why, line };
}

/** An array with the keys 0, 1, 2, ... */
export function list(values: readonly Value[]): List {
  return { kind: 'list', entries: new Map(values.map((value, at) => [at, value])) };
}

/** The argument of that name or place; undefined when it was left out. */
export function argument(
  { positional, named }: Arguments,
  place: number,
  name: string,
): Value | undefined {
  return positional[place] ?? named.get(name);
}

/** Text of a value as PHP would convert it; null for what has none or is not known. */
export function textOf(value: Value | undefined): string | null {
  if (value?.kind === 'raw') return value.sql;
  if (value?.kind !== 'scalar') return null;
  if (value.value === null || value.value === false) return '';
  return value.value === true ? '1' : String(value.value);
}

/** Text of a value as far as it is known. */
export function partOf(value: Value): string {
  return textOf(value) ?? (value.kind === 'unknown' ? (value.text ?? hole) : hole);
}

/** A text that is put together of values: known, or unknown for the first that is; null where one has no text. */
export function composed(
  values: readonly Value[],
  compose: (texts: readonly string[]) => string,
): Value | null {
  const lost = values.find((one) => textOf(one) === null);
  if (lost === undefined) return scalar(compose(values.map((one) => textOf(one) ?? '')));
  if (lost.kind !== 'unknown') return null;
  const text = compose(values.map(partOf));
  const { why, line } = lost;
  return text.length > longestPart
    ? { kind: 'unknown', why, line }
    : { kind: 'unknown', why, line, text };
}

const longestPart = 100_000;

/** Whether PHP takes it for true; null when it is not known. */
export function truth(value: Value): boolean | null {
  if (value.kind === 'unknown') return null;
  if (value.kind === 'list') return value.entries.size > 0;
  if (value.kind !== 'scalar') return true;
  return value.value !== '0' && Boolean(value.value);
}

/** The first value inside that is not known, however deep. */
export function firstUnknown(value: Value): Unknown | null {
  if (value.kind === 'unknown') return value;
  if (value.kind !== 'list') return null;
  for (const inside of value.entries.values()) {
    const found = firstUnknown(inside);
    if (found !== null) return found;
  }
  return null;
}

/** Whether two known values are the same to PHP's `===`. */
export function same(one: Value, other: Value): boolean {
  if (one.kind === 'list' && other.kind === 'list') return sameEntries(one, other);
  const [mine, theirs] = [identity(one), identity(other)];
  return one.kind === other.kind && mine === theirs;
}

function identity(value: Value): unknown {
  if (value.kind === 'scalar') return value.value;
  if (value.kind === 'raw') return value.sql;
  return value.kind === 'thing' ? value.thing : value;
}

function sameEntries(one: List, other: List): boolean {
  const [mine, theirs] = [[...one.entries], [...other.entries]];
  return (
    mine.length === theirs.length &&
    mine.every(([key, value], at) => {
      const there = theirs[at];
      return there?.[0] === key && same(value, there[1]);
    })
  );
}
