import { hole } from '../program/value.ts';
import type { Change } from './change.ts';
import { changesNoTable } from './statement.ts';

/** What a statement may change that is not understood, or of which not every part is known. */
export type Reach =
  | 'no table'
  | 'any table'
  | { readonly table: string; readonly creates: boolean }
  /** Tables of these names, and no other. */
  | { readonly words: ReadonlySet<string> };

const nothing = String.raw`(?:\s|\(|--[^\n]*\n|#[^\n]*\n|/\*(?!!|M!)[\s\S]*?\*/)*`;
const table = '(?!IF\\s)`?([^\\s`"\'(),;.]+)`?(?=[\\s(,;]|$)';
const firstWord = new RegExp(`^${nothing}([a-z]+)(?![\\w${hole}])`, 'i');
const creation = begins('CREATE (?:OR REPLACE )?TABLE (?:IF NOT EXISTS )?');
const change = begins('ALTER (?:IGNORE |ONLINE )?TABLE (?:IF EXISTS )?');
const index = begins('(?:CREATE (?:UNIQUE |FULLTEXT |SPATIAL )?INDEX|DROP INDEX)(?: [^;]*?)? ON ');

function begins(words: string): RegExp {
  return new RegExp(`^${nothing}${words.replaceAll(' ', '\\s+')}${table}`, 'i');
}

/** How far a statement reaches, by its first words. Parts that are not known are a {@link hole} in it. */
export function reachOf(sql: string): Reach {
  const first = firstWord.exec(sql)?.[1] ?? '';
  if (changesNoTable(first)) return 'no table';
  const named = createdIn(sql) ?? changedIn(sql);
  if (named?.table.includes(hole) === false) return named;
  return sql.includes(hole) ? 'any table' : { words: wordsOf(sql) };
}

type Named = Extract<Reach, { table: string }>;

function createdIn(sql: string): Named | null {
  const name = creation.exec(sql)?.[1];
  return name === undefined ? null : { table: name, creates: true };
}

/** One that gets another name reaches further. */
function changedIn(sql: string): Named | null {
  const name = (change.exec(sql) ?? index.exec(sql))?.[1];
  if (name === undefined || /\bRENAME\s+(?!COLUMN|INDEX|KEY)/i.test(sql)) return null;
  return { table: name, creates: false };
}

function wordsOf(sql: string): ReadonlySet<string> {
  return new Set([...sql.matchAll(/[\p{L}\p{N}_$]+/gu)].map(([word]) => word));
}

/** Tables that a statement touches: those that may be gone or new after it, and those that only have another shape. */
export interface Touched {
  readonly gone: readonly string[];
  readonly shaped: readonly string[];
  /** Those that only have other foreign keys. */
  readonly unbound?: readonly string[];
}

type Touch<Kind extends Change['kind']> = (change: Extract<Change, { kind: Kind }>) => Touched;

const touches: { readonly [Kind in Change['kind']]: Touch<Kind> } = {
  'create table': ({ table }) => ({ gone: [table], shaped: [] }),
  'copy table': ({ table }) => ({ gone: [table], shaped: [] }),
  'alter table': ({ table, alterations }) => {
    const names = alterations.flatMap((one) => (one.kind === 'rename table' ? [one.to] : []));
    if (names.length > 0) return { gone: [table, ...names], shaped: [] };
    const shapes = alterations.some(({ kind }) => kind !== 'drop foreign key');
    return shapes ? { gone: [], shaped: [table] } : { gone: [], shaped: [], unbound: [table] };
  },
  'drop table': ({ tables }) => ({ gone: tables, shaped: [] }),
  'rename tables': ({ pairs }) => ({
    gone: pairs.flatMap(({ from, to }) => [from, to]),
    shaped: [],
  }),
  'create trigger': ({ table }) => ({ gone: [], shaped: [table] }),
  'foreign key checks': none,
  truncate: none,
  'syntax error': none,
  nothing: none,
};

function none(): Touched {
  return { gone: [], shaped: [] };
}

/** What a statement touches that is understood, and may have run or not. */
export function touchedBy(change: Change): Touched {
  const touch = touches[change.kind] as Touch<Change['kind']>;
  return touch(change);
}
