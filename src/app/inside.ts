import type { Output } from '../server/command.ts';
import type { BootFailure } from './application.ts';
import { readConnections, type Connections } from './connections.ts';
import { Fields } from './fields.ts';
import { readReply } from './reply.ts';

/** How the application looks from inside PHP-FPM (src/php/inside.php). */
export interface Inside {
  readonly php: string;
  /** Whom PHP-FPM runs as. */
  readonly user: string;
  readonly extensions: readonly string[];
  readonly readsEnv: boolean;
  /** opcache is on for this PHP. */
  readonly opcache: boolean;
  /** opcache looks whether a file has changed (opcache.validate_timestamps). */
  readonly looksAgain: boolean;
  /** Seconds between two of these looks (opcache.revalidate_freq). */
  readonly looksEvery: number;
  /** The file that is compiled when PHP-FPM starts and never looked at again (opcache.preload); empty without one. */
  readonly preload: string;
  /** The folder of opcache.file_cache, where old code in it would stay for good; null where there is none. */
  readonly lockedCache: string | null;
  /** Settings of the site's .user.ini, which holds for visitors and not for the program that answered. */
  readonly userIni: readonly string[];
  /** Writable places of the application that this user cannot write to. */
  readonly closed: readonly string[];
  readonly session: InsideSession | { readonly failure: BootFailure };
}

/** Session settings and databases as PHP-FPM resolves them, with the environment of its pool. */
export interface InsideSession {
  readonly driver: string;
  readonly cookieName: string;
  readonly savePath: string;
  readonly matchIP: boolean;
  readonly connections: Connections;
}

/**
 * Reads what PHP-FPM answered; null when it did not run the program.
 * @throws Unreadable with the name of the field that is not as agreed
 */
export function readInside(body: string, nonce: string): Inside | null {
  const output: Output = { exit: { code: 0 }, stdout: body, stderr: '' };
  const start = body.indexOf(nonce);
  const end = body.indexOf(nonce, start + nonce.length);
  if (start < 0 || end < 0) return null;
  const known = new Fields(JSON.parse(body.slice(start + nonce.length, end)), '').object('known');
  const session = readReply(output, nonce, readSession);
  return {
    php: known.text('php'),
    user: known.text('user'),
    extensions: known.texts('extensions'),
    readsEnv: known.flag('readsEnv'),
    opcache: known.flag('opcache'),
    looksAgain: known.flag('looksAgain'),
    looksEvery: known.whole('looksEvery'),
    preload: known.text('preload'),
    lockedCache: known.textOrNull('lockedCache'),
    userIni: known.texts('userIni'),
    closed: known.texts('closed'),
    session: session.ok ? session.value : { failure: session.failure },
  };
}

function readSession(answer: Fields): InsideSession {
  return {
    driver: answer.text('driver'),
    cookieName: answer.text('cookieName'),
    savePath: answer.text('savePath'),
    matchIP: answer.flag('matchIP'),
    connections: readConnections(answer.object('connections')),
  };
}
