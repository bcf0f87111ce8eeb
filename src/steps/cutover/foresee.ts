import { counted } from '../../count.ts';
import { isDeepStrictEqual } from 'node:util';
import { allowRunPhp } from '../../remedies/fpm.ts';
import { asRoot, inClone, inInputs, type Instruction } from '../../remedy.ts';
import type { Application } from '../../app/application.ts';
import { placeOfCopy, readLooked, type Looked, type Route } from '../../app/cutover.ts';
import type { Config } from '../../config/config.ts';
import { type Finding, remedies } from '../../finding.ts';
import type { StageFacts } from '../../plan/facts.ts';
import type { Cutover, SessionFileAccess } from '../../plan/journal.ts';
import type { Site } from '../../plan/site.ts';
import { shell, succeeded, quote } from '../../server/command.ts';
import { query } from '../../server/round.ts';
import { countSessions } from './count.ts';
import { resolveSessionLogin } from './session-login.ts';
import { lastMove } from './moves.ts';
import {
  dropsForeignIds,
  handlerChanges,
  obstacles,
  otherPlace,
  routeOf,
  type Obstacle,
} from './route.ts';
import { asOwner, describeAccess, accessesTo } from './access.ts';

/** How the visitors of a commit keep their sessions. */
export type SessionMove = Pick<StageFacts, 'cutover' | 'sessions' | 'loggedOut' | 'largestSession'>;

/** Nothing is moved. */
export const sessionsStay: SessionMove = {
  cutover: null,
  sessions: null,
  loggedOut: null,
  largestSession: 0,
};

/**
 * Whether the commit moves the sessions, and whether its visitors can keep theirs; said before anything is changed.
 * Findings go to the site.
 */
export async function foreseeCutover(
  site: Site<'inspect'>,
  staged: Application,
  signal: AbortSignal,
): Promise<SessionMove> {
  const { live } = site.facts.inspect;
  const moves = handlerChanges(live, staged);
  const elsewhere = moves ? [] : otherPlace(live, staged);
  if (!moves && elsewhere.length === 0) return sessionsStay;
  const against = moves
    ? [...switchedOff(site), ...unseen(site), ...obstacles(live, staged)]
    : elsewhere;
  const counting = countSessions(site, live, signal);
  if (against.length > 0) return ends(site, await counting, null, against);
  return foreseeMove(site, staged, counting, signal);
}

/** Sessions end with this commit: `visitors` of them, null for all. */
function ends(
  site: Site,
  sessions: number | null,
  visitors: number | null,
  against: readonly Obstacle[],
): SessionMove {
  site.find(loggedOut(site.config, sessions, visitors, against));
  return { ...sessionsStay, sessions, loggedOut: { sessions: visitors ?? sessions } };
}

/** Nothing in the two configurations is against it: who could read and write the sessions on the server. */
async function foreseeMove(
  site: Site<'inspect'>,
  staged: Application,
  counting: Promise<number | null>,
  signal: AbortSignal,
): Promise<SessionMove> {
  const { live } = site.facts.inspect;
  const { id, pinned } = site.journal.now;
  const place = `${site.config.target.host}:${site.config.path}`;
  const route = routeOf(live, staged, id, place, pinned);
  const [sessions, open, locked, broughtUntil] = await Promise.all([
    counting,
    findAccess(site, route, signal),
    unwritable(site, route, signal),
    lastMove(site, route, signal),
  ]);
  // All of it at once: who removes one obstacle does not want to meet the next one.
  if (!('access' in open)) return ends(site, sessions, null, [...open.against, ...locked]);
  if (locked.length > 0) return ends(site, sessions, null, locked);
  const withRows = route.from === 'files' ? staged : live;
  const cutover = decide(site, route, withRows, open, broughtUntil);
  const { largest, foreign } = open.looked;
  const drops = dropsForeignIds(live, staged) && foreign > 0;
  const dropped = drops ? ends(site, sessions, foreign, [newRule(live, staged)]) : sessionsStay;
  return { ...dropped, cutover, sessions, largestSession: largest };
}

interface Opened {
  readonly access: SessionFileAccess;
  readonly looked: Looked;
}

function decide(
  site: Site,
  route: Route,
  withRows: Application,
  { access, looked }: Opened,
  broughtUntil: number,
): Cutover {
  const { user, database } = withRows.sessionDatabase;
  const to = route.from === 'files' ? 'rows' : 'files';
  site.did(
    `${counted(looked.sessions, 'session')} will be moved from ${route.from} to ${to}, ${describeAccess(access)}.`,
  );
  return {
    ...{ route, access, database: { user, database } },
    ...{ progress: 'not begun', cutoverAt: 0, broughtUntil },
    pinnedBefore: site.journal.now.pinned !== '',
  };
}

async function findAccess(
  site: Site<'inspect'>,
  route: Route,
  signal: AbortSignal,
): Promise<Opened | { readonly against: readonly Obstacle[] }> {
  const { user, pools } = site.facts.inspect;
  const owner = await ownerOf(site, route, signal);
  const login = route.from === 'rows' ? await resolveSessionLogin(site, route, null, signal) : null;
  const closed: string[] = [];
  for (const access of accessesTo(user, owner, pools)) {
    const reply = await asOwner(site, access, route, { work: 'look' }, login, readLooked, signal);
    const problem = reply.ok ? lacks(reply.value, route) : reply.failure.message;
    if (reply.ok && problem === null) return { access, looked: reply.value };
    closed.push(`${describeAccess(access)}: ${problem ?? ''}`);
  }
  const php = site.config.php.startsWith('/') ? site.config.php : '/usr/bin/php';
  return {
    against: [
      {
        because: `the session files belong to ${owner}, and nothing lets us become that user (${closed.join('; ')})`,
        remedy: allowRunPhp(user, owner, php),
      },
    ],
  };
}

/** What keeps a user from the work although the program ran. */
function lacks({ user, opens, writes, seesEnv }: Looked, { files, env }: Route): string | null {
  if (!opens) return `${user} may not open the files in ${files.folder}`;
  if (!writes) return `${user} may not write to ${files.folder}`;
  return seesEnv ? null : `${user} may not read ${env}`;
}

const rehearsal = `# could .env be written by one rename
file=$(readlink -f -- "$1") || exit
state=$2
git -C "$(dirname -- "$file")" ls-files --error-unmatch -- .env >/dev/null 2>&1 && exit 3
${placeOfCopy}
cp --preserve=all -- "$file" "$copy" || exit
like=$(stat -c '%u %g %a' -- "$file"); copied=$(stat -c '%u %g %a' -- "$copy")
rm -f -- "$copy"
[ "$like" = "$copied" ] || { stat -c '%U:%G' -- "$file" >&2; exit 1; }
folder=$(dirname -- "$file"); [ -w "$folder" ] || { echo "$folder is closed" >&2; exit 1; }`;

/** A renamed copy has to belong to whom the file belonged, or PHP-FPM could not read it any more. */
async function unwritable(
  site: Site<'inspect'>,
  { env }: Route,
  signal: AbortSignal,
): Promise<readonly Obstacle[]> {
  const { copied } = await query(
    site.server,
    { copied: shell(rehearsal, [env, site.journal.now.stateDir]) },
    signal,
  );
  if (succeeded(copied)) return [];
  if (isDeepStrictEqual(copied.exit, { code: 3 })) return [tracked];
  const { user } = site.facts.inspect;
  return [
    {
      because: `${user} cannot replace ${env} by a file with the same owner (${copied.stderr.trim()})`,
      remedy: writableEnv(user, env),
    },
  ];
}

// A changed file would stop git at the switch.
const tracked: Obstacle = {
  because: '.env belongs to the repository, and the move changes .env on the server for a moment',
  remedy: inClone(
    'Take .env out of the repository, in a deploy before this one. The file stays on the server',
    'git rm --cached .env && echo .env >> .gitignore && git add .gitignore',
    "git commit -m 'Settings of the server stay there' && git push",
  ),
};

function writableEnv(user: string, env: string): Instruction {
  const file = quote(env);
  return asRoot(
    `${user} owns .env, and is a member of its group. Where there is none, an empty one is made.`,
    `sudo test -e ${file} || sudo install -m 644 -o ${quote(user)} /dev/null ${file}`,
    `sudo chmod g+r ${file}`,
    `sudo chown ${quote(user)} ${file}`,
    `sudo usermod -aG "$(stat -c %G ${file})" ${quote(user)}`,
  );
}

const owner = `# whose session files are they
find -H "$1" -maxdepth 1 -type f -name "$2*" -printf '%u\\n' 2>/dev/null | sort | uniq -c | sort -rn | sed -n '1s/.* //p'`;

/** The user of most files; of the pool where none can be seen; of Debian where that is not known either. */
async function ownerOf(
  site: Site<'inspect'>,
  { files }: Route,
  signal: AbortSignal,
): Promise<string> {
  const question = { owner: shell(owner, [files.folder, files.cookie]) };
  const { owner: seen } = await query(site.server, question, signal);
  const [pool] = site.facts.inspect.pools;
  return seen.stdout.trim() || (pool?.user ?? 'www-data');
}

/** When PHP-FPM meets new code without a reload, as the end of a sentence. */
function meets(seconds: number | null | undefined): string {
  if (seconds === undefined) return 'and nobody knows when it meets the new code';
  if (seconds === null) return 'and without that it never meets the new code';
  return `which meets the new code file by file within ${seconds} s, and not at one moment`;
}

/** The cutover is right only once no worker of PHP-FPM has the previous code in its memory. */
function unseen({ config, facts }: Site<'inspect'>): readonly Obstacle[] {
  if (config['fpm-service'] !== 'none' && config.reload !== 'never') return [];
  return [
    {
      because: `this deploy does not reload PHP-FPM, ${meets(facts.inspect.seesNewCode)}`,
      remedy: inInputs('Set fpm-service to the service, and for this deploy', 'reload: always'),
    },
  ];
}

function switchedOff({ config }: Site): readonly Obstacle[] {
  if (config['preserve-sessions'] !== 'off') return [];
  return [
    {
      because: 'input preserve-sessions is off',
      remedy: inInputs('', 'preserve-sessions: auto'),
    },
  ];
}

function newRule(live: Application, staged: Application): Obstacle {
  return {
    because: `CodeIgniter ${staged.framework} takes only ids of 32 hexadecimal digits for sessions, and ${live.framework} made others`,
    remedy: 'Nothing keeps these visitors logged in: let them know, or deploy when few are there.',
  };
}

/**
 * Who is logged out and why. Nobody is by surprise: where nothing can keep all of them, somebody has to say so first.
 * @param sessions all that are not over; null where nobody could count them
 * @param visitors null for all of them
 */
export function loggedOut(
  { 'preserve-sessions': wish }: Config,
  sessions: number | null,
  visitors: number | null,
  against: readonly Obstacle[],
): Finding {
  const all =
    sessions === null ? 'Every visitor' : `Every visitor (${counted(sessions, 'session')})`;
  const who = visitors === null ? all : counted(visitors, 'visitor');
  const keeps = remedies(...against.map(({ remedy }) => remedy)).flat();
  const goOn = inInputs('Go on, and log them out', 'preserve-sessions: off');
  const nobody = visitors === null && sessions === 0;
  return {
    name: 'visitors-logged-out',
    severity: nobody ? 'notice' : severityOf(wish, visitors === null),
    message: `${who} will have to log in again when this commit goes live, because ${against.map(({ because }) => because).join(', and ')}.`,
    remedies: remedies(keeps, ...(wish === 'auto' && visitors === null ? [goOn] : [])),
  };
}

function severityOf(wish: Config['preserve-sessions'], everybody: boolean): Finding['severity'] {
  if (wish === 'off') return 'notice';
  return wish === 'required' || everybody ? 'error' : 'warning';
}
