import type { Fields } from './fields.ts';

/** Where one connection leads, in the application's own words. */
export interface Leads {
  /** `MySQLi`, `Postgre`, ... */
  readonly driver: string;
  /** A socket, `localhost`, or host and port, with what php.ini adds. */
  readonly server: string;
  readonly schema: string;
  readonly user: string;
  readonly prefix: string;
}

/** A database group of the application. */
export interface Connection {
  readonly name: string;
  /** The group itself first, then its failovers. */
  readonly leads: readonly Leads[];
  /** What the server calls itself, as a hash; null where the group is not in use, or nobody got in. */
  readonly identity: string | null;
}

/** All database groups of an application, as one PHP resolves them (src/php/connections.php). */
export interface Connections {
  readonly environment: string;
  /** The group of the migration ledger. */
  readonly ledger: string;
  /** The group of the sessions; null when they are not in a database. */
  readonly session: string | null;
  readonly groups: readonly Connection[];
}

/**
 * Reads the answer of src/php/connections.php.
 * @throws Unreadable with the name of the field that is not as agreed
 */
export function readConnections(answer: Fields): Connections {
  return {
    environment: answer.text('environment'),
    ledger: answer.text('ledger'),
    session: answer.textOrNull('session'),
    groups: answer.objects('groups').map((group) => ({
      name: group.text('name'),
      leads: group.objects('leads').map(readLeads),
      identity: group.textOrNull('identity'),
    })),
  };
}

function readLeads(leads: Fields): Leads {
  return {
    driver: leads.text('driver'),
    server: leads.text('server'),
    schema: leads.text('schema'),
    user: leads.text('user'),
    prefix: leads.text('prefix'),
  };
}
