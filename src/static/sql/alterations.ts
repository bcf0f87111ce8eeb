import type { Alteration, ColumnDefinition } from './change.ts';
import { readColumn, readDefault } from './columns.ts';
import type { Cursor } from './cursor.ts';
import { readKey, seesKey } from './keys.ts';
import { readOption } from './options.ts';
import { NotUnderstood } from './tokens.ts';

/** One part of an ALTER TABLE; several where it adds columns in parentheses. */
export function readAlteration(at: Cursor): readonly Alteration[] {
  try {
    return readParts(at);
  } catch (error) {
    if (!(error instanceof NotUnderstood)) throw error;
    return [{ kind: 'unread', why: error.why }];
  }
}

function readParts(at: Cursor): readonly Alteration[] {
  const option = readOption(at);
  const found = option === null ? readOther(at) : [{ kind: 'option', ...option } as const];
  // `ENGINE=InnoDB ROW_FORMAT=DYNAMIC` needs no comma.
  return at.done ? found : [...found, ...readParts(at)];
}

function readOther(at: Cursor): readonly Alteration[] {
  const verb = verbs.find(([words]) => at.takes(...words));
  if (verb === undefined) throw at.lost();
  return verb[1](at);
}

type Read = (at: Cursor) => readonly Alteration[];

const verbs: readonly (readonly [readonly string[], Read])[] = [
  [['ADD COLUMN'], added],
  [['ADD'], (at) => (seesKey(at) ? addedKey(at) : added(at))],
  [['MODIFY COLUMN', 'MODIFY'], modified],
  [
    ['CHANGE COLUMN', 'CHANGE'],
    (at) => {
      const ifExists = at.takes('IF EXISTS');
      return [{ kind: 'change column', ifExists, from: at.name(), column: readColumn(at) }];
    },
  ],
  [['DROP PRIMARY KEY'], () => [{ kind: 'drop primary key' }]],
  [
    ['DROP FOREIGN KEY'],
    (at) => {
      const ifExists = at.takes('IF EXISTS');
      // Whichever it is: no column and no index goes with it.
      const known = at.peek()?.kind.endsWith('hole') !== true;
      return [{ kind: 'drop foreign key', ifExists, name: known ? at.name() : nameless(at) }];
    },
  ],
  [
    ['DROP INDEX', 'DROP KEY'],
    (at) => [{ kind: 'drop key', ifExists: at.takes('IF EXISTS'), name: at.name() }],
  ],
  [
    ['DROP CONSTRAINT'],
    (at) => [{ kind: 'drop constraint', ifExists: at.takes('IF EXISTS'), name: at.name() }],
  ],
  [['DROP COLUMN', 'DROP'], dropped],
  [['ALTER COLUMN', 'ALTER INDEX', 'ALTER'], altered],
  [['RENAME COLUMN'], (at) => [{ kind: 'rename column', ...pair(at) }]],
  [['RENAME INDEX', 'RENAME KEY'], (at) => [{ kind: 'rename key', ...pair(at) }]],
  [['RENAME TO', 'RENAME AS', 'RENAME'], (at) => [{ kind: 'rename table', to: at.tableName() }]],
  [['CONVERT TO CHARACTER SET', 'CONVERT TO CHARSET'], converted],
];

function nameless(at: Cursor): null {
  at.next();
  return null;
}

function added(at: Cursor): readonly Alteration[] {
  const ifNotExists = at.takes('IF NOT EXISTS');
  if (!at.sees('(')) return addedColumn(readColumn(at), ifNotExists);
  return at
    .parenthesised()
    .parts()
    .flatMap((part) => addedColumn(readColumn(part), ifNotExists));
}

function addedColumn(column: ColumnDefinition, ifNotExists: boolean): readonly Alteration[] {
  return [{ kind: 'add column', column, ifNotExists }];
}

function addedKey(at: Cursor): readonly Alteration[] {
  const key = readKey(at);
  return key === null ? [] : [{ kind: 'add key', key }];
}

function modified(at: Cursor): readonly Alteration[] {
  const ifExists = at.takes('IF EXISTS');
  const column = readColumn(at);
  return [{ kind: 'change column', from: column.name, column, ifExists }];
}

function dropped(at: Cursor): readonly Alteration[] {
  const ifExists = at.takes('IF EXISTS');
  const name = at.name();
  at.takes('CASCADE', 'RESTRICT');
  return [{ kind: 'drop column', name, ifExists }];
}

function altered(at: Cursor): readonly Alteration[] {
  const name = at.name();
  if (at.takes('DROP DEFAULT')) return [{ kind: 'default', column: name, fallback: null }];
  if (at.takes('SET DEFAULT'))
    return [{ kind: 'default', column: name, fallback: readDefault(at) }];
  if (at.takes('INVISIBLE', 'IGNORED')) return [{ kind: 'key visibility', name, visible: false }];
  if (at.takes('VISIBLE', 'NOT IGNORED')) return [{ kind: 'key visibility', name, visible: true }];
  throw at.lost();
}

function pair(at: Cursor): { from: string; to: string } {
  const from = at.name();
  at.must('TO');
  return { from, to: at.name() };
}

/** Columns keep their types, but for texts, which may grow: that is left to who applies it. */
function converted(at: Cursor): readonly Alteration[] {
  const value = at.next().text;
  if (at.takes('COLLATE')) at.next();
  return [{ kind: 'option', name: 'CONVERT', value }];
}
