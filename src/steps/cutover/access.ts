import {
  CutoverFailed,
  commandFor,
  commandForEnvironment,
  orderOf,
  servedProgram,
  type SessionLogin,
  type Pin,
  type Route,
  type Work,
} from '../../app/cutover.ts';
import type { Pool } from '../../app/pool.ts';
import type { Reply } from '../../app/reply.ts';
import type { SessionFileAccess } from '../../plan/journal.ts';
import type { Site } from '../../plan/site.ts';
import type { Output } from '../../server/command.ts';
import { query } from '../../server/round.ts';
import { askFpm } from '../fpm/ask.ts';

/** Reads what a program answered. */
export type Read<T> = (output: Output, nonce: string) => Reply<T>;

type EnvironmentWork = Extract<Work, { work: 'pin' | 'rewrite' }>;

/** The accesses to the owner of the session files, the plainest first. */
export function accessesTo(
  user: string,
  owner: string,
  pools: readonly Pool[],
): readonly SessionFileAccess[] {
  if (user === owner) return [{ kind: 'self' }];
  const pool = pools.find((one) => one.user === owner);
  return [
    ...(pool === undefined ? [] : [{ kind: 'fpm', pool } as const]),
    { kind: 'sudo', user: owner },
  ];
}

/** An access in words, as the end of "as www-data ...". */
export function describeAccess(access: SessionFileAccess): string {
  switch (access.kind) {
    case 'self':
      return 'as ourselves, who own the session files';
    case 'sudo':
      return `as ${access.user}, by sudo`;
    case 'fpm':
      return `as ${access.pool.user}, through the socket of PHP-FPM`;
  }
}

/** Lets the owner of the session files do a piece of work; why it could not is part of the answer. */
export async function asOwner<T>(
  site: Site,
  access: SessionFileAccess,
  route: Route,
  work: Work,
  login: SessionLogin | null,
  read: Read<T>,
  signal: AbortSignal,
): Promise<Reply<T>> {
  const { nonce } = site.run;
  const order = orderOf(route, work, login, nonce);
  if (access.kind !== 'fpm') {
    const as = access.kind === 'sudo' ? access.user : null;
    const question = { answer: commandFor(site.config.php, order, as) };
    return read((await query(site.server, question, signal)).answer, nonce);
  }
  const question = { name: work.work, program: servedProgram, body: order, changes: true };
  const reported = await askFpm(
    site,
    { pool: access.pool, params: {} },
    site.journal.now.stateDir,
    question,
    signal,
  );
  if (typeof reported === 'string') {
    return { ok: false, failure: { phase: 'PHP-FPM', message: reported, at: null } };
  }
  return read({ exit: { code: 0 }, stdout: reported.page, stderr: '' }, nonce);
}

/** The same for `.env`, which is ours to write. */
export async function onEnvironment<T>(
  site: Site,
  route: Pin,
  work: EnvironmentWork,
  login: SessionLogin | null,
  read: Read<T>,
  signal: AbortSignal,
): Promise<Reply<T>> {
  const { nonce } = site.run;
  const order = orderOf(route, work, login, nonce);
  const writing = commandForEnvironment(
    site.config.php,
    route,
    site.journal.now.stateDir,
    work.pinned,
    order,
  );
  return read((await query(site.server, { answer: writing }, signal)).answer, nonce);
}

/** @throws Error with the program's own words */
export function unwrapReply<T>(reply: Reply<T>, what: string): T {
  if (reply.ok) return reply.value;
  throw new CutoverFailed(`${what}: ${reply.failure.message}`);
}
