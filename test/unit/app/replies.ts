import type { Output } from '../../../src/server/command.ts';

export const nonce = 'n0nce';

/** What a program printed between its markers, among what the application prints. */
export function printed(reply: unknown, code = 0): Output {
  return {
    exit: { code },
    stdout: `Notice: x\n${nonce}${JSON.stringify(reply)}${nonce}\nbye`,
    stderr: '',
  };
}

/** A full answer of the probe with sessions in the default database. */
export function answer(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    framework: '4.7.2',
    php: '8.2.1',
    environment: 'production',
    baseUrl: 'http://localhost/',
    root: '/srv/app',
    writable: '/srv/app/writable',
    namespace: 'App',
    session: {
      source: 'Config\\Session',
      driver: 'CodeIgniter\\Session\\Handlers\\DatabaseHandler',
      inDatabase: true,
      cookieName: 'ci_session',
      savePath: 'ci_sessions',
      matchIP: false,
      expiration: 7200,
      table: 'app_ci_sessions',
      forgeTable: 'app_ci_sessions',
    },
    ledgerDatabase: database(),
    sessionDatabase: null,
    ledger: { table: 'app_migrations', enabled: true, lockTable: null },
    connections: { environment: 'production', ledger: 'default', session: 'default', groups: [] },
    caches: [],
    migrations: [
      {
        namespace: 'App',
        version: '20260109000000',
        class: 'App\\Database\\Migrations\\CreateSessionTable',
        path: 'app/Database/Migrations/2026-01-09-000000_CreateSessionTable.php',
        line: 7,
        needs: { up: ['CREATE'], down: ['DROP'] },
        down: { empty: false, drops: ['ci_sessions'], dropsUnknown: false },
      },
    ],
    ...changes,
  };
}

/** One connection in an answer. */
export function database(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    driver: 'MySQLi',
    hostname: '127.0.0.1',
    address: { host: '127.0.0.1', port: 3306 },
    user: 'shop',
    password: 'hunter2',
    database: 'shop',
    prefix: 'app_',
    debug: true,
    strict: false,
    refused: null,
    silent: false,
    tls: null,
    ...changes,
  };
}
