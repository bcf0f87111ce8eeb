import * as v from 'valibot';
import type { InferOutput } from 'valibot';
import { programs } from '../php/programs.ts';
import type { Secret } from '../secret.ts';
import { command, shell, type Command, type Output } from '../server/command.ts';
import type { Tls } from './application.ts';
import type { Address } from '../server/server.ts';
import { readReply, type Reply } from './reply.ts';
import { flag, object, text, whole } from './shape.ts';

/** The two places CodeIgniter's own handlers keep sessions in. */
export type Home = 'files' | 'rows';

/** Where sessions are and where they go: all that the programs of src/php/cutover*.php need, but the login. */
export const Route = object({
  /** Names this cutover, so that two programs that work together find each other. */
  id: text,
  from: v.picklist(['files', 'rows']),
  files: object({ folder: text, cookie: text }),
  /**
   * `prefix` is what stands before the id in a row: the cookie's name and a colon since CodeIgniter 4.2.11. `mark` is the
   * ip_address of rows that a deploy of this site brought.
   */
  rows: object({ table: text, prefix: text, mark: text }),
  /** Seconds after which a session is over. */
  expiration: whole,
  /** `.env` of the live tree. */
  env: text,
  /** Lines at its top that keep the previous handler. */
  lines: text,
});
export type Route = InferOutput<typeof Route>;

/** What writing `.env` takes of a route. */
export type Pin = Pick<Route, 'id' | 'env' | 'lines'>;

/** The login of the application itself: its user is who reads and writes the rows. */
export interface SessionLogin {
  readonly address: Address;
  readonly user: string;
  readonly password: Secret;
  readonly database: string;
  readonly tls?: Tls | null;
}

/** Whose word counts when the two stores differ. */
export interface Copying {
  /** False where an earlier cutover broke off, so that either side may be newer. */
  readonly sourceIsRight: boolean;
  /**
   * Until then, in seconds since 1970, everything in the destination had been copied to the source; 0 when it was not.
   * What visitors ended since is removed there. Anything newer is removed only when a deploy brought it.
   */
  readonly broughtUntil: number;
}

/** One piece of work. `look` and `pin` need no database; `look` at rows does. */
export type Work =
  | { readonly work: 'look' }
  | ({ readonly work: 'copy'; readonly seconds: number } & Copying)
  | ({
      readonly work: 'cutover';
      /** `.env` holds the pinned lines once it is rewritten: the rollback. */
      readonly pinned: boolean;
      /** Sessions used within so many seconds are locked for the moment of the cutover. */
      readonly recent: number;
      /** Seconds to look after requests that had begun before the cutover, where nobody sees their end. */
      readonly watch: number;
      /** `listen` of all pools that serve the site, where their requests are seen; none where nobody knows them. */
      readonly sockets: readonly string[];
    } & Copying)
  | { readonly work: 'pin'; readonly pinned: boolean }
  | { readonly work: 'rewrite'; readonly pinned: boolean; readonly seconds: number };

/** What there is to move, and whether the user who looked can. */
export type Looked = InferOutput<typeof Looked>;
const Looked = object({
  user: text,
  /** Sessions that are not over. */
  sessions: whole,
  /** Of these, ids that CodeIgniter 4.6 and newer take for none. */
  foreign: whole,
  /** Bytes of the largest one. */
  largest: whole,
  opens: flag,
  writes: flag,
  seesEnv: flag,
});

/** What was done, as numbers: nothing of a session leaves the server. */
export type Moved = InferOutput<typeof Moved>;
const Moved = object({
  copied: whole,
  removed: whole,
  /** Locked at the cutover. */
  held: whole,
  /** Written by a request that had begun before the cutover, and brought after it. */
  late: whole,
  /** Written under both handlers at the same time: the newer one stayed. */
  undecided: whole,
  /** Not copied yet, for want of time. */
  left: whole,
  /** Milliseconds from the cutover until the last visitor had his session. */
  waited: whole,
  /** Longer than the column of the table. */
  tooLong: whole,
  /** When .env was renamed, in seconds since 1970 by the clock of the source; 0 when it was not. */
  cutoverAt: whole,
});

/** The program with its order inside, for a PHP that reads it from standard input: a password is in no list of processes. */
export function orderedProgram(order: string): string {
  const text = Buffer.from(order).toString('base64');
  return `${programs.cutover}\nobey(json_decode(base64_decode('${text}'), true));\n`;
}

/** The program as a file for PHP-FPM: it holds no secret, the order comes with the request. */
export const servedProgram = `${programs.cutover}\nobey(json_decode(file_get_contents('php://input'), true));\n`;

/** The order as text. `login` is null for work that needs no database. */
export function orderOf(
  route: Route | Pin,
  work: Work,
  login: SessionLogin | null,
  nonce: string,
): string {
  return JSON.stringify({
    ...route,
    ...work,
    nonce,
    login: login === null ? null : loginOf(login),
  });
}

function loginOf({ address, user, password, database, tls }: SessionLogin): object {
  const to =
    'socket' in address
      ? { host: 'localhost', port: 0, socket: address.socket }
      : { host: address.host, port: address.port, socket: '' };
  // PHP reads the files itself, on the server.
  const secured = tls ? { paths: tls.paths, verify: tls.verify } : null;
  return { ...to, user, password: password.reveal(), database, tls: secured };
}

/** The order for PHP on the command line, as ourselves or as somebody whom sudo lets us be. */
export function commandFor(php: string, order: string, as: string | null): Command {
  const args = ['-d', 'display_errors=stderr', '-d', 'memory_limit=512M'];
  const options = { stdin: orderedProgram(order), shown: 'command', survives: true } as const;
  return as === null
    ? command(php, args, options)
    : command('sudo', ['-n', '-u', as, php, ...args], options);
}

/**
 * Shell text: `$copy` is where a copy of the file `$file` is made before that one is replaced. It lies in the state
 * directory `$state`. A rename cannot cross file systems, so where `.env` is a link to another one, it lies beside it.
 */
export const placeOfCopy = `copy=$state/env
[ "$(stat -c %d -- "$state")" = "$(stat -c %d -- "$(dirname -- "$file")")" ] || copy=$file.ci4-deploy`;

// Where there is nothing to change nothing is copied: a full disk is one reason to go back.
const withCopy = `# write .env by one rename
file=$(readlink -f -- "$1") || exit
state=$4
mkdir -p -- "$state"
${placeOfCopy}
trap 'rm -f -- "$copy"' EXIT
trap 'exit 143' TERM HUP INT
if grep -qxF -e "$2" -- "$file"; then pinned=true; else pinned=false; fi
[ "$pinned" = "$3" ] || cp --preserve=all -- "$file" "$copy" || exit
shift 4
CI4_DEPLOY_COPY=$copy "$@"`;

/**
 * The order for who may write `.env`: a copy with its owner, mode and access list is made first.
 * @param state `<git dir>/ci4-deploy`
 */
export function commandForEnvironment(
  php: string,
  { env, lines }: Pin,
  state: string,
  pinned: boolean,
  order: string,
): Command {
  const [mark = ''] = lines.split('\n');
  const values = [env, mark, String(pinned), state, php, '-d', 'display_errors=stderr'];
  return shell(withCopy, values, {
    stdin: orderedProgram(order),
    shown: 'command',
    survives: true,
  });
}

/** Reads what there is to move. */
export function readLooked(output: Output, nonce: string): Reply<Looked> {
  return readReply(output, nonce, Looked);
}

/** Reads what was moved. */
export function readMoved(output: Output, nonce: string): Reply<Moved> {
  return readReply(output, nonce, Moved);
}

/** Whether `.env` was changed. */
export function readChanged(output: Output, nonce: string): Reply<boolean> {
  const reply = readReply(output, nonce, object({ changed: flag }));
  return reply.ok ? { ok: true, value: reply.value.changed } : reply;
}

/** A program of the cutover could not do its work; its own words. */
export class CutoverFailed extends Error {
  override readonly name = 'CutoverFailed';
}
