import { thingWords, type Scratch, type Thing } from '../../src/schema/scratch.ts';
import { FakeDatabase, sketched } from './database.ts';

/** A throw-away database in memory. Of statements it knows those that make tables. */
export class FakeScratch implements Scratch {
  readonly database: FakeDatabase;
  readonly others: Thing[] = [];
  /** Who holds which lock; the connection of the application can be asked for it. */
  readonly locks = new Map<string, number>();

  constructor(database: FakeDatabase) {
    this.database = database;
  }

  async contents(): Promise<readonly Thing[]> {
    const tables = await this.database.tableNames();
    const things = [...tables.map((name): Thing => ({ kind: 'table', name })), ...this.others];
    return things.toSorted((a, b) => (a.kind + a.name < b.kind + b.name ? -1 : 1));
  }

  async remove(things: readonly Thing[]): Promise<void> {
    for (const thing of things) {
      const at = this.others.findIndex((one) => thingWords(one) === thingWords(thing));
      if (at >= 0) this.others.splice(at, 1);
      if (thing.kind !== 'table') continue;
      this.database.tables.delete(thing.name);
      this.database.ledgers.delete(thing.name);
    }
  }

  async execute(statement: string): Promise<void> {
    const name = /^CREATE TABLE `?(\w+)`?/.exec(statement)?.[1];
    if (name === undefined) throw new Error(`not known to the fake: ${statement}`);
    this.database.add(
      sketched({ name, columns: ['id varchar(128) not null'], primaryKey: ['id'] }),
    );
  }

  async mark(name: string): Promise<number> {
    this.locks.set(name, 42);
    return 42;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.database[Symbol.asyncDispose]();
  }
}
