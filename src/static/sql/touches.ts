import type { Alteration, Change } from './change.ts';
import { reachOf } from './reach.ts';
import { readStatement } from './statement.ts';
import { NotUnderstood } from './tokens.ts';

/** What a statement does to one table that may be there. */
export interface Touch {
  /** Null where it may be any. */
  readonly table: string | null;
  readonly does: 'changes' | 'drops' | 'empties' | 'writes';
  /** The parts of an ALTER TABLE; null where it is none, or is not understood. */
  readonly alterations: readonly Alteration[] | null;
}

/** The tables that a statement changes, drops, or writes many rows of; a new table is none of them. */
export function touchesOf(sql: string): readonly Touch[] {
  const [, written] =
    /^\s*(?:UPDATE|DELETE\s+FROM)\s+(?:LOW_PRIORITY\s+|IGNORE\s+)?`?([\w$]+)/i.exec(sql) ?? [];
  if (written !== undefined) return [{ table: written, does: 'writes', alterations: null }];
  try {
    return ofChange(readStatement(sql));
  } catch (error) {
    if (!(error instanceof NotUnderstood)) throw error;
    return notUnderstood(sql);
  }
}

function ofChange(change: Change): readonly Touch[] {
  if (change.kind === 'drop table')
    return change.tables.map((table) => ({ table, does: 'drops', alterations: null }));
  if (change.kind === 'truncate')
    return [{ table: change.table, does: 'empties', alterations: null }];
  if (change.kind === 'rename tables')
    return change.pairs.map(({ from, to }) => ({
      ...{ table: from, does: 'changes' },
      alterations: [{ kind: 'rename table', to }],
    }));
  if (change.kind !== 'alter table') return [];
  return [{ table: change.table, does: 'changes', alterations: change.alterations }];
}

function notUnderstood(sql: string): readonly Touch[] {
  const reach = reachOf(sql);
  if (reach === 'no table') return [];
  const isOne = reach !== 'any table' && 'table' in reach;
  if (isOne && reach.creates) return [];
  return [{ table: isOne ? reach.table : null, does: 'changes', alterations: null }];
}
