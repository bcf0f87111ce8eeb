import { counted } from '../../count.ts';
import { editEnv } from '../../remedies/dotenv.ts';
import { seeEnvironment } from '../../remedies/fpm.ts';
import { asUser, inDatabase, inInputs, inRepository, type Remedy } from '../../remedy.ts';
import type { Inside } from '../../app/inside.ts';
import { askApplication, readApplication } from '../../app/ask.ts';
import { CutoverFailed, readMoved, readChanged, type Pin, type Route } from '../../app/cutover.ts';
import { errorFinding } from '../../finding.ts';
import type { Cutover } from '../../plan/journal.ts';
import type { Site } from '../../plan/site.ts';
import type { Step } from '../../plan/step.ts';
import { query } from '../../server/round.ts';
import { inside } from '../fpm/ask.ts';
import { resolveSessionLogin } from './session-login.ts';
import { loggedOut } from './foresee.ts';
import type { Obstacle } from './route.ts';
import { asOwner, onEnvironment, unwrapReply } from './access.ts';

/** Seconds of one portion of the bulk: less than any request may take. */
const portion = 8;

/**
 * The first half, which nobody notices. Sessions are copied in bulk to where the new code looks for them, and `.env` pins the previous handler. So the switch of the code changes no visitor's session.
 */
export const copySessions: Step<'copy', 'inspect' | 'stage'> = {
  name: 'copy',
  title: 'Copy: the sessions in bulk, and the previous handler pinned',
  needs: ['inspect', 'stage'],
  changesSite: true,
  on: 'every host',
  // Pinned, old and new code find the sessions in the same place, whichever of them is live.
  keptWhenStranded: true,
  async run(site, signal) {
    const { cutover } = site.facts.stage;
    if (cutover === null) {
      site.did('Nothing to copy: the sessions stay where they are, or cannot be moved.');
      return undefined;
    }
    site.journal.announce({ cutover });
    await bulkCopy(site, cutover, signal);
    site.stopAtErrors();
    if (cutover.pinnedBefore) return undefined;
    await pinAgain(site, cutover.route, signal);
    await proved(site, cutover, signal);
    return undefined;
  },
  async undo(site, signal) {
    const { cutover } = site.journal.now;
    if (cutover !== null && !cutover.pinnedBefore) await unpin(site, cutover.route, signal);
    return undefined;
  },
  stranded: 'stranded-copy',
  byHand: unpinByHand,
};

/** Removes the pinned handler from `.env`. */
export function unpinByHand({ config, release }: Pick<Site, 'config' | 'release'>): Remedy {
  return [
    asUser(
      config.target.user,
      'Remove the pinned session handler. That of the live code then holds',
      editEnv(`${release.live}/.env`, '/^# ci4-deploy begin/,/^# ci4-deploy end/'),
    ),
  ];
}

async function bulkCopy(
  site: Site,
  { route, access, broughtUntil }: Cutover,
  signal: AbortSignal,
): Promise<void> {
  const login = await resolveSessionLogin(site, route, null, signal);
  const work = { work: 'copy', seconds: portion, sourceIsRight: true, broughtUntil } as const;
  for (let left = 1, before = Infinity; left > 0; before = left) {
    const copied = unwrapReply(
      await asOwner(site, access, route, work, login, readMoved, signal),
      'copying the sessions',
    );
    site.did(`${counted(copied.copied, 'session')} copied, ${copied.left} left.`);
    if (copied.tooLong > 0) site.find(tooLong(copied.tooLong, route));
    left = copied.left;
    if (left >= before)
      throw new CutoverFailed(`copying the sessions does not come to an end (${left})`);
  }
}

function tooLong(sessions: number, { rows }: Route): ReturnType<typeof errorFinding> {
  return errorFinding(
    'session-too-long',
    `${counted(sessions, 'session is', 'sessions are')} longer than ${rows.table}.data holds: these visitors would be logged out, and each later session of that length fails.`,
    [
      inDatabase(
        'Make room for them',
        `ALTER TABLE \`${rows.table}\` MODIFY \`data\` MEDIUMBLOB NOT NULL;`,
      ),
      inInputs('Accept that type', 'session-table-match: compatible'),
    ],
  );
}

/** Removes the pinned lines; what others have written to the file meanwhile stays. */
export async function unpin(site: Site, pin: Pin, signal: AbortSignal): Promise<void> {
  const plain = { work: 'pin', pinned: false } as const;
  unwrapReply(await onEnvironment(site, pin, plain, null, readChanged, signal), '.env as before');
}

/** Puts the lines at the top of `.env`, unless they are there. */
export async function pinAgain(site: Site, pin: Pin, signal: AbortSignal): Promise<void> {
  const pinned = { work: 'pin', pinned: true } as const;
  unwrapReply(await onEnvironment(site, pin, pinned, null, readChanged, signal), 'pinning .env');
}

/** The new code itself has to say, under PHP-FPM where that can be asked, that the pinned lines rule it. */
async function proved(
  site: Site<'inspect' | 'stage'>,
  { route }: Cutover,
  signal: AbortSignal,
): Promise<void> {
  const reported = await resolved(site, signal);
  const wanted = site.facts.inspect.live.session;
  if (reported.driver === wanted.driver && reported.savePath === wanted.savePath) return;
  await unpin(site, route, signal);
  const obstacle: Obstacle = {
    because: `the new code does not heed .env (with ${wanted.driver} pinned there it says ${reported.driver})`,
    remedy: [
      inRepository('Look for settings in the constructor of its session configuration.'),
      seeEnvironment,
    ],
  };
  site.find(loggedOut(site.config, site.facts.stage.sessions, null, [obstacle]));
  await site.journal.note({ cutover: null });
  site.stopAtErrors();
}

async function resolved(
  site: Site,
  signal: AbortSignal,
): Promise<{ readonly driver: string; readonly savePath: string }> {
  const { config, run, server, release } = site;
  const question = { application: askApplication(config.php, release.staged, run.nonce) };
  const [seen, { application }] = await Promise.all([
    insideFpm(site, release.staged, signal),
    query(server, question, signal),
  ]);
  if (seen !== null && !('failure' in seen)) return seen;
  const reported = readApplication(application, run.nonce);
  if (reported.ok) return reported.application.session;
  return { driver: `nothing (${reported.failure.message})`, savePath: '' };
}

/** What PHP-FPM says of a tree; null where nobody knows which pool to ask. */
export async function insideFpm(
  site: Site,
  root: string,
  signal: AbortSignal,
): Promise<Inside['session'] | null> {
  const [serving] = site.facts.inspect?.serving ?? [];
  if (serving === undefined) return null;
  const reported = await inside(site, serving, site.journal.now.stateDir, root, signal);
  return typeof reported === 'string' ? null : reported.session;
}
