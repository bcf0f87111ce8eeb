import type { Database, DatabaseLogin } from '../schema/database.ts';

/** Opens the application's databases through the server. */
export type LogIn = (login: DatabaseLogin, signal: AbortSignal) => Promise<Database>;

/** The connections of one deploy: one for each login, kept until the end and opened again when it was lost. */
export class Databases {
  readonly #logIn: LogIn;
  readonly #opened = new Map<string, Promise<Database>>();

  constructor(logIn: LogIn) {
    this.#logIn = logIn;
  }

  /** @throws what logging in throws: ForwardRefused, DatabaseRefused */
  async open(login: DatabaseLogin, signal: AbortSignal): Promise<Database> {
    const key = JSON.stringify([login.address, login.user, login.database]);
    const known = this.#opened.get(key);
    if (known !== undefined && (await known).open) return known;
    const opened = this.#logIn(login, signal);
    this.#opened.set(key, opened);
    opened.catch(() => this.#opened.delete(key));
    return opened;
  }

  /** Ends the connections, and with them the locks they hold there. */
  async close(): Promise<void> {
    for (const opened of this.#opened.values()) {
      const database = await opened.catch(() => undefined);
      await database?.[Symbol.asyncDispose]();
    }
  }
}
