import {
  firstUnknown,
  scalar,
  unknown,
  type Arguments,
  type At,
  type List,
  type PhpObject,
  type Unknown,
  type Value,
} from '../program/value.ts';
import type { Connection } from './connection.ts';
import { attributes, type Field } from './fields.ts';
import { forgeMethods } from './methods.ts';

/** A key as it was asked for. */
export interface Key {
  readonly columns: readonly string[];
  /** Given as an array, which decides what became of unknown columns before 4.3. */
  readonly isList: boolean;
  readonly unique: boolean;
  readonly name: string;
}

/** A foreign key as it was asked for. */
export interface ForeignKey {
  readonly columns: readonly string[];
  readonly name: string;
  /** Without the prefix; null where it is not known. */
  readonly table: string | null;
  readonly referenced: readonly string[];
  /** What follows it in SQL: `ON DELETE CASCADE`. */
  readonly actions: string;
}

/** What Forge has collected since its last statement. */
export class Pending {
  readonly fields = new Map<string, Field>();
  readonly keys: Key[] = [];
  readonly foreign: ForeignKey[] = [];
  readonly foreignLines = new Map<ForeignKey, number>();
  /** Lines of columns by their names in lower case, and of the primary key. */
  readonly lines = new Map<string, number>();
  primary: { readonly columns: readonly string[]; readonly name: string } | null = null;
  /** Why its fields and keys may be others than these. */
  doubt: Unknown | null = null;
  /** Why a field is known by its name alone. */
  lost: Unknown | null = null;
}

/** CodeIgniter's Forge of MySQLi: collects fields and keys, and says SQL to its connection. */
export class Forge implements PhpObject {
  readonly connection: Connection;
  pending = new Pending();

  constructor(connection: Connection) {
    this.connection = connection;
  }

  property(name: string, line: number): Value {
    return unknown(`the property ${name} of Forge`, line);
  }

  call(method: string, given: Arguments, at: At): Value {
    return forgeMethods[method.toLowerCase()]?.(this, given, at) ?? { kind: 'thing', thing: this };
  }

  /** What addField() does with one entry of its array, or with a text. */
  addField(name: string | number, value: Value, at: At): void {
    const { pending } = this;
    pending.doubt ??= at.doubt;
    if (value.kind !== 'list') {
      pending.doubt ??= firstUnknown(value);
      // Forge::addField passes over numbers and objects, as a 'default' => 1 that slipped out of its column.
      const text = value.kind === 'scalar' ? value.value : null;
      if (typeof text === 'string') this.#addRaw(text, typeof name === 'string', at);
      return;
    }
    pending.lost ??= firstUnknown(value);
    const field = attributes(value);
    pending.fields.set(String(name), field);
    pending.lines.set(String(name).toLowerCase(), at.line);
  }

  /** All entries of an array of fields, each on its own line. */
  addFields({ entries, lines }: List, at: At): void {
    for (const [name, value] of entries) {
      this.addField(name, value, { ...at, line: lines?.get(name) ?? at.line });
    }
  }

  #addRaw(text: string, named: boolean, at: At): void {
    const { pending, connection } = this;
    if (text === 'id') {
      this.addField('id', counter, at);
      this.addPrimary(['id'], '', at);
      return;
    }
    if (!text.includes(' ')) {
      connection.fail(at, 'Field information is required for that operation.');
      return;
    }
    if (named && !connection.rules.takesNamedRawFields) {
      connection.fail(
        at,
        'a column in SQL could have no key in the array before CodeIgniter 4.1.5',
      );
      return;
    }
    const name = (text.split(' ')[0] ?? '').replaceAll(/^[`'"]+|[`'"]+$/g, '');
    pending.fields.set(name, text);
    pending.lines.set(name.toLowerCase(), at.line);
  }

  /** From 4.3 the last primary key wins; before, all together made one. */
  addPrimary(columns: readonly string[], name: string, at: At): void {
    const { pending, connection } = this;
    const before = connection.rules.hasNamedKeys ? [] : (pending.primary?.columns ?? []);
    pending.primary = { columns: [...before, ...columns], name };
    pending.lines.set('PRIMARY KEY', at.line);
  }
}

const counter: List = {
  kind: 'list',
  entries: new Map<string, Value>([
    ['type', scalar('INT')],
    ['constraint', scalar(9)],
    ['auto_increment', scalar(true)],
  ]),
};
