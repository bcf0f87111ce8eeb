import type { InferOutput } from 'valibot';
import { programs } from '../php/programs.ts';
import { command, type Command, type Output } from '../server/command.ts';
import type { BootFailure } from './application.ts';
import { readReply } from './reply.ts';
import { flag, list, object, orNull, text, whole } from './shape.ts';

const leads = {
  host: text,
  /** As configured; empty where it is left out. */
  port: text,
  database: text,
  /** A DSN is set, which comes before all of these. */
  dsn: flag,
};

/** What the application found when it connected. */
export type Reached = InferOutput<typeof Reached>;
const Reached = object({
  /** The application's own words, when it could not log in. */
  refused: orNull(text),
  /** The connection that holds the lock asked for; 0 when nobody does. */
  holder: whole,
  database: text,
});

/** A database group of Config\Database, as the application resolved it. */
export type Group = InferOutput<typeof Group>;
const Group = object({
  name: text,
  driver: text,
  ...leads,
  /** Connections that are taken when the first one refuses, by their keys. */
  failovers: list(object({ key: text, ...leads })),
  /** Where its connection really leads; null when it was not asked to connect, or is no MySQLi. */
  reached: orNull(Reached),
});

/** Where the words of a connection lead. */
export type Leads = Pick<Group, keyof typeof leads>;

const Groups = object({ groups: list(Group) });

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
  const reply = readReply(output, nonce, Groups);
  return reply.ok ? { ok: true, groups: reply.value.groups } : reply;
}
