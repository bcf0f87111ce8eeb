import { readAlteration } from './alterations.ts';
import type { Alteration, Change, ColumnDefinition, KeyDefinition } from './change.ts';
import { readColumn } from './columns.ts';
import { Cursor } from './cursor.ts';
import { readKey, readParts, seesKey } from './keys.ts';
import { readOptions } from './options.ts';
import { MeetsHole, NotUnderstood, tokens, type Token } from './tokens.ts';

/**
 * What a statement does to the structure of the database.
 * @throws NotUnderstood where that cannot be known
 */
export function readStatement(sql: string): Change {
  const all = tokens(sql);
  const end = all.findLastIndex((one) => !isEnd(one));
  const whole = all.slice(0, end + 1);
  const at = new Cursor(whole);
  const why = wrongIn(whole);
  if (why !== null) return { kind: 'syntax error', why };
  const aside = shapesNothing(at);
  if (aside !== null) return aside;
  const begin = beginnings.find(([words]) => at.takes(...words));
  if (begin === undefined) throw at.lost();
  const change = begin[1](at);
  if (at.peek() !== undefined) throw at.lost();
  return all.some(({ kind }) => kind === 'bare hole') ? withHole(change) : change;
}

function shapesNothing(at: Cursor): Change | null {
  if (at.takes('TRUNCATE TABLE', 'TRUNCATE')) return { kind: 'truncate', table: at.tableName() };
  if (at.sees('SET')) return setting(at.rest());
  return at.done || changesNoTable(at.peek()?.text ?? '') ? { kind: 'nothing' } : null;
}

function isEnd({ kind, text }: Token): boolean {
  return kind === 'sign' && text === ';';
}

const bodies = /^(CREATE (\S+ )*(TRIGGER|PROCEDURE|FUNCTION|EVENT)|BEGIN NOT)\b/i;

/** What no server of MySQL or MariaDB reads; null where nothing of the kind is seen. */
function wrongIn(all: readonly Token[]): string | null {
  const words = all.slice(0, 12).map(({ text }) => text);
  if (/^DELIMITER$/i.test(words[0] ?? '')) return 'DELIMITER is a command of the mysql client';
  if (/^DO \$\$/i.test(words.join(' '))) return 'DO $$ is a block of PostgreSQL';
  const first = all.findIndex(isEnd);
  if (first === -1 || all.some(({ kind }) => kind === 'bare hole')) return null;
  // Those in the body of a trigger are part of it.
  if (bodies.test(words.join(' '))) return null;
  const second = all.slice(first).find((one) => !isEnd(one))?.text;
  return second === undefined ? null : `a second statement in one query(), near "${second}"`;
}

const conditional = /^(ALTER|RENAME|DROP INDEX|CREATE (UNIQUE )?INDEX) (.* )?(IF (NOT )?EXISTS) /i;

/** Why MySQL does not read a statement that MariaDB reads; null where both read it. */
export function onlyForMariaDb(sql: string): string | null {
  const words = tokens(sql).map(({ kind, text }) => (kind === 'word' ? text : '.'));
  const found = conditional.exec(`${words.join(' ')} `)?.[4];
  if (found !== undefined) return `MySQL knows no ${found.toUpperCase()} here`;
  return /^CREATE OR REPLACE TABLE /i.test(words.join(' '))
    ? 'MySQL knows no OR REPLACE here'
    : null;
}

/** A SET, of which only whether foreign keys are checked matters here. */
function setting(words: string): Change {
  const all = [
    ...words.matchAll(/(?:^SET |[,.] |SESSION |LOCAL |@@)FOREIGN_KEY_CHECKS :? ?= (\S+)/gi),
  ];
  const value = all.at(-1)?.[1];
  if (value === undefined) return { kind: 'nothing' };
  return { kind: 'foreign key checks', on: /^(1|on|true|@.*)$/i.test(value) };
}

/** What stands in a bare hole may be more than one part. */
function withHole(change: Change): Change {
  const { why } = new MeetsHole();
  if (change.kind === 'create table') return { ...change, unread: [...change.unread, why] };
  if (change.kind !== 'alter table') throw new MeetsHole();
  if (change.alterations.every(({ kind }) => kind === 'drop foreign key')) return change;
  const more: Alteration = { kind: 'unread', why };
  return { ...change, alterations: [...change.alterations, more] };
}

/** Whether a statement with this first word leaves every table as it is. */
export function changesNoTable(word: string): boolean {
  return harmless.includes(word.toUpperCase());
}

const harmless =
  'SELECT INSERT UPDATE DELETE REPLACE SET SHOW DESCRIBE DESC EXPLAIN USE LOCK UNLOCK START COMMIT ROLLBACK BEGIN SAVEPOINT ANALYZE OPTIMIZE TRUNCATE GRANT REVOKE FLUSH WITH DO KILL'.split(
    ' ',
  );

type Read = (at: Cursor) => Change;

const otherThings = [
  'VIEW',
  'OR REPLACE VIEW',
  'FUNCTION',
  'PROCEDURE',
  'EVENT',
  'DATABASE',
  'SCHEMA',
  'USER',
  'ROLE',
  'SEQUENCE',
];

const beginnings: readonly (readonly [readonly string[], Read])[] = [
  [['CREATE TEMPORARY TABLE', 'DROP TEMPORARY TABLE'], aside],
  [['CREATE OR REPLACE TABLE'], (at) => create(at, true)],
  [['CREATE TABLE'], (at) => create(at, false)],
  [['CREATE UNIQUE INDEX'], (at) => index(at, 'unique')],
  [['CREATE INDEX'], (at) => index(at, 'plain')],
  [['CREATE TRIGGER'], trigger],
  [['ALTER TABLE', 'ALTER IGNORE TABLE', 'ALTER ONLINE TABLE'], alter],
  [['DROP INDEX'], dropIndex],
  [['DROP TABLE'], drop],
  [['RENAME TABLE'], rename],
  [
    otherThings
      .filter((one) => one !== 'DATABASE')
      .flatMap((one) => [`CREATE ${one}`, `DROP ${one}`]),
    aside,
  ],
];

/** It changes no table that is followed here. */
function aside(at: Cursor): Change {
  at.parts();
  return { kind: 'nothing' };
}

function create(at: Cursor, replaces: boolean): Change {
  const ifNotExists = at.takes('IF NOT EXISTS');
  const table = at.tableName();
  if (at.takes('LIKE')) return { kind: 'copy table', table, from: at.tableName(), ifNotExists };
  const columns: ColumnDefinition[] = [];
  const keys: KeyDefinition[] = [];
  const unread: string[] = [];
  for (const part of at.parenthesised().parts()) {
    try {
      if (seesKey(part)) keys.push(...[readKey(part)].filter((one) => one !== null));
      else columns.push(readColumn(part));
    } catch (error) {
      if (!(error instanceof NotUnderstood)) throw error;
      unread.push(error.why);
    }
  }
  // Also refuses CREATE TABLE ... SELECT.
  const options = readOptions(at);
  return { kind: 'create table', table, ifNotExists, replaces, columns, keys, options, unread };
}

function index(at: Cursor, kind: 'unique' | 'plain'): Change {
  const ifNotExists = at.takes('IF NOT EXISTS');
  const name = at.name();
  at.takes('USING BTREE', 'USING HASH');
  at.must('ON');
  const table = at.tableName();
  const parts = readParts(at.parenthesised());
  at.takes('USING BTREE', 'USING HASH');
  const key = { kind, name, parts, visible: true, ifNotExists };
  return { kind: 'alter table', table, alterations: [{ kind: 'add key', key }] };
}

function dropIndex(at: Cursor): Change {
  const ifExists = at.takes('IF EXISTS');
  const name = at.name();
  at.must('ON');
  const alteration =
    name.toUpperCase() === 'PRIMARY'
      ? ({ kind: 'drop primary key' } as const)
      : ({ kind: 'drop key', name, ifExists } as const);
  return { kind: 'alter table', table: at.tableName(), alterations: [alteration] };
}

function trigger(at: Cursor): Change {
  at.takes('IF NOT EXISTS');
  const name = at.name();
  const when = `${at.name()} ${at.name()}`.toUpperCase();
  at.must('ON');
  const table = at.tableName();
  at.parts();
  return { kind: 'create trigger', table, name, when };
}

function alter(at: Cursor): Change {
  const ifExists = at.takes('IF EXISTS');
  const table = at.tableName();
  const alterations = at.parts().flatMap(readAlteration);
  return { kind: 'alter table', table, ifExists, alterations };
}

function drop(at: Cursor): Change {
  const ifExists = at.takes('IF EXISTS');
  const tables = at.parts().map((part) => {
    const name = part.tableName();
    part.takes('CASCADE', 'RESTRICT');
    return name;
  });
  return { kind: 'drop table', tables, ifExists };
}

function rename(at: Cursor): Change {
  const pairs = at.parts().map((part) => {
    const from = part.tableName();
    part.must('TO');
    return { from, to: part.tableName() };
  });
  return { kind: 'rename tables', pairs };
}
