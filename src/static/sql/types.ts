import type { Cursor } from './cursor.ts';

// Names of types with several words; the longest first.
const phrases: readonly (readonly [string, string])[] = [
  ['DOUBLE PRECISION', 'double'],
  ['CHARACTER VARYING', 'varchar'],
  ['CHAR VARYING', 'varchar'],
  ['LONG VARCHAR', 'mediumtext'],
  ['LONG VARBINARY', 'mediumblob'],
];

const otherNames: Readonly<Record<string, string>> = {
  integer: 'int',
  int4: 'int',
  int1: 'tinyint',
  int2: 'smallint',
  int3: 'mediumint',
  int8: 'bigint',
  middleint: 'mediumint',
  dec: 'decimal',
  numeric: 'decimal',
  fixed: 'decimal',
  character: 'char',
  real: 'double',
  long: 'mediumtext',
};

const plain = new Set(
  'tinyint smallint mediumint int bigint decimal float double bit date time datetime timestamp year char varchar binary varbinary tinyblob blob mediumblob longblob tinytext text mediumtext longtext enum set json'.split(
    ' ',
  ),
);

/**
 * A column type, with its length and sign, in the form of `Column.type.normal`.
 * @throws NotUnderstood for a type that only some servers know
 */
export function readType(at: Cursor): string {
  const name = typeName(at);
  if (name === 'enum' || name === 'set') return `${name}(${texts(at.parenthesised())})`;
  const length = at.sees('(') ? at.parenthesised() : null;
  const numbers = length?.parts().map((part) => part.known().text) ?? [];
  const words = attributes(at);
  return spelled(name, numbers, words);
}

function typeName(at: Cursor): string {
  const phrase = phrases.find(([words]) => at.takes(words));
  if (phrase !== undefined) return phrase[1];
  const error = at.lost();
  const written = at.name().toLowerCase();
  if (written === 'bool' || written === 'boolean') return 'tinyint(1)';
  const name = otherNames[written] ?? written;
  if (!plain.has(name)) throw error;
  return name;
}

function texts(values: Cursor): string {
  return values
    .parts()
    .map((part) => `'${part.known().text.replaceAll("'", "''")}'`)
    .join(',');
}

interface Attributes {
  readonly unsigned: boolean;
  readonly zerofill: boolean;
  readonly binary: boolean;
}

function attributes(at: Cursor): Attributes {
  const found = { unsigned: false, zerofill: false, binary: false };
  for (;;) {
    if (at.takes('UNSIGNED')) found.unsigned = true;
    else if (at.takes('ZEROFILL')) found.zerofill = true;
    else if (at.takes('CHARACTER SET', 'CHARSET', 'CHAR SET')) {
      found.binary ||= at.next().text.toLowerCase() === 'binary';
    } else if (at.takes('COLLATE')) at.next();
    else if (!at.takes('SIGNED', 'BINARY')) return found;
  }
}

/** Text in the character set `binary` is bytes. */
const asBytes: Readonly<Record<string, string>> = {
  char: 'binary',
  varchar: 'varbinary',
  tinytext: 'tinyblob',
  text: 'blob',
  mediumtext: 'mediumblob',
  longtext: 'longblob',
};

function spelled(written: string, numbers: readonly string[], words: Attributes): string {
  const name = words.binary ? (asBytes[written] ?? written) : written;
  const [first = ''] = numbers;
  const end = `${words.unsigned || words.zerofill ? ' unsigned' : ''}${words.zerofill ? ' zerofill' : ''}`;
  if (/^(blob|text)$/.test(name) && first !== '') return bigEnough(name, Number(first));
  return `${name}${length(name, numbers, words)}${end}`;
}

type Length = (first: string, second: string | undefined, words: Attributes) => string;

const lengths: readonly (readonly [RegExp, Length])[] = [
  [/^decimal$/, (first, second = '0') => `(${first || '10'},${second})`],
  [/^(char|binary|bit)$/, (first) => `(${first || '1'})`],
  [/^(varchar|varbinary)$/, (first) => `(${first})`],
  [/^(timestamp|datetime|time)$/, (first) => (/^[1-6]$/.test(first) ? `(${first})` : '')],
  // Widths of integers are not kept, but for the two that mean something.
  [/^tinyint$/, (first) => (first === '1' ? '(1)' : '')],
  [/int$/, (first, _, { zerofill }) => (zerofill && first !== '' ? `(${first})` : '')],
  [/^(float|double)$/, (first, second) => (second === undefined ? '' : `(${first},${second})`)],
];

function length(name: string, [first = '', second]: readonly string[], words: Attributes): string {
  const found = lengths.find(([pattern]) => pattern.test(name));
  return found === undefined ? '' : found[1](first, second, words);
}

/** `BLOB(n)` is the smallest type that holds n bytes. */
function bigEnough(name: string, bytes: number): string {
  const sizes: readonly (readonly [number, string])[] = [
    [255, 'tiny'],
    [65_535, ''],
    [16_777_215, 'medium'],
  ];
  return `${sizes.find(([most]) => bytes <= most)?.[1] ?? 'long'}${name}`;
}
