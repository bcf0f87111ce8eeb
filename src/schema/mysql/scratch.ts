import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { createConnection, escapeId, type Connection, type RowDataPacket } from 'mysql2/promise';
import { addressText } from '../../server/failures.ts';
import type { Address } from '../../server/server.ts';
import type { Database, DatabaseLogin } from '../database.ts';
import { logIn } from './mysql.ts';
import { refusal, type ServerFault } from './refusal.ts';
import { DatabaseUnreachable, type Scratch, type Thing } from '../scratch.ts';

/** Longest wait for a connection, in milliseconds: the server is on this machine or beside it. */
const PATIENCE = 20_000;

const CONTENTS = `SELECT CASE TABLE_TYPE WHEN 'VIEW' THEN 'view' WHEN 'SEQUENCE' THEN 'sequence' ELSE 'table' END AS kind,
    TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = ?
  UNION ALL SELECT LOWER(ROUTINE_TYPE), ROUTINE_NAME FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = ?
  UNION ALL SELECT 'event', EVENT_NAME FROM information_schema.EVENTS WHERE EVENT_SCHEMA = ?`;

/**
 * Logs in to a throw-away database from this machine.
 * @throws DatabaseUnreachable when nothing answers there
 * @throws DatabaseRefused when the server does not let us in
 */
export async function openScratch(login: DatabaseLogin, signal: AbortSignal): Promise<Scratch> {
  const database = await logIn(login, reach, signal);
  try {
    const connection = await createConnection({
      stream: await reach(login.address),
      user: login.user,
      password: login.password.reveal(),
      database: login.database,
      charset: 'utf8mb4',
      disableEval: true,
      flags: ['-LOCAL_FILES'],
    });
    // What a server ends meanwhile, the next statement tells.
    connection.on('error', () => undefined);
    return new MysqlScratch(database, connection, login);
  } catch (fault) {
    await database[Symbol.asyncDispose]();
    throw fault instanceof DatabaseUnreachable ? fault : refusal(login, fault as ServerFault);
  }
}

async function reach(address: Address): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const socket =
      'socket' in address ? connect(address.socket) : connect(address.port, address.host);
    socket.setTimeout(PATIENCE, () => socket.destroy(new Error('no answer')));
    socket.once('error', (cause) => {
      const said = (cause as NodeJS.ErrnoException).code ?? cause.message;
      const message = `Nothing answers at ${addressText(address)} (${said}).`;
      reject(new DatabaseUnreachable(message, { cause }));
    });
    socket.once('connect', () => {
      socket.setTimeout(0);
      resolve(socket);
    });
  });
}

class MysqlScratch implements Scratch {
  readonly database: Database;
  readonly #connection: Connection;
  readonly #login: DatabaseLogin;

  constructor(database: Database, connection: Connection, login: DatabaseLogin) {
    this.database = database;
    this.#connection = connection;
    this.#login = login;
  }

  async contents(): Promise<readonly Thing[]> {
    const { database } = this.#login;
    const rows = await this.#ask<Thing>(CONTENTS, database, database, database);
    return rows
      .map(({ kind, name }) => ({ kind, name }))
      .toSorted((a, b) => (a.kind + a.name < b.kind + b.name ? -1 : 1));
  }

  async remove(things: readonly Thing[]): Promise<void> {
    await this.#ask('SET SESSION foreign_key_checks = 0, SESSION lock_wait_timeout = 10');
    for (const { kind, name } of things) {
      await this.#ask(`DROP ${kind.toUpperCase()} IF EXISTS ${escapeId(name, true)}`);
    }
  }

  async execute(statement: string): Promise<void> {
    await this.#ask(statement);
  }

  async mark(name: string): Promise<number> {
    const sql = 'SELECT GET_LOCK(?, 0) AS taken, CONNECTION_ID() AS holder';
    const [row] = await this.#ask<{ taken: number; holder: number }>(sql, name);
    return row?.holder ?? 0;
  }

  async #ask<Row extends object>(sql: string, ...values: readonly string[]): Promise<Row[]> {
    try {
      const [rows] = await this.#connection.query<(Row & RowDataPacket)[]>(sql, [...values]);
      return rows;
    } catch (fault) {
      throw refusal(this.#login, fault as ServerFault);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.database[Symbol.asyncDispose]();
    await this.#connection.end().catch(() => undefined);
    this.#connection.destroy();
  }
}
