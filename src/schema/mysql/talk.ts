import type { Duplex } from 'node:stream';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import { DatabaseRefused, type DatabaseLogin } from '../database.ts';
import type { Question } from './information-schema.ts';
import { refusal, type ServerFault } from './refusal.ts';

/** Longest wait for one answer, in milliseconds; longer than a lock may be waited for. */
const ANSWER = 20_000;
const SYNTAX = 1064;

/** The rows of each statement. */
type Rows = readonly (readonly object[])[];

/** Statements that wait to be sent, and who waits for their rows. */
interface Due {
  readonly questions: readonly Question[];
  readonly resolve: (rows: Rows) => void;
  readonly reject: (fault: unknown) => void;
}

/** One connection and how it is asked. */
export class Talk implements AsyncDisposable {
  readonly login: DatabaseLogin;
  readonly #connection: Connection;
  readonly #stream: Duplex;
  readonly #due: Due[] = [];
  #over = false;

  constructor(connection: Connection, stream: Duplex, login: DatabaseLogin) {
    this.#connection = connection;
    this.#stream = stream;
    this.login = login;
    stream.once('close', () => {
      this.#over = true;
    });
  }

  get over(): boolean {
    return this.#over;
  }

  /** The rows a statement answers. Values are escaped by the driver, for the sql_mode that `SETTINGS` sets. */
  async ask<Row extends object>(sql: string, ...values: readonly string[]): Promise<Row[]> {
    const [rows = []] = await this.askAll([{ sql, values }]);
    return rows as Row[];
  }

  /** The rows of several statements. What is asked at the same moment goes in one round trip, in its order. */
  async askAll(questions: readonly Question[]): Promise<Rows> {
    return new Promise<Rows>((resolve, reject) => {
      if (this.#due.push({ questions, resolve, reject }) > 1) return;
      setImmediate(() => void this.#send(this.#due.splice(0)));
    });
  }

  /** A statement that fails keeps those after it from being asked: then each is asked by itself. */
  async #send(due: readonly Due[]): Promise<void> {
    const sent = this.#inOne(due.flatMap(({ questions }) => questions));
    const [only] = due;
    if (due.length === 1 && only !== undefined) {
      await sent.then(only.resolve, only.reject);
      return;
    }
    const rows = [...(await sent.catch(() => []))];
    for (const { questions, resolve, reject } of due) {
      if (rows.length > 0) resolve(rows.splice(0, questions.length));
      else await this.#inOne(questions).then(resolve, reject);
    }
  }

  /** In one round trip. A proxy that takes one statement at a time is asked so. */
  async #inOne(questions: readonly Question[]): Promise<Rows> {
    const [only] = questions;
    if (questions.length === 1 && only !== undefined) return [await this.#query(only)];
    const sql = questions.map((one) => one.sql).join(';\n');
    try {
      const values = questions.flatMap((one) => one.values);
      return (await this.#query({ sql, values })) as object[][];
    } catch (fault) {
      if (!(fault instanceof DatabaseRefused && fault.code === SYNTAX)) throw fault;
      const rows: object[][] = [];
      for (const one of questions) rows.push(await this.#query(one));
      return rows;
    }
  }

  async #query({ sql, values }: Question): Promise<object[]> {
    try {
      const asked = { sql, values: [...values], timeout: ANSWER };
      const [rows] = await this.#connection.query<RowDataPacket[]>(asked);
      return rows;
    } catch (fault) {
      // The driver would give the late answer to the next question.
      if ((fault as ServerFault).code === 'PROTOCOL_SEQUENCE_TIMEOUT') this.#cut();
      throw refused(this.login, fault);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#over) await this.#connection.end().catch(() => undefined);
    this.#cut();
  }

  #cut(): void {
    this.#over = true;
    this.#stream.destroy();
  }
}

/** What a fault of the driver is to us. */
export function refused(login: DatabaseLogin, fault: unknown): unknown {
  if (fault instanceof DatabaseRefused || !(fault instanceof Error)) return fault;
  return refusal(login, fault);
}
