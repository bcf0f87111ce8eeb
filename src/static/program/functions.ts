import {
  composed,
  hole,
  list,
  partOf,
  same,
  scalar,
  textOf,
  unknown,
  type List,
  type Value,
} from './value.ts';

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
  strlen: ([one]) => sized(textOf(one)),
  strpos: position((text) => text),
  stripos: position((text) => text.toLowerCase()),
  str_contains: compared((text, part) => text.includes(part)),
  str_starts_with: compared((text, part) => text.startsWith(part)),
  str_ends_with: compared((text, part) => text.endsWith(part)),
  substr: ([whole, from, length]) => {
    const [text, begin] = [textOf(whole), Number(textOf(from) ?? NaN)];
    const count = length === undefined ? Infinity : Number(textOf(length) ?? NaN);
    if (text === null || !(begin >= 0 && count >= 0) || !isAscii(text)) return null;
    return scalar(text.slice(begin, begin + count));
  },
  is_array: kind(({ kind }) => kind === 'list'),
  is_string: kind((one) => one.kind === 'scalar' && typeof one.value === 'string'),
  is_null: kind((one) => one.kind === 'scalar' && one.value === null),
  in_array: ([needle, all]) => {
    if (needle?.kind !== 'scalar' || all?.kind !== 'list') return null;
    const values = [...all.entries.values()];
    if (values.some((one) => same(one, needle))) return scalar(true);
    // What is alike but not the same is left open.
    return values.some((one) => one.kind === 'unknown' || textOf(one) === textOf(needle))
      ? null
      : scalar(false);
  },
  array_key_exists: ([key, all]) => {
    const name = textOf(key);
    if (name === null || all?.kind !== 'list') return null;
    return scalar([...all.entries.keys()].some((one) => String(one) === name));
  },
  count: ([one]) => (one?.kind === 'list' ? scalar(one.entries.size) : null),
  array_merge: merged,
  array_keys: ([one, ...more]) =>
    one?.kind === 'list' && more.length === 0 ? list([...one.entries.keys()].map(scalar)) : null,
  array_column: ([all, key, ...more]) => {
    const name = textOf(key);
    if (all?.kind !== 'list' || name === null || more.length > 0) return null;
    return list([...all.entries.values()].map((one) => memberOf(one, name)));
  },
  array_values: ([one]) => (one?.kind === 'list' ? list([...one.entries.values()]) : null),
  range: ([from, to, ...more]) => {
    const [first, last] = [Number(textOf(from) ?? NaN), Number(textOf(to) ?? NaN)];
    if (more.length > 0 || !(last >= first && last - first < 1000)) return null;
    return list(Array.from({ length: last - first + 1 }, (_, at) => scalar(first + at)));
  },
};

function memberOf(of: Value, name: string): Value {
  if (of.kind === 'thing') return of.thing.property(name, 1);
  const found = of.kind === 'list' ? of.entries.get(name) : undefined;
  return found ?? unknown(`the element ${name}`, 1);
}

function sized(known: string | null): Value | null {
  return known === null || !isAscii(known) ? null : scalar(known.length);
}

/** PHP counts bytes here. */
function isAscii(known: string): boolean {
  return /^[\x20-\x7e\s]*$/.test(known);
}

function position(fold: (text: string) => string): Pure {
  return ([whole, part, ...more]) => {
    const [text, wanted] = [textOf(whole), textOf(part)];
    if (text === null || wanted === null || more.length > 0 || !isAscii(text)) return null;
    const at = fold(text).indexOf(fold(wanted));
    return scalar(at === -1 ? false : at);
  };
}

function compared(compute: (text: string, part: string) => boolean): Pure {
  return ([whole, part]) => {
    const [text, wanted] = [textOf(whole), textOf(part)];
    return text === null || wanted === null ? null : scalar(compute(text, wanted));
  };
}

function kind(compute: (one: Value) => boolean): Pure {
  return ([one]) => (one === undefined || one.kind === 'unknown' ? null : scalar(compute(one)));
}

function text(compute: (one: string) => string): Pure {
  return ([one, ...more]) => {
    const known = textOf(one);
    return known === null || more.length > 0 ? null : scalar(compute(known));
  };
}

function joined([glue, pieces]: readonly Value[]): Value | null {
  const between = textOf(glue);
  if (between === null || pieces?.kind !== 'list') return null;
  const parts = [...pieces.entries.values()];
  const length = parts.reduce((sum, part) => sum + partOf(part).length + between.length, 0);
  return length > largest ? null : composed(parts, (texts) => texts.join(between));
}

/** Only `%s`, `%d` and `%%`, in order. */
function sprintf([format, ...values]: readonly Value[]): Value | null {
  const pattern = textOf(format);
  if (pattern === null) return null;
  const signs = [...pattern.matchAll(/%(.)/g)]
    .map(([, sign]) => sign)
    .filter((sign) => sign !== '%');
  if (signs.length > values.length || signs.some((sign) => sign !== 's' && sign !== 'd'))
    return null;
  return composed(values, (texts) => {
    let next = 0;
    return pattern.replaceAll(/%(.)/g, (_, sign: string) => {
      if (sign === '%') return '%';
      const value = texts[next++] ?? '';
      return sign === 'd' && value !== hole ? String(Math.trunc(Number(value))) : value;
    });
  });
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
