import type { ColumnDefinition, Alteration } from '../sql/change.ts';

/**
 * How a server changes a table. At once, in place (writes go on, or wait), by copying it (writes wait), or by copying it
 * while writes go on.
 */
export type Algorithm = 'INSTANT' | 'INPLACE' | 'INPLACE, writes wait' | 'COPY' | 'COPY, online';

/** A table as far as its changes cost by it: a live one, or one as migrations leave it. */
export interface Standing {
  readonly engine: string;
  readonly rowFormat: string;
  /** It has a FULLTEXT index; absent where that is not known. */
  readonly fulltext?: boolean;
  readonly columns: readonly StandingColumn[];
  readonly indexes: readonly { readonly parts: readonly { readonly column: string }[] }[];
}

/** A column of it; types as in `schema/table.ts`. */
export interface StandingColumn {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly extra: readonly string[];
  /** Most bytes of a character, where the column has the character set of its table; absent for four, null for unknown. */
  readonly characterBytes?: number | null;
}

/** What a change costs by besides the table. */
export interface Circumstances {
  /** FOREIGN_KEY_CHECKS of the connection. */
  readonly checksKeys: boolean;
  /** Its sql_mode is strict: then a NULL is refused where it may not be. */
  readonly strict: boolean;
}

const usual: Circumstances = { checksKeys: true, strict: true };

/**
 * Servers that behave alike, as measured on MySQL 5.7 to 9.7 and MariaDB 10.1 to 11.8. Foreign keys, places and other engines
 * were not measured on MySQL 5.7 and MariaDB before 10.5: there their manuals count (Online DDL Operations).
 */
export const generations = [
  'MySQL 5.7',
  'MySQL 8.0',
  'MariaDB 10.1',
  'MariaDB 10.3',
  'MariaDB 10.5',
  'MariaDB 11.4',
] as const;
export type Generation = (typeof generations)[number];

/** A server by name and version, as `MariaDB 10.11`. */
export interface ServerVersion {
  readonly name: 'MariaDB' | 'MySQL';
  readonly version: string;
}

// INSTANT is as it is now since 8.0.29 (MySQL manual, Online DDL Operations). Those before do in place what they do not do at
// once, as 5.7 does.
const instantSince = 29;

/** The generation a server belongs to. */
export function generationOf({ name, version }: ServerVersion): Generation {
  const [major = 0, minor = 0, patch = instantSince] = version
    .split('.')
    .map((one) => parseInt(one, 10));
  const number = major * 100 + minor;
  return name === 'MySQL' ? mysqlOf(number, patch) : mariadbOf(number);
}

function mysqlOf(number: number, patch: number): Generation {
  return number < 800 || (number === 800 && patch < instantSince) ? 'MySQL 5.7' : 'MySQL 8.0';
}

function mariadbOf(number: number): Generation {
  if (number < 1003) return 'MariaDB 10.1';
  if (number < 1005) return 'MariaDB 10.3';
  return number < 1104 ? 'MariaDB 10.5' : 'MariaDB 11.4';
}

type Costs = readonly [Algorithm, Algorithm, Algorithm, Algorithm, Algorithm, Algorithm];

const copies: Costs = ['COPY', 'COPY', 'COPY', 'COPY', 'COPY', 'COPY, online'];
const inPlace = everywhere('INPLACE');
const writesWait = everywhere('INPLACE, writes wait');
const atOnce: Costs = ['INPLACE', 'INSTANT', 'INPLACE', 'INSTANT', 'INSTANT', 'INSTANT'];
const grows: Costs = ['INPLACE', 'INPLACE', 'COPY', 'INSTANT', 'INSTANT', 'INSTANT'];
const growsFar: Costs = ['COPY', 'COPY', 'COPY', 'COPY', 'INSTANT', 'INSTANT'];
const dates: Costs = ['INPLACE', 'INPLACE', 'COPY', 'COPY', 'COPY', 'COPY, online'];
const forbidsNull: Costs = ['INPLACE', 'INPLACE', 'COPY', 'COPY', 'INPLACE', 'INPLACE'];
const anywhere: Costs = ['INPLACE', 'INSTANT', 'INPLACE', 'INPLACE', 'INSTANT', 'INSTANT'];
const namesAlone: Costs = ['INPLACE', 'INPLACE', 'INPLACE', 'INSTANT', 'INSTANT', 'INSTANT'];
const moves: Costs = ['INPLACE', 'INPLACE', 'INPLACE', 'INPLACE', 'INSTANT', 'INSTANT'];
const besideFulltext: Costs = [
  ...(['COPY', 'COPY', 'COPY'] as const),
  ...(['INPLACE, writes wait', 'INPLACE, writes wait', 'INPLACE, writes wait'] as const),
];

function ofMysql([old, recent]: Costs): Costs {
  return [old, recent, 'INSTANT', 'INSTANT', 'INSTANT', 'INSTANT'];
}

function everywhere(one: Algorithm): Costs {
  return [one, one, one, one, one, one];
}

const worst: readonly Algorithm[] = [
  ...(['COPY', 'COPY, online'] as const),
  ...(['INPLACE, writes wait', 'INPLACE', 'INSTANT'] as const),
];

/** How one ALTER TABLE is carried out on a server; null where a part of it was not measured. */
export function algorithmOf(
  before: Standing,
  alterations: readonly Alteration[],
  generation: Generation,
  circumstances: Circumstances = usual,
): Algorithm | null {
  const place = generations.indexOf(generation);
  const around = { before, alterations, ...circumstances };
  const all = alterations.map((one) => costsOf(one, around)?.[place] ?? null);
  const found = worst.find((one) => all.includes(one)) ?? null;
  return all.includes(null) && found !== 'COPY' ? null : found;
}

interface Around extends Circumstances {
  readonly before: Standing;
  readonly alterations: readonly Alteration[];
}

type Of<Kind extends Alteration['kind']> = Extract<Alteration, { kind: Kind }>;
type Cost<Kind extends Alteration['kind']> = (alteration: Of<Kind>, around: Around) => Costs | null;

const costs: { readonly [Kind in Alteration['kind']]: Cost<Kind> } = {
  'change column': ({ from, column }, around) =>
    changeCosts(around.before.columns.find(named(from)), column, around),
  // In one statement with the new key it stays in place.
  'drop primary key': (_, { alterations }) =>
    alterations.some((one) => one.kind === 'add key' && one.key.kind === 'primary')
      ? inPlace
      : copies,
  'add key': ({ key }, { checksKeys }) => {
    if (key.kind === 'special') return writesWait;
    if (key.kind !== 'foreign') return inPlace;
    return checksKeys ? copies : namesAlone;
  },
  'drop key': () => inPlace,
  'add column': ({ column }, around) => additionCosts(column, around),
  'drop column': ({ name }, around) => {
    if (!around.before.columns.some(named(name))) return null;
    const inKey = around.before.indexes.some(({ parts }) =>
      parts.some(({ column }) => named(name)({ name: column })),
    );
    return inKey ? rebuilds(around, inPlace) : rebuilds(around, anywhere);
  },
  'rename column': () => atOnce,
  default: () => atOnce,
  option: ({ name }) => optionCosts(name),
  'drop foreign key': () => namesAlone,
  'drop constraint': () => null,
  unread: () => null,
  'key visibility': () => null,
  'rename key': () => namesAlone,
  'rename table': () => atOnce,
};

function costsOf(alteration: Alteration, around: Around): Costs | null {
  const cost = costs[alteration.kind] as Cost<Alteration['kind']>;
  const own = cost(alteration, around);
  if (own === null || /^innodb$/i.test(around.before.engine)) return own;
  if (!/^(myisam|aria)$/i.test(around.before.engine)) return null;
  return ['default', 'rename column', 'rename table'].includes(alteration.kind) ? atOnce : copies;
}

function optionCosts(name: string): Costs | null {
  if (name === 'CONVERT') return copies;
  return ['COMMENT', 'AUTO_INCREMENT'].includes(name) ? namesAlone : null;
}

function named(wanted: string): (one: { readonly name: string }) => boolean {
  return ({ name }) => name.toLowerCase() === wanted.toLowerCase();
}

function additionCosts(
  { place, extra, primary, unique, doubt }: ColumnDefinition,
  around: Around,
): Costs | null {
  if (doubt !== null) return null;
  if (extra.includes('stored generated')) return copies;
  if (extra.includes('auto_increment')) return writesWait;
  if (extra.includes('virtual generated')) return place === null ? atOnce : null;
  if (primary || unique) return inPlace;
  return rebuilds(around, place === null ? atOnce : anywhere);
}

/** Where only metadata would change, the format of the table, or a hidden column of its index, may ask for all rows. */
function rebuilds({ before }: Around, otherwise: Costs): Costs {
  if (before.fulltext === true) return besideFulltext;
  return /^compressed$/i.test(before.rowFormat) ? inPlace : otherwise;
}

function changeCosts(
  from: StandingColumn | undefined,
  to: ColumnDefinition,
  { strict }: Around,
): Costs | null {
  if (from === undefined || from.type === '' || to.doubt !== null) return null;
  if (counts(from) !== counts(to)) return null;
  const nullable = to.nullable ?? true;
  const typed = from.type === to.type ? atOnce : typeCosts(from, to.type);
  const placed = to.place === null ? typed : slower(typed, moves);
  if (from.nullable === nullable) return placed;
  return slower(placed, nullable ? inPlace : nullCosts(to.type, strict));
}

/** Without a strict sql_mode a NULL becomes another value, which takes MySQL a copy. */
function nullCosts(type: string, strict: boolean): Costs {
  const costs = type.startsWith('timestamp') ? dates : forbidsNull;
  return strict ? costs : slower(costs, ofMysql(copies));
}

function slower<One extends Costs | null>(one: One, other: Costs): One {
  if (one === null) return one;
  const at = (algorithm: Algorithm): number => worst.indexOf(algorithm);
  return one.map((each, place) => {
    const also = other[place] ?? each;
    return at(each) < at(also) ? each : also;
  }) as unknown as One;
}

function counts({ extra }: { readonly extra: readonly string[] }): string {
  return extra.filter((one) => /auto_increment|generated/.test(one)).join();
}

function typeCosts(from: StandingColumn, to: string): Costs | null {
  // What JSON is to MariaDB.
  if (from.type === 'longtext' && to === 'json') return null;
  const more = `${from.type.slice(0, -1)},`;
  if (from.type.startsWith('enum(') && to.startsWith(more)) return atOnce;
  const [before, after] = [lengthOf(from.type), lengthOf(to)];
  if (before === null || after === null || after < before) return copies;
  const { characterBytes: bytes = 4 } = from;
  return bytes === null ? null : lengthCosts(before * bytes, after * bytes);
}

/** A text may grow in place as long as its length is still said with as many bytes: up to 255, or more. */
function lengthCosts(before: number, after: number): Costs {
  if (before <= 255 === after <= 255) return grows;
  return before <= 127 ? growsFar : copies;
}

function lengthOf(type: string): number | null {
  const found = /^varchar\((\d+)\)$/.exec(type);
  return found === null ? null : Number(found[1]);
}
