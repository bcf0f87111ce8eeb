import { programs } from '../php/programs.ts';
import { command, type Command, type Output } from '../server/command.ts';
import type { BootFailure } from './application.ts';
import type { Fields } from './fields.ts';
import { readReply } from './reply.ts';

/** Where the words of a connection lead. */
export interface Leads {
  readonly host: string;
  /** As configured; empty where it is left out. */
  readonly port: string;
  readonly database: string;
  /** A DSN is set, which comes before all of these. */
  readonly dsn: boolean;
}

/** A database group of Config\Database, as the application resolved it. */
export interface Group extends Leads {
  readonly name: string;
  readonly driver: string;
  /** Connections that are taken when the first one refuses, by their keys. */
  readonly failovers: readonly (Leads & { readonly key: string })[];
  /** Where its connection really leads; null when it was not asked to connect, or is no MySQLi. */
  readonly reached: Reached | null;
}

/** What the application found when it connected. */
export interface Reached {
  /** The application's own words, when it could not log in. */
  readonly refused: string | null;
  /** The connection that holds the lock asked for; 0 when nobody does. */
  readonly holder: number;
  readonly database: string;
}

/** The groups, or why the application did not answer. */
export type GroupsAnswered =
  | { readonly ok: true; readonly groups: readonly Group[] }
  | { readonly ok: false; readonly failure: BootFailure };

/**
 * Asks the application for its database groups.
 * @param mark name of a lock that only the right server knows; without it nothing connects
 */
export function askGroups(php: string, root: string, nonce: string, mark: string | null): Command {
  return command(php, ['-d', 'display_errors=stderr', '--', root, nonce], {
    stdin: programs.groups,
    shown: 'command',
    env: { CI4_DEPLOY_MARK: mark ?? '' },
  });
}

/** What {@link askGroups} brought back. */
export function readGroups(output: Output, nonce: string): GroupsAnswered {
  const reply = readReply(output, nonce, (answer) => answer.objects('groups').map(readGroup));
  return reply.ok ? { ok: true, groups: reply.value } : reply;
}

function readGroup(group: Fields): Group {
  return {
    name: group.text('name'),
    driver: group.text('driver'),
    ...readLeads(group),
    failovers: group
      .objects('failovers')
      .map((failover) => ({ key: failover.text('key'), ...readLeads(failover) })),
    reached: group.isNull('reached') ? null : readReached(group.object('reached')),
  };
}

function readLeads(words: Fields): Leads {
  return {
    host: words.text('host'),
    port: words.text('port'),
    database: words.text('database'),
    dsn: words.flag('dsn'),
  };
}

function readReached(reached: Fields): Reached {
  return {
    refused: reached.textOrNull('refused'),
    holder: reached.whole('holder'),
    database: reached.text('database'),
  };
}
