import type { KeyDefinition, Reference } from './change.ts';
import type { Cursor } from './cursor.ts';
import { NotUnderstood } from './tokens.ts';

/** Whether a key, and no column, is defined next. */
export function seesKey(at: Cursor): boolean {
  return [
    'PRIMARY KEY',
    'UNIQUE',
    'KEY',
    'INDEX',
    'FULLTEXT',
    'SPATIAL',
    'CONSTRAINT',
    'FOREIGN KEY',
    'CHECK',
  ].some((words) => at.sees(words));
}

/** A key definition up to the end of its part of the statement; null for a CHECK, which makes no key. */
export function readKey(at: Cursor): KeyDefinition | null {
  const symbol = constraintName(at);
  if (at.takes('CHECK')) {
    at.parenthesised();
    return null;
  }
  if (at.takes('PRIMARY KEY')) return finished('primary', 'PRIMARY', at);
  if (at.takes('FOREIGN KEY')) return foreign(symbol, at);
  return ordinary(symbol, at);
}

function ordinary(symbol: string | null, at: Cursor): KeyDefinition {
  const kind = at.takes('FULLTEXT', 'SPATIAL')
    ? 'special'
    : at.takes('UNIQUE')
      ? 'unique'
      : 'plain';
  if (!at.takes('KEY', 'INDEX') && kind === 'plain') throw at.lost();
  const ifNotExists = at.takes('IF NOT EXISTS');
  const name = at.sees('(') || at.sees('USING') ? symbol : at.name();
  return { ...finished(kind, name, at), ifNotExists };
}

function constraintName(at: Cursor): string | null {
  if (!at.takes('CONSTRAINT')) return null;
  const unnamed = ['PRIMARY KEY', 'UNIQUE', 'FOREIGN KEY', 'CHECK'].some((words) => at.sees(words));
  return unnamed ? null : at.name();
}

function foreign(symbol: string | null, at: Cursor): KeyDefinition {
  const ifNotExists = at.takes('IF NOT EXISTS');
  const index = at.sees('(') ? null : at.name();
  const parts = readParts(at.parenthesised());
  const references = reference(at);
  return { kind: 'foreign', name: symbol, index, parts, visible: true, references, ifNotExists };
}

const nowhere: Reference = { table: null, columns: [], setsNull: false };

/** What is not read of it only means that nothing is judged by it: no column depends on where it points to. */
function reference(at: Cursor): Reference {
  try {
    at.must('REFERENCES');
    const table = at.tableName();
    const columns = readParts(at.parenthesised()).map(({ column }) => column);
    const setsNull = at.rest().toUpperCase().includes('SET NULL');
    at.skip();
    return { table, columns, setsNull };
  } catch (error) {
    if (!(error instanceof NotUnderstood)) throw error;
    at.skip();
    return nowhere;
  }
}

function finished(kind: KeyDefinition['kind'], name: string | null, at: Cursor): KeyDefinition {
  using(at);
  const parts = readParts(at.parenthesised());
  let visible = true;
  while (!at.done) {
    if (using(at) || at.takes('VISIBLE', 'NOT IGNORED')) continue;
    if (at.takes('COMMENT')) at.next();
    else if (at.takes('INVISIBLE', 'IGNORED')) visible = false;
    else if (at.takes('WITH PARSER')) at.next();
    else throw at.lost();
  }
  return { kind, name, parts, visible };
}

function using(at: Cursor): boolean {
  return at.takes('USING BTREE', 'USING HASH');
}

/** Columns of a key; one that is computed has the name `(expression)`. */
export function readParts(inside: Cursor): KeyDefinition['parts'] {
  if (inside.done) return [];
  return inside.parts().map((part) => {
    if (part.sees('(')) return { column: '(expression)', length: null };
    const column = part.name();
    const length = part.sees('(') ? Number(part.parenthesised().known().text) : null;
    part.takes('ASC', 'DESC');
    if (!part.done) throw new NotUnderstood('a part of a key');
    return { column, length };
  });
}
