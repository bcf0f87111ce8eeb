import { list, scalar, textOf, type List, type Value } from './value.ts';

/** A function of PHP that only computes; null when it cannot be known from these arguments. */
type Pure = (given: readonly Value[]) => Value | null;

// Far more than any migration needs, and far less than memory.
const largest = 10_000_000;

/** The pure functions that migrations are seen to use. */
export const pureFunctions: Readonly<Record<string, Pure>> = {
  strtolower: text((one) => one.toLowerCase()),
  strtoupper: text((one) => one.toUpperCase()),
  ucfirst: text((one) => one.slice(0, 1).toUpperCase() + one.slice(1)),
  trim: text((one) => one.trim()),
  rtrim: text((one) => one.trimEnd()),
  ltrim: text((one) => one.trimStart()),
  implode: joined,
  join: joined,
  sprintf,
  str_replace: ([from, to, inside]) => {
    const [search, replacement, subject] = [textOf(from), textOf(to), textOf(inside)];
    if (search === null || replacement === null || subject === null) return null;
    if (subject.length * replacement.length > largest) return null;
    return scalar(search === '' ? subject : subject.replaceAll(search, () => replacement));
  },
  count: ([one]) => (one?.kind === 'list' ? scalar(one.entries.size) : null),
  array_merge: merged,
  array_keys: ([one, ...more]) =>
    one?.kind === 'list' && more.length === 0 ? list([...one.entries.keys()].map(scalar)) : null,
  array_values: ([one]) => (one?.kind === 'list' ? list([...one.entries.values()]) : null),
  range: ([from, to, ...more]) => {
    const [first, last] = [Number(textOf(from) ?? NaN), Number(textOf(to) ?? NaN)];
    if (more.length > 0 || !(last >= first && last - first < 1000)) return null;
    return list(Array.from({ length: last - first + 1 }, (_, at) => scalar(first + at)));
  },
};

function text(compute: (one: string) => string): Pure {
  return ([one, ...more]) => {
    const known = textOf(one);
    return known === null || more.length > 0 ? null : scalar(compute(known));
  };
}

function joined([glue, pieces]: readonly Value[]): Value | null {
  const between = textOf(glue);
  if (between === null || pieces?.kind !== 'list') return null;
  const parts = [...pieces.entries.values()].map(textOf);
  const length = parts.reduce((sum, part) => sum + (part?.length ?? 0) + between.length, 0);
  return parts.includes(null) || length > largest ? null : scalar(parts.join(between));
}

/** Only `%s`, `%d` and `%%`, in order. */
function sprintf([format, ...values]: readonly Value[]): Value | null {
  const pattern = textOf(format);
  const texts = values.map(textOf);
  if (pattern === null || texts.includes(null)) return null;
  const signs = [...pattern.matchAll(/%(.)/g)]
    .map(([, sign]) => sign)
    .filter((sign) => sign !== '%');
  if (signs.length > texts.length || signs.some((sign) => sign !== 's' && sign !== 'd'))
    return null;
  let next = 0;
  const reported = pattern.replaceAll(/%(.)/g, (_, sign: string) => {
    if (sign === '%') return '%';
    const value = texts[next++] ?? '';
    return sign === 'd' ? String(Math.trunc(Number(value))) : value;
  });
  return scalar(reported);
}

function merged(given: readonly Value[]): Value | null {
  const lists = given.filter((one): one is List => one.kind === 'list');
  if (lists.length !== given.length) return null;
  const entries = new Map<string | number, Value>();
  let next = 0;
  for (const { entries: these } of lists) {
    for (const [key, value] of these) entries.set(typeof key === 'number' ? next++ : key, value);
  }
  return { kind: 'list', entries };
}
