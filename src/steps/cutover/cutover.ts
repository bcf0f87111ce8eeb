import { counted } from '../../count.ts';
import { seeEnvironment, switchCacheOff } from '../../remedies/fpm.ts';
import { readMoved, readChanged, type Moved, type Pin, type Route } from '../../app/cutover.ts';
import { errorFinding, warningFinding } from '../../finding.ts';
import type { Cutover } from '../../plan/journal.ts';
import type { Site } from '../../plan/site.ts';
import type { Step } from '../../plan/step.ts';
import { exitCode, shell } from '../../server/command.ts';
import { ConnectionLost } from '../../server/failures.ts';
import { query } from '../../server/round.ts';
import { insideFpm, pinAgain, unpin, unpinByHand } from './copy.ts';
import { resolveSessionLogin } from './session-login.ts';
import { asOwner, onEnvironment, unwrapReply } from './access.ts';

/** Sessions used within so many seconds are locked at the cutover: who comes in the next moments comes from among these. */
const recent = 180;

/** Seconds to look after requests that had begun under the previous handler, where nobody sees when they are over. */
const watch = 3;

/** Seconds that who rewrites `.env` waits for the other to have everybody locked. */
const patience = 60;

/**
 * The moment itself. The owner of the files locks who may come, under the handler that is next; we rename `.env`. Each
 * visitor's session is brought as soon as his last request under the previous handler is over, and his lock released.
 */
export const cutOverSessions: Step<'cutover', 'stage'> = {
  name: 'cutover',
  title: 'Cut over: the sessions, visitor by visitor',
  needs: ['stage'],
  changesSite: true,
  on: 'every host',
  async run(site, signal) {
    const { cutover, pinned } = site.journal.now;
    if (cutover === null) {
      if (pinned !== '') await unpin(site, leftover(site), signal);
      return undefined;
    }
    site.journal.announce({ cutover: { ...cutover, progress: 'begun' } });
    const { route } = cutover;
    const moved = await move(site, cutover, route, false, signal);
    const { cutoverAt } = moved;
    const done = { ...cutover, progress: 'done', cutoverAt } as const;
    tell(site, moved);
    const both = [site.journal.note({ cutover: done }), proved(site, signal)];
    await Promise.allSettled(both);
    await Promise.all(both);
    return undefined;
  },
  async undo(site, signal) {
    const { cutover, begun, pinned } = site.journal.now;
    if (cutover === null && pinned !== '') await pinAgain(site, leftover(site), signal);
    if (cutover === null || cutover.progress === 'not begun') return undefined;
    const pinnedAgain = await isPinned(site, cutover.route, signal);
    if (pinnedAgain) return undefined;
    // Should this not come to its end, either side may be newer at the next attempt.
    await site.journal.note({ cutover: { ...cutover, progress: 'begun' } }).catch(() => undefined);
    const moved = begun.includes('copy')
      ? await move(site, cutover, back(cutover.route), true, signal)
      : await copyBack(site, cutover, signal);
    tell(site, moved);
    site.rolledBack('The sessions are back where they were, new ones among them.');
    return undefined;
  },
  stranded: 'stranded-cutover',
  byHand: unpinByHand,
};

/** Lines of an unfinished deploy: the new code's own handler holds from here on, and nothing is moved. */
function leftover({ release, journal: { now } }: Site): Pin {
  return { id: now.id, env: `${release.live}/.env`, lines: now.pinned };
}

function back(route: Route): Route {
  return { ...route, from: route.from === 'files' ? 'rows' : 'files' };
}

/** Two programs at once: the owner's, and ours for `.env`. They find each other by locks of the database. */
async function move(
  site: Site,
  { access, progress, cutoverAt, database, route: { from }, ...cutover }: Cutover,
  route: Route,
  pinned: boolean,
  signal: AbortSignal,
): Promise<Moved> {
  const login = await resolveSessionLogin(site, { from }, database, signal);
  const sourceIsRight = progress !== 'begun';
  const broughtUntil = pinned ? cutoverAt : cutover.broughtUntil;
  const sockets = socketsOf(site, access);
  const [moved, rewritten] = await Promise.allSettled([
    asOwner(
      site,
      access,
      route,
      { work: 'cutover', pinned, sourceIsRight, broughtUntil, recent, watch, sockets },
      login,
      readMoved,
      signal,
    ),
    onEnvironment(
      site,
      route,
      { work: 'rewrite', pinned, seconds: patience },
      login,
      readChanged,
      signal,
    ),
  ]);
  for (const one of [rewritten, moved]) {
    if (one.status === 'rejected' && one.reason instanceof ConnectionLost) throw one.reason;
  }
  if (moved.status === 'rejected') throw moved.reason;
  if (rewritten.status === 'rejected') throw rewritten.reason;
  const done = unwrapReply(moved.value, 'moving the sessions');
  unwrapReply(rewritten.value, 'renaming .env');
  return done;
}

/** Those that requests of the site come through, our own among them; none where a pool may be missing. */
function socketsOf({ journal }: Site, access: Cutover['access']): readonly string[] {
  const pools = journal.now.pools ?? [];
  if (pools.length === 0) return [];
  const own = access.kind === 'fpm' ? [access.pool] : [];
  return [...new Set([...pools, ...own].map(({ listen }) => listen))];
}

/** The code is the old one again and has not been pinned any more: what the rows have newer comes to it all the same. */
async function copyBack(
  site: Site,
  { access, route, database }: Cutover,
  signal: AbortSignal,
): Promise<Moved> {
  const login = await resolveSessionLogin(site, route, database, signal);
  const either = { sourceIsRight: false, broughtUntil: 0 };
  const work = { work: 'copy', seconds: patience, ...either } as const;
  const reply = await asOwner(site, access, back(route), work, login, readMoved, signal);
  return unwrapReply(reply, 'moving the sessions back');
}

const pinnedYet = `# is the previous handler pinned
grep -qxF -e "$2" -- "$1"`;

async function isPinned(site: Site, route: Route, signal: AbortSignal): Promise<boolean> {
  const [mark = ''] = route.lines.split('\n');
  const { seen } = await query(site.server, { seen: shell(pinnedYet, [route.env, mark]) }, signal);
  return exitCode(seen) === 0;
}

function tell(site: Site, { copied, held, late, waited, undecided, tooLong }: Moved): void {
  const lateOnes =
    late === 0
      ? ''
      : ` ${counted(late, 'request')} that had begun before wrote after it, and that came along.`;
  // Of those that were in use each was copied again, so the number of copies is not one of visitors.
  const moved =
    held === 0
      ? `${counted(copied, 'session')} moved.`
      : `${counted(held, 'session')} in use moved; a request to one of them waited ${waited} ms at most.`;
  site.did(`${moved}${lateOnes}`);
  if (undecided + tooLong === 0) return;
  site.find(
    warningFinding(
      'cutover-incomplete',
      `Of ${counted(undecided, 'visitor')} two requests wrote at the same time, one under each handler, and the later one stayed. ${counted(tooLong, 'session')} grew too long for the table meanwhile.`,
      'There is nothing to do, but to know it when one of them asks.',
    ),
  );
}

/** Believed only when PHP-FPM itself says so. */
async function proved(site: Site<'stage'>, signal: AbortSignal): Promise<void> {
  const staged = site.facts.stage.application;
  const seen = await insideFpm(site, site.release.live, signal);
  if (seen === null || 'failure' in seen) return;
  if (seen.driver === staged.session.driver) return;
  site.find(
    errorFinding(
      'cutover-without-effect',
      `After the cutover PHP-FPM still says ${seen.driver}, where the new code has ${staged.session.driver}.`,
      seeEnvironment,
      switchCacheOff,
    ),
  );
}
