import type { Catalog } from '../catalog/catalog.ts';
import { Refused, type ModelTable, type Place, type StatementPlace } from '../catalog/model.ts';
import { Thrown } from '../program/thrown.ts';
import {
  argument,
  hole,
  scalar,
  textOf,
  unknown,
  type Arguments,
  type At,
  type PhpObject,
  type Unknown,
  type Value,
} from '../program/value.ts';
import { answered } from './asked.ts';
import { descriptions } from './descriptions.ts';
import { escaped, identifier } from './fields.ts';
import { questions } from './questions.ts';
import type { ForgeRules } from './release.ts';
import { Result } from './result.ts';

/** What the application's configuration says of a connection. */
export interface ConnectionSettings {
  readonly group: string;
  readonly prefix: string;
  readonly driver: string | null;
  /** The driver is what is written down, and only running tells whether another is chosen. */
  readonly assumed?: boolean;
}

/** Whether its tables are of MySQL or MariaDB, as far as is known. */
export function isMysql({ driver }: ConnectionSettings): boolean {
  return !/(SQLite3|Postgre|SQLSRV|OCI8)$/i.test(driver ?? '');
}

/** A statement that the server would refuse. */
export interface Failure {
  readonly place: Place;
  readonly why: string;
  /** See {@link Refused}. */
  readonly missing: boolean;
}

/** What a migration says to its database, in order. */
export interface Said {
  readonly place: Place;
  /** The statement; null where nothing of it is known. */
  readonly sql: string | null;
  /** Why it may be said otherwise, or not at all; null where it is known. */
  readonly doubt: string | null;
  /** The group of its connection. */
  readonly group: string;
  /** FOREIGN_KEY_CHECKS of that connection. */
  readonly checksKeys: boolean;
  /** Tables that it changes, as they were before; none where that is not known. */
  readonly before: readonly ModelTable[];
}

/** CodeIgniter's database connection as a migration uses it, on a catalog in place of a server. */
export class Connection implements PhpObject {
  readonly settings: ConnectionSettings;
  readonly rules: ForgeRules;
  readonly catalog: Catalog;
  readonly failures: Failure[] = [];
  readonly said: Said[] = [];
  readonly #file: string;
  #inTransaction = 0;

  constructor(settings: ConnectionSettings, rules: ForgeRules, catalog: Catalog, file: string) {
    this.settings = settings;
    this.rules = rules;
    this.catalog = catalog;
    this.#file = file;
  }

  place(line: number): Place {
    return { file: this.#file, line };
  }

  property(name: string, line: number): Value {
    if (name === 'DBPrefix') return scalar(this.settings.prefix);
    if (name === 'DBDriver' && this.settings.driver !== null) return scalar(this.settings.driver);
    return unknown(`$this->db->${name}`, line);
  }

  call(method: string, given: Arguments, at: At): Value {
    const how = answers[method.toLowerCase()];
    if (how !== undefined) return how(this, given, at);
    if (/^trans(start|begin)$/i.test(method)) this.#inTransaction += 1;
    if (/^trans(complete|commit|rollback)$/i.test(method)) this.#inTransaction -= 1;
    return unknown(`$this->db->${method}()`, at.line);
  }

  /** Runs a statement; in doubt, whatever it names may have changed. */
  say(sql: string, at: At, more: Omit<StatementPlace, keyof Place> = {}): void {
    const place: StatementPlace = { ...this.place(at.line), ...more };
    const before: ModelTable[] = [];
    this.#record({ place: this.place(at.line), sql, doubt: doubtOf(at, more.unknown), before });
    const known = this.catalog.alters.length;
    this.#run(sql, at, place);
    before.push(...this.catalog.alters.slice(known).map((alter) => alter.before));
  }

  #record(said: Omit<Said, 'group' | 'checksKeys'>): void {
    const { group } = this.settings;
    this.said.push({ ...said, group, checksKeys: this.catalog.references.checked });
  }

  #run(sql: string, at: At, place: StatementPlace): void {
    if (at.doubt !== null) {
      this.catalog.doubt(sql, place, at.doubt.why);
      return;
    }
    try {
      this.catalog.run(sql, place);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const line = place.lines?.get(error.about?.toLowerCase() ?? '') ?? at.line;
      this.fail({ ...at, line }, error.message, error.missing);
    }
  }

  /**
   * The migration stops here.
   * @throws Thrown unless the framework goes on after it, as it does within a transaction
   */
  fail(at: At, why: string, missing = false): void {
    if (at.doubt !== null || !isMysql(this.settings)) return;
    const failure = { place: this.place(at.line), why, missing };
    this.failures.push(failure);
    if (this.#inTransaction > 0) return;
    throw new Thrown(why, at.line, () => {
      this.failures.splice(this.failures.indexOf(failure), 1);
    });
  }

  /**
   * A table of which something is not known from here on; without a known name it may be any.
   * @param does what is done to it: with `changes`, it is there as before
   */
  unresolve(
    table: Value | undefined,
    at: At,
    { why, line }: Unknown,
    does: 'creates' | 'changes' | 'removes',
  ): void {
    const name = textOf(table);
    const full = this.settings.prefix + (name ?? '');
    this.#record({ place: this.place(at.line), sql: null, doubt: why, before: [] });
    if (name === null && does === 'creates')
      this.catalog.unnamed.push({ place: this.place(at.line), why });
    else if (name === null) this.catalog.unresolveAll(this.place(at.line), why);
    else if (does === 'changes') this.catalog.blur(full, this.place(line), why);
    else this.catalog.unresolve(full, this.place(line), why);
  }
}

function doubtOf({ doubt }: At, part: string | undefined): string | null {
  return doubt?.why ?? part ?? null;
}

type Answer = (connection: Connection, given: Arguments, at: At) => Value;

const answers: Readonly<Record<string, Answer>> = {
  query: statement,
  simplequery: statement,
  ...questions,
  ...descriptions,
  escape: (_, given) => literal(argument(given, 0, 'str') ?? scalar(null)),
  escapeidentifiers: (_, given, at) => {
    const name = textOf(argument(given, 0, 'item'));
    return name === null ? unknown('a name', at.line) : scalar(identifier(name));
  },
  prefixtable: (connection, given, at) => {
    const name = textOf(argument(given, 0, 'table'));
    return name === null
      ? unknown('a table name', at.line)
      : scalar(connection.settings.prefix + name);
  },
  disableforeignkeychecks: (connection, _, at) => checks(connection, at, 0),
  enableforeignkeychecks: (connection, _, at) => checks(connection, at, 1),
  getprefix: (connection) => scalar(connection.settings.prefix),
  getplatform: (connection, _, at) => connection.property('DBDriver', at.line),
};

function checks(connection: Connection, at: At, on: 0 | 1): Value {
  connection.say(`SET FOREIGN_KEY_CHECKS=${on}`, at);
  return scalar(true);
}

/** What escape() makes of a value; of one that is not known, a literal that is not. */
function literal(value: Value): Value {
  if (value.kind !== 'unknown') return scalar(escaped(value));
  const { why, line } = value;
  return { kind: 'unknown', why, line, text: `'${hole}'` };
}

function statement(connection: Connection, given: Arguments, at: At): Value {
  const value = argument(given, 0, 'sql') ?? scalar('');
  const sql = sqlOf(value);
  if (sql !== null) return said(connection, { value, sql }, argument(given, 1, 'binds'), at);
  const why = value.kind === 'unknown' ? value : unknown('SQL that is no text', at.line);
  connection.unresolve(undefined, at, why, 'changes');
  return unknown('what the database answers', at.line);
}

function said(
  connection: Connection,
  { value, sql }: { readonly value: Value; readonly sql: string },
  bound: Value | undefined,
  at: At,
): Value {
  const values = bound === undefined ? null : unknown('SQL with values bound to it', at.line);
  const doubt = at.doubt ?? values;
  connection.say(sql, { ...at, doubt }, knownOf(value, sql));
  const rows = value.kind === 'scalar' ? rowsOf(sql, bound, connection) : null;
  if (rows !== null) return rows;
  const isDone = !asks(sql) && doubt === null && value.kind !== 'unknown';
  return isDone ? scalar(true) : unknown('what the database answers', at.line);
}

function rowsOf(sql: string, bound: Value | undefined, { catalog }: Connection): Value | null {
  const rows = answered(sql, bound, catalog);
  return rows === null ? null : { kind: 'thing', thing: new Result(rows) };
}

/** The statement as far as it is known; null where nothing of it is. */
function sqlOf(value: Value): string | null {
  return textOf(value) ?? (value.kind === 'unknown' ? (value.text ?? null) : null);
}

function knownOf(value: Value, sql: string): Omit<StatementPlace, keyof Place> {
  if (value.kind === 'unknown') return { unknown: value.why };
  const begin = value.kind === 'scalar' ? value.line : undefined;
  return begin === undefined ? {} : { lines: linesOf(sql, begin) };
}

/** It answers rows to a question, and true to all else: what fails throws. */
function asks(sql: string): boolean {
  return /^\s*\(?\s*(select|show|desc|explain|with)/i.test(sql);
}

/** The lines of what a statement defines, by the first word of each. */
function linesOf(sql: string, line: number): ReadonlyMap<string, number> {
  const rows = sql.split('\n');
  if (rows.length === 1) return new Map();
  const lines = new Map<string, number>();
  rows.forEach((row, at) => {
    const [, word] = /^\s*[`"]?(\w+)/.exec(row) ?? [];
    if (word !== undefined && !lines.has(word.toLowerCase()))
      lines.set(word.toLowerCase(), line + at);
    if (/^\s*(CONSTRAINT\b.*)?PRIMARY\s+KEY/i.test(row)) lines.set('PRIMARY KEY', line + at);
  });
  return lines;
}
