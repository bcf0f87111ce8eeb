import { request } from '../../net/fastcgi.ts';
import type { Pool, Serving } from '../../app/pool.ts';
import { readInside, type Inside } from '../../app/inside.ts';
import { programs } from '../../php/programs.ts';
import type { JournalBook } from '../../plan/journal.ts';
import type { Site } from '../../plan/site.ts';
import { nothing, shell, type Command } from '../../server/command.ts';
import { ForwardRefused } from '../../server/failures.ts';
import { query, perform } from '../../server/round.ts';
import type { Address } from '../../server/server.ts';
import { join } from '../../release/paths.ts';

// PHP-FPM runs files only. This one lies beside git's own, where no web server looks, and holds no secret.
const place = `# lay down the question for PHP-FPM
mkdir -p "$1" && chmod a+x "$1" && cat >"$1/$2" && chmod 644 "$1/$2"`;

const remove = `# take the question away again
rm -f "$1/$2" && rmdir --ignore-fail-on-non-empty "$1"`;

/** A program for PHP-FPM and what it is given. */
export interface Question {
  /** What its file is called for as long as it runs. */
  readonly name: string;
  readonly program: string;
  readonly params?: Readonly<Record<string, string>>;
  /** What it reads as php://input: the place for secrets. */
  readonly body?: string;
  /** It changes the site, so that the lock has to be ours at that moment. */
  readonly changes?: boolean;
}

/** Programs that lie there already, by their names; releasing the lock takes away all of a run. */
const laidDown = new WeakMap<JournalBook, Map<string, string>>();

/**
 * Lets PHP-FPM run a program of ours, as its own user, through its own socket over our connection. The request has what the web server adds to each.
 * @param stateDir `<git dir>/ci4-deploy`, where the program's file lies meanwhile
 * @returns its page, or why there is none, as the end of a sentence
 */
export async function askFpm(
  site: Site,
  serving: Serving,
  stateDir: string,
  question: Question,
  signal: AbortSignal,
): Promise<{ readonly page: string } | string> {
  const name = fileOf(question.name, site.journal);
  const ask = async (): Promise<{ readonly page: string } | string> =>
    answerOf(site, serving, join(stateDir, name), question, signal);
  const lay = shell(place, [stateDir, name], { stdin: question.program });
  const { locked } = site.journal.now;
  if (question.changes !== true && locked) {
    return askAgain(site, { name, program: question.program, lay, ask }, signal);
  }
  try {
    await perform(site.server, [lay], signal);
    return await ask();
  } finally {
    const removed = locked ? nothing : shell(remove, [stateDir, name]);
    await query(site.server, { removed }, signal);
  }
}

/** What is asked of PHP-FPM under a lock: who has it lay down in a round of his own saves a round trip. */
const known = { ask: programs.inside, compiled: programs.compiled } as const;

/** Lays a question down that will be asked; nothing without a lock, or where it lies there. It changes something, also among questions. */
export function laying({ journal }: Site, question: keyof typeof known): Command {
  if (!journal.now.locked) return nothing;
  const name = fileOf(question, journal);
  const program = known[question];
  if (remember(journal).get(name) === program) return nothing;
  // Where this fails it is not found, and laid down once more.
  remember(journal).set(name, program);
  return { ...shell(place, [journal.now.stateDir, name], { stdin: program }), survives: true };
}

function fileOf(name: string, { now }: JournalBook): string {
  return `${name}-${now.id}.php`;
}

function remember(journal: JournalBook): Map<string, string> {
  const there = laidDown.get(journal) ?? new Map<string, string>();
  laidDown.set(journal, there);
  return there;
}

interface Laid {
  readonly name: string;
  readonly program: string;
  readonly lay: Command;
  readonly ask: () => Promise<{ readonly page: string } | string>;
}

/** Under the lock a question stays until that is released: who asks again need not lay it down again. */
async function askAgain(
  { journal, server }: Site,
  { name, program, lay, ask }: Laid,
  signal: AbortSignal,
): Promise<{ readonly page: string } | string> {
  const there = remember(journal);
  if (there.get(name) === program) {
    const answer = await ask();
    // Somebody may have taken it away.
    if (typeof answer !== 'string') return answer;
  }
  await perform(server, [lay], signal);
  there.set(name, program);
  return ask();
}

/** What PHP-FPM sees of the application at `root`; a sentence where it could not be asked. */
export async function inside(
  site: Site,
  serving: Serving,
  stateDir: string,
  root: string,
  signal: AbortSignal,
): Promise<Inside | string> {
  const { nonce } = site.run;
  const fresh = root === site.release.live ? '0' : '1';
  const params = { CI4_DEPLOY_ROOT: root, CI4_DEPLOY_NONCE: nonce, CI4_DEPLOY_FRESH: fresh };
  const question = { name: 'ask', program: programs.inside, params };
  const reported = await askFpm(site, serving, stateDir, question, signal);
  if (typeof reported === 'string') return reported;
  return readInside(reported.page, nonce) ?? 'its answer is not readable';
}

async function answerOf(
  site: Site,
  { pool, params: added }: Serving,
  script: string,
  { params = {}, body = '' }: Question,
  signal: AbortSignal,
): Promise<{ readonly page: string } | string> {
  try {
    const stream = await site.server.open(addressOf(pool), signal);
    try {
      const answer = await request(
        stream,
        {
          SCRIPT_FILENAME: script,
          SCRIPT_NAME: '/ci4-deploy',
          REQUEST_URI: '/ci4-deploy',
          REQUEST_METHOD: body === '' ? 'GET' : 'POST',
          CONTENT_TYPE: body === '' ? '' : 'application/json',
          SERVER_PROTOCOL: 'HTTP/1.1',
          GATEWAY_INTERFACE: 'CGI/1.1',
          REMOTE_ADDR: '127.0.0.1',
          ...added,
          ...params,
        },
        body,
      );
      // Every program of ours marks its answer; without the mark it is PHP-FPM's own page.
      return answer.body.includes(site.run.nonce)
        ? { page: answer.body }
        : refusal(answer.status, pool.user);
    } finally {
      stream.destroy();
    }
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ForwardRefused) return `${site.server.name} cannot open ${pool.listen}`;
    return error instanceof Error ? error.message : String(error);
  }
}

function refusal(status: number, user: string): string {
  if (status >= 500)
    return `it answered with status ${status}: a program of ours ends there, often because a function is switched off (disable_functions); its log says which`;
  return `it answered with status ${status}: ${user} cannot read files in the clone, or open_basedir or security.limit_extensions keep it from them`;
}

/** `listen` of a pool: a path, a port, or host and port. */
function addressOf({ listen }: Pool): Address {
  if (listen.startsWith('/')) return { socket: listen };
  const [, host, port] = /^(?:(.*):)?(\d+)$/.exec(listen) ?? [];
  const own = host === undefined || host === '' || host === '0.0.0.0' || host === '[::]';
  return { host: own ? '127.0.0.1' : host.replace(/^\[|\]$/g, ''), port: Number(port) };
}
