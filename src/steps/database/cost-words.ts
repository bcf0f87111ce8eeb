import { counted } from '../../count.ts';
import type { Bulk } from '../../schema/database.ts';
import type { Algorithm } from '../../static/judge/lock-cost.ts';
import type { Alteration, KeyDefinition } from '../../static/sql/change.ts';
import type { Touch } from '../../static/sql/touches.ts';

const many = new Intl.NumberFormat('en');

/** `about 1,200,000 rows, 300 MB` */
export function sizeWords({ rows, bytes }: Bulk): string {
  const noun = rows === 1 ? 'row' : 'rows';
  return `about ${many.format(rows)} ${noun}, ${bytesWords(bytes)}`;
}

function bytesWords(bytes: number): string {
  const [kilo, mega, giga] = [1024, 1024 ** 2, 1024 ** 3];
  if (bytes < mega) return `${Math.ceil(bytes / kilo)} KB`;
  return bytes < giga ? `${Math.round(bytes / mega)} MB` : `${(bytes / giga).toFixed(1)} GB`;
}

/** What a statement does to a table and how the server does it, as sentences. */
export function touchWords(
  { does, alterations }: Touch,
  algorithm: Algorithm | null,
  server: string,
): string {
  if (does === 'drops') return 'drops the table with all its rows.';
  if (does === 'empties') return 'deletes all its rows.';
  if (does === 'writes')
    return 'changes or deletes rows. How many, and how long they are locked, only running tells.';
  const what = alterations === null ? 'a change that is not understood here' : partsOf(alterations);
  return `${what}. ${algorithm === null ? `What that costs on ${server} is not known.` : `${server} ${ways[algorithm]}`}`;
}

const ways: Readonly<Record<Algorithm, string>> = {
  INSTANT: 'does it at once, whatever the size.',
  INPLACE: 'does it in place. Visitors read and write meanwhile.',
  'INPLACE, writes wait': 'does it in place. Writes to the table wait meanwhile.',
  COPY: 'copies the whole table. Writes to it wait meanwhile.',
  'COPY, online': 'copies the whole table. Visitors read and write meanwhile.',
};

/** More parts of one statement than these are counted alone. */
const most = 3;

function partsOf(alterations: readonly Alteration[]): string {
  const all = alterations.map(partOf);
  const rest = all.length - most;
  if (rest <= 0) return all.join(', ');
  return `${all.slice(0, most).join(', ')} and ${counted(rest, 'more change')}`;
}

type Words = {
  readonly [Kind in Alteration['kind']]: (one: Extract<Alteration, { kind: Kind }>) => string;
};

const words: Words = {
  'add column': ({ column }) => `adds the column ${column.name}`,
  'change column': ({ from, column }) =>
    from.toLowerCase() === column.name.toLowerCase()
      ? `changes the column ${from}`
      : `changes the column ${from} and calls it ${column.name}`,
  'drop column': ({ name }) => `drops the column ${name}`,
  'rename column': ({ from, to }) => `renames the column ${from} to ${to}`,
  default: ({ column }) => `changes the default of the column ${column}`,
  'add key': ({ key }) => keyWords(key),
  'drop key': ({ name }) => `drops the index ${name}`,
  'drop primary key': () => 'drops the primary key',
  'rename key': ({ from, to }) => `renames the index ${from} to ${to}`,
  'key visibility': ({ name }) => `shows or hides the index ${name}`,
  option: ({ name, value }) =>
    name === 'CONVERT' ? `converts all text to ${value}` : `sets ${name}`,
  'drop foreign key': ({ name }) => `drops the foreign key ${name ?? ''}`.trim(),
  'drop constraint': ({ name }) => `drops the constraint ${name}`,
  unread: () => 'makes a change that is not understood here',
  'rename table': ({ to }) => `renames the table to ${to}`,
};

function partOf(one: Alteration): string {
  const how = words[one.kind] as (alteration: Alteration) => string;
  return how(one);
}

function keyWords({ kind, name }: KeyDefinition): string {
  if (kind === 'primary') return 'adds a primary key';
  const noun = { unique: 'unique index', plain: 'index', special: 'index', foreign: 'foreign key' };
  return `adds the ${noun[kind]} ${name ?? ''}`.trim();
}
