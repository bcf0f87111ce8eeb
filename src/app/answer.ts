import { Secret } from '../secret.ts';
import type { Address } from '../server/server.ts';
import type {
  Application,
  ApplicationDatabase,
  Canary,
  Migration,
  SessionConfiguration,
} from './application.ts';
import { readConnections } from './connections.ts';
import type { Fields } from './fields.ts';

/**
 * The answer of src/php/probe.php.
 * @throws Unreadable with the name of the field that is not as agreed
 */
export function readApplicationFields(answer: Fields): Application {
  const ledger = answer.object('ledger');
  const ledgerDatabase = readDatabase(answer.object('ledgerDatabase'));
  return {
    framework: answer.text('framework'),
    php: answer.text('php'),
    environment: answer.text('environment'),
    baseUrl: answer.text('baseUrl'),
    root: answer.text('root'),
    writable: answer.text('writable'),
    session: readSession(answer.object('session')),
    sessionDatabase: answer.isNull('sessionDatabase')
      ? ledgerDatabase
      : readDatabase(answer.object('sessionDatabase')),
    ledgerDatabase,
    connections: readConnections(answer.object('connections')),
    ledger: {
      table: ledger.text('table'),
      enabled: ledger.flag('enabled'),
      lockTable: ledger.textOrNull('lockTable'),
    },
    caches: answer.texts('caches'),
    migrations: answer.objects('migrations').map(readMigration),
    namespace: answer.text('namespace'),
  };
}

/**
 * The answer of src/php/canary.php.
 * @throws Unreadable with the name of the field that is not as agreed
 */
export function readCanaryFields(answer: Fields): Canary {
  return {
    handler: answer.text('handler'),
    written: answer.flag('written'),
    same: answer.flag('same'),
    stamp: answer.wholeOrNull('stamp'),
    clock: answer.wholeOrNull('clock'),
    left: answer.whole('left'),
  };
}

function readSession(session: Fields): SessionConfiguration {
  return {
    source: session.text('source'),
    driver: session.text('driver'),
    inDatabase: session.flag('inDatabase'),
    cookieName: session.text('cookieName'),
    savePath: session.text('savePath'),
    matchIP: session.flag('matchIP'),
    expiration: session.whole('expiration'),
    table: session.textOrNull('table'),
    forgeTable: session.textOrNull('forgeTable'),
  };
}

function readDatabase(database: Fields): ApplicationDatabase {
  return {
    driver: database.text('driver'),
    hostname: database.text('hostname'),
    address: readAddress(database.object('address')),
    user: database.text('user'),
    password: new Secret(database.text('password')),
    database: database.text('database'),
    prefix: database.text('prefix'),
    debug: database.flag('debug'),
    strict: database.flag('strict'),
    refused: database.textOrNull('refused'),
  };
}

function readAddress(address: Fields): Address {
  return address.has('socket')
    ? { socket: address.text('socket') }
    : { host: address.text('host'), port: address.whole('port') };
}

function readMigration(migration: Fields): Migration {
  const down = migration.object('down');
  const needs = migration.object('needs');
  return {
    namespace: migration.text('namespace'),
    version: migration.text('version'),
    class: migration.text('class'),
    path: migration.text('path'),
    line: migration.whole('line'),
    needs: { up: needs.texts('up'), down: needs.texts('down') },
    down: {
      empty: down.flag('empty'),
      drops: down.texts('drops'),
      dropsUnknown: down.flag('dropsUnknown'),
    },
  };
}
