import type { Alteration } from '../../static/sql/change.ts';
import type { PlannedCost, PlannedStatement } from '../../plan/facts.ts';
import type { Bulk, Database } from '../../schema/database.ts';
import type { Table } from '../../schema/table.ts';
import {
  algorithmOf,
  generationOf,
  type Algorithm,
  type ServerVersion,
  type Standing,
} from '../../static/judge/lock-cost.ts';
import { standingOf } from '../../static/judge/standing.ts';
import { touchesOf, type Touch } from '../../static/sql/touches.ts';
import { sizeWords, touchWords } from './cost-words.ts';

/** A statement of a migration that will run, as it was read. */
export interface ReadStatement extends Omit<PlannedStatement, 'costs'> {
  /** Tables that it changes, as the statements before it leave them; none where that is not known. */
  readonly before: readonly (Standing & { readonly name: string })[];
  /** FOREIGN_KEY_CHECKS as it runs. */
  readonly checksKeys: boolean;
  /** Its group, where that is another one than that of the ledger; else null. */
  readonly otherGroup: string | null;
}

interface Live {
  readonly table: Table;
  readonly bulk: Bulk;
}

const anything = 'A statement may change any table. What that costs is not known.';

/** What statements cost at the tables of a database, asked in their order. */
export class Prices {
  readonly #server: ServerVersion;
  readonly #strict: boolean;
  readonly #live: Map<string, Live>;
  /** Tables that a statement before has changed, with the columns that are not as they are live any more. */
  readonly #changed = new Map<string, Changed>();

  private constructor(product: string, strict: boolean, live: Map<string, Live>) {
    const [name, version = ''] = product.split(' ');
    this.#server = { name: name === 'MariaDB' ? 'MariaDB' : 'MySQL', version };
    this.#strict = strict;
    this.#live = live;
  }

  /**
   * Asks the server for the tables that these statements touch.
   * @param strict whether the application runs with a strict sql_mode
   */
  static async of(
    database: Database,
    strict: boolean,
    statements: readonly ReadStatement[],
  ): Promise<Prices> {
    const touched = statements.flatMap(({ sql }) => (sql === null ? [] : touchesOf(sql)));
    const wanted = new Set(touched.flatMap(({ table }) => table ?? []));
    const live = new Map<string, Live>();
    if (wanted.size === 0) return new Prices(database.product, strict, live);
    const there = (await database.tableNames()).filter((name) => wanted.has(name));
    const found = there.map(async (name) => {
      const [table, bulk] = await Promise.all([database.table(name), database.bulk(name)]);
      if (typeof table !== 'string' && bulk !== null) live.set(name, { table, bulk });
    });
    await Promise.all(found);
    return new Prices(database.product, strict, live);
  }

  /** What this statement costs; those that come before it were asked for before. */
  costsOf(statement: ReadStatement): readonly PlannedCost[] {
    const { sql, otherGroup } = statement;
    if (sql === null) return [unknown(anything)];
    const touches = touchesOf(sql);
    if (otherGroup !== null && touches.length > 0)
      return [
        unknown(
          `A statement is for the database group ${otherGroup}. What it costs there is not known.`,
        ),
      ];
    return touches.flatMap((touch) => {
      if (touch.table === null) return [unknown(anything)];
      const live = this.#live.get(touch.table);
      return live === undefined ? [] : [this.#cost(touch, touch.table, live, statement)];
    });
  }

  #cost(touch: Touch, table: string, live: Live, statement: ReadStatement): PlannedCost {
    const { rows, bytes } = live.bulk;
    const { before, doubt } = statement;
    const changed = this.#changed.get(table);
    const known = changed === undefined ? undefined : before.find(({ name }) => name === table);
    const algorithm = this.#algorithmOf(touch, known ?? since(live, changed), statement);
    this.#afterwards(touch, table, live);
    const { name, version } = this.#server;
    const words = touchWords(touch, algorithm, `${name} ${version}`);
    const perhaps = doubt === null ? '' : ' Whether it runs like this is not known.';
    const says = `${table} (${sizeWords(live.bulk)}): ${words}${perhaps}`;
    return { table, rows, bytes, algorithm, says };
  }

  #algorithmOf(
    { alterations }: Touch,
    standing: Standing,
    { sql, checksKeys }: ReadStatement,
  ): Algorithm | null {
    if (alterations === null) return null;
    const recodes = /\b(COLLATE|CHARSET|CHARACTER\s+SET)\b/i.test(sql ?? '');
    if (recodes && alterations.some(({ kind }) => kind === 'change column')) return null;
    const circumstances = { checksKeys, strict: this.#strict };
    return algorithmOf(standing, alterations, generationOf(this.#server), circumstances);
  }

  #afterwards({ alterations }: Touch, table: string, live: Live): void {
    const before = this.#changed.get(table) ?? new Set();
    const now = alterations === null ? 'any' : withColumns(before, alterations);
    this.#changed.set(table, now);
    for (const one of alterations ?? []) {
      if (one.kind !== 'rename table') continue;
      this.#live.delete(table);
      this.#live.set(one.to, live);
      this.#changed.set(one.to, now);
    }
  }
}

/** Names of columns in small letters; `any` where nobody knows which. */
type Changed = ReadonlySet<string> | 'any';

function withColumns(before: Changed, alterations: readonly Alteration[]): Changed {
  if (before === 'any' || alterations.some(({ kind }) => kind === 'unread')) return 'any';
  const names = alterations.flatMap((one) => {
    if (one.kind === 'add column') return [one.column.name];
    if (one.kind === 'change column') return [one.from, one.column.name];
    if (one.kind === 'rename column') return [one.from, one.to];
    return one.kind === 'add key' ? one.key.parts.map(({ column }) => column) : [];
  });
  return new Set([...before, ...names.map((name) => name.toLowerCase())]);
}

/** The live table without the columns that were changed since. */
function since({ table, bulk }: Live, changed: Changed = new Set()): Standing {
  const standing = standingOf(table, bulk);
  const stays = (name: string): boolean => changed !== 'any' && !changed.has(name.toLowerCase());
  return { ...standing, columns: standing.columns.filter(({ name }) => stays(name)) };
}

function unknown(says: string): PlannedCost {
  return { table: null, rows: null, bytes: null, algorithm: null, says };
}
