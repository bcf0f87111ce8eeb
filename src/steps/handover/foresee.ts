import type { Application } from '../../app/application.ts';
import { placeOfCopy, readLooked, type Looked, type Route } from '../../app/handover.ts';
import { isError, type Finding } from '../../finding.ts';
import type { SessionFileAccess } from '../../plan/journal.ts';
import type { Site } from '../../plan/site.ts';
import { shell, succeeded } from '../../server/command.ts';
import { ask } from '../../server/round.ts';
import { countSessions } from './count.ts';
import { resolveSessionLogin } from './session-login.ts';
import { lastMove } from './moves.ts';
import { dropsForeignIds, handlerChanges, obstacles, routeOf, type Obstacle } from './route.ts';
import { asOwner, describeAccess, accessesTo } from './access.ts';

/**
 * Whether the commit moves the sessions, and whether its visitors can keep theirs; said before anything is changed.
 * The way that was found is remembered in `learned.handover`.
 */
export async function foreseeHandover(
  site: Site,
  staged: Application,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const { live } = site.learned;
  if (live === undefined || !handlerChanges(live, staged)) return [];
  await count(site, live, signal);
  const off = site.config['preserve-sessions'] === 'off' ? [switchedOff] : [];
  const against = [...off, ...unseen(site), ...obstacles(live, staged)];
  if (against.length > 0) return [loggedOut(site, null, against)];
  const { id, pinned } = site.journal.now;
  const place = `${site.config.target.host}:${site.config.path}`;
  const route = routeOf(live, staged, id, place, pinned);
  const open = await findWay(site, route, signal);
  const closed = 'way' in open ? await unwritable(site, route, signal) : open.against;
  if (!('way' in open) || closed.length > 0) return [loggedOut(site, null, closed)];
  const broughtUntil = await lastMove(site, route, signal);
  decide(site, route, route.from === 'files' ? staged : live, open, broughtUntil);
  return dropped(site, live, staged, open.looked);
}

async function count(site: Site, live: Application, signal: AbortSignal): Promise<void> {
  const sessions = await countSessions(site, live, signal);
  if (sessions !== null) site.learned.sessions = sessions;
}

function dropped(
  site: Site,
  live: Application,
  staged: Application,
  { foreign }: Looked,
): readonly Finding[] {
  const concerned = dropsForeignIds(live, staged) && foreign > 0;
  return concerned ? [loggedOut(site, foreign, [newRule(live, staged)])] : [];
}

interface Opened {
  readonly way: SessionFileAccess;
  readonly looked: Looked;
}

function decide(
  site: Site,
  route: Route,
  withRows: Application,
  { way, looked }: Opened,
  broughtUntil: number,
): void {
  const { user, database } = withRows.sessionDatabase;
  site.learned.largestSession = Math.max(looked.largest, site.learned.largestSession ?? 0);
  site.learned.handover = {
    ...{ route, way, database: { user, database } },
    ...{ flip: 'not begun', flippedAt: 0, broughtUntil },
    pinnedBefore: site.journal.now.pinned !== '',
  };
  const to = route.from === 'files' ? 'rows' : 'files';
  site.log.say(
    `${looked.sessions} session(s) will be carried from ${route.from} to ${to}, ${describeAccess(way)}.`,
  );
}

async function findWay(
  site: Site,
  route: Route,
  signal: AbortSignal,
): Promise<Opened | { readonly against: readonly Obstacle[] }> {
  const { user = '', pools = [] } = site.learned;
  const owner = await ownerOf(site, route, signal);
  const login = route.from === 'rows' ? await resolveSessionLogin(site, route, null, signal) : null;
  const closed: string[] = [];
  for (const way of accessesTo(user, owner, pools)) {
    const reply = await asOwner(site, way, route, { work: 'look' }, login, readLooked, signal);
    const problem = reply.ok ? lacks(reply.value, route) : reply.failure.message;
    if (reply.ok && problem === null) return { way, looked: reply.value };
    closed.push(`${describeAccess(way)}: ${problem ?? ''}`);
  }
  const php = site.config.php.startsWith('/') ? site.config.php : '/usr/bin/php';
  return {
    against: [
      {
        because: `the session files belong to ${owner}, and there is no way to become that user (${closed.join('; ')})`,
        remedy: `sudo usermod -aG ${owner} ${user}   (so that PHP-FPM's socket is open to ${user}), or: echo '${user} ALL=(${owner}) NOPASSWD: ${php}' | sudo EDITOR='tee -a' visudo -f /etc/sudoers.d/ci4-deploy-sessions`,
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
${placeOfCopy}
cp --preserve=all -- "$file" "$copy" || exit
like=$(stat -c '%u %g %a' -- "$file"); copied=$(stat -c '%u %g %a' -- "$copy")
rm -f -- "$copy"
[ "$like" = "$copied" ] || { stat -c '%U:%G' -- "$file" >&2; exit 1; }
folder=$(dirname -- "$file"); [ -w "$folder" ] || { echo "$folder is closed" >&2; exit 1; }`;

/** A renamed copy has to belong to whom the file belonged, or PHP-FPM could not read it any more. */
async function unwritable(
  site: Site,
  { env }: Route,
  signal: AbortSignal,
): Promise<readonly Obstacle[]> {
  const { copied } = await ask(
    site.server,
    { copied: shell(rehearsal, [env, site.journal.now.stateDir]) },
    signal,
  );
  if (succeeded(copied)) return [];
  const { user = '' } = site.learned;
  return [
    {
      because: `${user} cannot replace ${env} by a file with the same owner (${copied.stderr.trim()})`,
      remedy: `sudo chown ${user} ${env} && sudo usermod -aG "$(stat -c %G ${env})" ${user}`,
    },
  ];
}

const owner = `# whose session files are they
find "$1" -maxdepth 1 -type f -name "$2*" -printf '%u\\n' 2>/dev/null | sort | uniq -c | sort -rn | sed -n '1s/.* //p'`;

/** The user of most files; of the pool where none can be seen; of Debian where that is not known either. */
async function ownerOf(site: Site, { files }: Route, signal: AbortSignal): Promise<string> {
  const question = { owner: shell(owner, [files.folder, files.cookie]) };
  const { owner: seen } = await ask(site.server, question, signal);
  const [pool] = site.learned.pools ?? [];
  return seen.stdout.trim() || (pool?.user ?? 'www-data');
}

/** The flip is right only once no worker of PHP-FPM has the previous code in its memory. */
function unseen({ config }: Site): readonly Obstacle[] {
  if (config['fpm-service'] !== 'none' && config.reload !== 'never') return [];
  return [
    {
      because: 'this deploy does not reload PHP-FPM, so nobody knows when it meets the new code',
      remedy: 'Set inputs fpm-service and reload: always for this deploy.',
    },
  ];
}

const switchedOff: Obstacle = {
  because: 'input preserve-sessions is off',
  remedy: 'Leave input preserve-sessions out.',
};

function newRule(live: Application, staged: Application): Obstacle {
  return {
    because: `CodeIgniter ${staged.framework} takes only ids of 32 hexadecimal digits for sessions, and ${live.framework} made others`,
    remedy: 'Nothing keeps these visitors logged in: let them know, or deploy when few are there.',
  };
}

/**
 * Who is logged out and why: an error where input preserve-sessions is `required`.
 * @param visitors null for all of them
 */
export function loggedOut(
  site: Site,
  visitors: number | null,
  against: readonly Obstacle[],
): Finding {
  const wish = site.config['preserve-sessions'];
  const known = site.learned.sessions;
  const all = known === undefined ? 'Every visitor' : `Every visitor (${known} session(s))`;
  const who = visitors === null ? all : `${visitors} visitor(s)`;
  const finding: Finding = {
    name: 'visitors-logged-out',
    severity: wish === 'required' ? 'error' : wish === 'off' ? 'notice' : 'warning',
    message: `${who} will have to log in again when this commit goes live, because ${against.map(({ because }) => because).join(', and ')}.`,
    remedy: against.map(({ remedy }) => remedy).join('\n'),
  };
  if (isError(finding)) delete site.learned.handover;
  return finding;
}
