import type { ColumnDefinition } from './change.ts';
import type { Cursor } from './cursor.ts';
import { NotUnderstood } from './tokens.ts';
import { readType } from './types.ts';

interface Draft {
  nullable: boolean | null;
  fallback: string | null;
  extra: string[];
  primary: boolean;
  unique: boolean;
  place: { after: string | null } | null;
}

/** A column definition up to the end of its part of the statement; of one that is not understood, the name. */
export function readColumn(at: Cursor): ColumnDefinition {
  const name = at.name();
  try {
    return definition(name, at);
  } catch (error) {
    if (!(error instanceof NotUnderstood)) throw error;
    at.skip();
    return { ...bareColumn, name, doubt: error.why };
  }
}

/**
 * A column definition, understood to its end.
 * @throws NotUnderstood
 */
export function readWholeColumn(at: Cursor): ColumnDefinition {
  return definition(at.name(), at);
}

/** A column of which nothing is said yet. */
export const bareColumn: ColumnDefinition = {
  name: '',
  type: '',
  nullable: null,
  fallback: null,
  extra: [],
  primary: false,
  unique: false,
  place: null,
  doubt: null,
};

function definition(name: string, at: Cursor): ColumnDefinition {
  if (at.takes('SERIAL')) {
    const serial = { nullable: false, fallback: null, extra: ['auto_increment'], primary: false };
    return { name, type: 'bigint unsigned', ...serial, unique: true, place: null, doubt: null };
  }
  const type = readType(at);
  const draft: Draft = { ...bareColumn, extra: [] };
  while (!at.done) {
    const clause = clauses.find(([words]) => at.takes(...words));
    if (clause === undefined) throw at.lost();
    clause[1](draft, at);
  }
  return { ...draft, name, type, doubt: null };
}

type Read = (draft: Draft, at: Cursor) => void;

const clauses: readonly (readonly [readonly string[], Read])[] = [
  [['NOT NULL'], (draft) => (draft.nullable = false)],
  [['NULL'], (draft) => (draft.nullable = true)],
  [['DEFAULT'], (draft, at) => (draft.fallback = readDefault(at))],
  [
    ['ON UPDATE'],
    (draft, at) => {
      const when = moment(at);
      if (when === null) throw at.lost();
      draft.extra.push(`on update ${when}`);
    },
  ],
  [['AUTO_INCREMENT'], (draft) => draft.extra.push('auto_increment')],
  [['PRIMARY KEY', 'KEY', 'PRIMARY'], (draft) => (draft.primary = true)],
  [['UNIQUE KEY', 'UNIQUE'], (draft) => (draft.unique = true)],
  [['COMMENT'], (_, at) => void at.next()],
  [['INVISIBLE'], (draft) => draft.extra.push('invisible')],
  [['VISIBLE'], () => undefined],
  [['COLLATE', 'CHARACTER SET', 'CHARSET'], (_, at) => void at.next()],
  [['CHECK', 'CONSTRAINT CHECK'], (_, at) => void at.parenthesised()],
  [['GENERATED ALWAYS AS', 'AS'], generated],
  [['FIRST'], (draft) => (draft.place = { after: null })],
  [['AFTER'], (draft, at) => (draft.place = { after: at.name() })],
  [['COLUMN_FORMAT', 'STORAGE'], (_, at) => void at.next()],
];

function generated(draft: Draft, at: Cursor): void {
  at.parenthesised();
  const stored = at.takes('STORED', 'PERSISTENT');
  if (!stored) at.takes('VIRTUAL');
  draft.extra.push(stored ? 'stored generated' : 'virtual generated');
}

/**
 * What follows DEFAULT, in the form of `Column.default.normal`.
 * @throws NotUnderstood for an expression: each server writes it in its own words
 */
export function readDefault(at: Cursor): string {
  if (at.takes('NULL')) return 'null';
  const when = moment(at);
  if (when !== null) return when;
  if (at.takes('TRUE')) return "'1'";
  if (at.takes('FALSE')) return "'0'";
  const minus = at.takes('-') ? '-' : '';
  at.takes('+');
  const { kind, text } = at.known();
  if (kind !== 'text' && kind !== 'number') throw new NotUnderstood(`a default "${text}"`);
  return `'${minus}${text.replaceAll("'", "''")}'`;
}

function moment(at: Cursor): string | null {
  if (!at.takes('CURRENT_TIMESTAMP', 'NOW', 'LOCALTIMESTAMP', 'LOCALTIME')) return null;
  const digits = at.sees('(') ? at.parenthesised().rest() : '';
  return /^[1-6]$/.test(digits) ? `now(${digits})` : 'now';
}
