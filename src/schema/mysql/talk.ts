import type { Duplex } from 'node:stream';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import { DatabaseRefused, type DatabaseLogin } from '../database.ts';
import type { Question } from './information-schema.ts';
import { refusal, type ServerFault } from './refusal.ts';

/** Longest wait for one answer, in milliseconds; longer than a lock may be waited for. */
const ANSWER = 20_000;
const SYNTAX = 1064;

/** One connection and how it is asked. */
export class Talk implements AsyncDisposable {
  readonly login: DatabaseLogin;
  readonly #connection: Connection;
  readonly #stream: Duplex;
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
    try {
      const asked = { sql, values: [...values], timeout: ANSWER };
      const [rows] = await this.#connection.query<(Row & RowDataPacket)[]>(asked);
      return rows;
    } catch (fault) {
      // The driver would give the late answer to the next question.
      if ((fault as ServerFault).code === 'PROTOCOL_SEQUENCE_TIMEOUT') this.#cut();
      throw refused(this.login, fault);
    }
  }

  /** The rows of several statements in one round trip. A proxy that takes one at a time is asked so. */
  async askAll(questions: readonly Question[]): Promise<readonly (readonly object[])[]> {
    const sql = questions.map((one) => one.sql).join(';\n');
    try {
      return await this.ask<object[]>(sql, ...questions.flatMap(({ values }) => values));
    } catch (fault) {
      if (!(fault instanceof DatabaseRefused && fault.code === SYNTAX)) throw fault;
      const rows: object[][] = [];
      for (const { sql: own, values } of questions) rows.push(await this.ask(own, ...values));
      return rows;
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
