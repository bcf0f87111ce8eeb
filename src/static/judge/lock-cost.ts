import type { ColumnDefinition, Alteration } from '../sql/change.ts';
import { columnOf, type ModelColumn, type ModelTable } from '../catalog/model.ts';

/**
 * How a server changes a table. At once, in place (writes go on), by copying it (writes wait), or by copying it while
 * writes go on.
 */
export type Algorithm = 'INSTANT' | 'INPLACE' | 'COPY' | 'COPY, online';

/** Servers that behave alike, as measured on MySQL 5.7 to 9.7 and MariaDB 10.1 to 11.8. */
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

/** The generation a server belongs to. */
export function generationOf({ name, version }: ServerVersion): Generation {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const number = major * 100 + minor;
  if (name === 'MySQL') return number < 800 ? 'MySQL 5.7' : 'MySQL 8.0';
  if (number < 1003) return 'MariaDB 10.1';
  if (number < 1005) return 'MariaDB 10.3';
  return number < 1104 ? 'MariaDB 10.5' : 'MariaDB 11.4';
}

type Costs = readonly [Algorithm, Algorithm, Algorithm, Algorithm, Algorithm, Algorithm];

const copies: Costs = ['COPY', 'COPY', 'COPY', 'COPY', 'COPY', 'COPY, online'];
const inPlace: Costs = ['INPLACE', 'INPLACE', 'INPLACE', 'INPLACE', 'INPLACE', 'INPLACE'];
const atOnce: Costs = ['INPLACE', 'INSTANT', 'INPLACE', 'INSTANT', 'INSTANT', 'INSTANT'];
const grows: Costs = ['INPLACE', 'INPLACE', 'COPY', 'INSTANT', 'INSTANT', 'INSTANT'];
const forbidsNull: Costs = ['INPLACE', 'INPLACE', 'COPY', 'COPY', 'COPY', 'COPY, online'];

/** How one ALTER TABLE is carried out on a server; null where nothing in it was measured. */
export function algorithmOf(
  before: ModelTable,
  alterations: readonly Alteration[],
  generation: Generation,
): Algorithm | null {
  const place = generations.indexOf(generation);
  const all = alterations.flatMap((one) => costsOf(one, before, alterations)?.[place] ?? []);
  const order: readonly Algorithm[] = ['COPY', 'COPY, online', 'INPLACE', 'INSTANT'];
  return order.find((one) => all.includes(one)) ?? null;
}

type Of<Kind extends Alteration['kind']> = Extract<Alteration, { kind: Kind }>;
type Cost<Kind extends Alteration['kind']> = (
  alteration: Of<Kind>,
  before: ModelTable,
  all: readonly Alteration[],
) => Costs | null;

const costs: { readonly [Kind in Alteration['kind']]: Cost<Kind> } = {
  'change column': ({ from, column }, before) => changeCosts(columnOf(before, from), column),
  // In one statement with the new key it stays in place.
  'drop primary key': (_, __, all) =>
    all.some((one) => one.kind === 'add key' && one.key.kind === 'primary') ? inPlace : copies,
  'add key': () => inPlace,
  'drop key': () => inPlace,
  'add column': ({ column }) => (column.place === null ? atOnce : null),
  'drop column': () => ['INPLACE', 'INSTANT', 'INPLACE', 'INPLACE', 'INSTANT', 'INSTANT'],
  'rename column': () => atOnce,
  default: () => atOnce,
  option: ({ name }) => (name === 'CONVERT' ? copies : null),
  'drop foreign key': () => null,
  'drop constraint': () => null,
  unread: () => null,
  'key visibility': () => null,
  'rename key': () => null,
  'rename table': () => null,
};

function costsOf(
  alteration: Alteration,
  before: ModelTable,
  all: readonly Alteration[],
): Costs | null {
  const cost = costs[alteration.kind] as Cost<Alteration['kind']>;
  return cost(alteration, before, all);
}

function changeCosts(from: ModelColumn | undefined, to: ColumnDefinition): Costs | null {
  if (from === undefined) return null;
  if (from.type !== to.type) return lengthCosts(from.type, to.type);
  const nullable = to.nullable ?? true;
  if (from.nullable && !nullable) return forbidsNull;
  return from.nullable === nullable ? atOnce : null;
}

/** A text may grow in place as long as its length is still said with as many bytes (up to 255 bytes, four a sign). */
function lengthCosts(from: string, to: string): Costs {
  const [before, after] = [lengthOf(from), lengthOf(to)];
  if (before === null || after === null || after < before) return copies;
  return before * 4 <= 255 === after * 4 <= 255 ? grows : copies;
}

function lengthOf(type: string): number | null {
  const found = /^varchar\((\d+)\)$/.exec(type);
  return found === null ? null : Number(found[1]);
}

/** What an ALTER TABLE costs, in words: on the server that is known, else on all. Null where nothing is copied. */
export function copyWords(
  before: ModelTable,
  alterations: readonly Alteration[],
  server: ServerVersion | null,
): string | null {
  if (server !== null) {
    const algorithm = algorithmOf(before, alterations, generationOf(server));
    const name = `${server.name} ${server.version}`;
    if (algorithm === 'COPY')
      return `${name} copies the table for it (ALGORITHM=COPY), and every write waits until it is done`;
    return algorithm === 'COPY, online'
      ? `${name} copies the table for it, while writes go on`
      : null;
  }
  const copying = generations.filter((one) => algorithmOf(before, alterations, one) === 'COPY');
  if (copying.length === 0) return null;
  const all = copying.length >= generations.length - 1;
  return `${all ? 'every server but MariaDB 11.4 and newer copies' : `${copying.join(', ')} (and releases near them) copy`} the table for it (ALGORITHM=COPY), and every write waits until it is done`;
}

/** What an ALTER TABLE costs on a server, as a comment to stand above it. */
export function costComment(
  before: ModelTable,
  alterations: readonly Alteration[],
  server: ServerVersion,
): string {
  const algorithm = algorithmOf(before, alterations, generationOf(server));
  const words: Readonly<Record<Algorithm, string>> = {
    INSTANT: 'at once (ALGORITHM=INSTANT)',
    INPLACE: 'in place, writes go on (ALGORITHM=INPLACE)',
    COPY: 'copies the table, writes wait (ALGORITHM=COPY)',
    'COPY, online': 'copies the table while writes go on',
  };
  return `-- ${server.name} ${server.version}: ${algorithm === null ? 'not measured' : words[algorithm]}`;
}
