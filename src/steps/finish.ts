import { counted } from '../count.ts';
import { toSee } from '../remedy.ts';
import { sessionFilePattern } from '../app/session-files.ts';
import type { Application } from '../app/application.ts';
import { type Finding, remedies, warningFinding } from '../finding.ts';
import { commitBefore } from '../plan/journal.ts';
import { releaseLine, type Release } from '../plan/release-log.ts';
import type { Site } from '../plan/site.ts';
import type { Step } from '../plan/step.ts';
import { nothing, shell, succeeded, type Command, type Output, quote } from '../server/command.ts';
import { CommandFailed, LockLost } from '../server/failures.ts';
import { queryLasting, twice } from '../server/round.ts';
import { moveOf } from './cutover/moves.ts';
import { ownFiles, unlinked } from '../release/directories/layout.ts';
import { entries, some } from './inspect/topics/words.ts';
import { releaseLock } from './lock.ts';

// No link is followed: PHP-FPM's user could have put one there, and what it leads to would be removed.
const clean = `# remove old session files
[ -d "$1" ] || exit 0
find "$1" -maxdepth 1 -type f -regextype posix-extended -regex ".*/$2" -print -delete | wc -l`;

const changed = `# did a hook change tracked files
cd "$1" && shift && git --no-optional-locks status --porcelain --untracked-files=no "$@" 2>/dev/null
exit 0`;

/** Tidies up after a deploy that is live and proved; what cannot be tidied is said and changes nothing about that. */
export const finish: Step<'finish', never> = {
  name: 'finish',
  title: 'Finish: tidy up and write it down',
  needs: [],
  changesSite: true,
  on: 'every host',
  // A proved deploy is not rolled back because its job was cancelled while it was tidied up.
  async run(site) {
    const signal = AbortSignal.timeout(site.config['step-timeout'] * 1000);
    const answers = await tidied(site, cleanupCommands(site), signal);
    if (answers !== null) site.find(...changedByHooks(answers.changed, site));
    if (answers !== null && site.config['clean-session-files']) {
      site.did(`${counted(Number(answers.files.stdout.trim()), 'old session file')} removed.`);
    }
    return undefined;
  },
  undo: 'nothing to undo',
};

/** The end of a run that found everything live already: there is nothing to tidy up but the lock. */
export const unlock: Step<'unlock', never> = {
  name: 'unlock',
  title: 'Unlock: the next deploy may begin',
  needs: [],
  changesSite: false,
  on: 'every host',
  async run(site) {
    const { stateDir, id } = site.journal.now;
    const signal = AbortSignal.timeout(site.config['step-timeout'] * 1000);
    await tidied(site, { lock: releaseLock(stateDir, id, site.config) }, signal);
    return undefined;
  },
  undo: 'nothing to undo',
};

/**
 * What could not be tidied up is reported and changes nothing about a site that is proved.
 * @throws LockLost, and CommandFailed where nobody could write down that it begins
 */
async function tidied<Name extends string>(
  site: Site,
  commands: Record<Name | 'lock', Command>,
  signal: AbortSignal,
): Promise<Record<Name | 'lock', Output> | null> {
  try {
    const answers = await asked(site, commands, signal);
    await site.journal.note({ locked: answers !== null && !succeeded(answers.lock) });
    if (answers === null) return null;
    for (const [what, output] of Object.entries<Output>(answers)) {
      if (!succeeded(output))
        cleanupFailed(site, what, output.stderr.trim(), site.journal.now.stateDir);
    }
    return answers;
  } catch (failed) {
    if (failed instanceof LockLost || failed instanceof CommandFailed) throw failed;
    site.find(cleanupUnreachable(failed));
    // Whether the lock is still there nobody knows; the next deploy will.
    await site.journal.note({ locked: false });
    return null;
  }
}

/**
 * Twice where the connection is lost meanwhile. When the lock is gone by then, the first time came to its end.
 * @returns null then
 */
async function asked<Name extends string>(
  { server }: Site,
  commands: Record<Name, Command>,
  signal: AbortSignal,
): Promise<Record<Name, Output> | null> {
  const once = async (): Promise<Record<Name, Output> | null> =>
    queryLasting(server, commands, signal);
  return twice(once, async () =>
    once().catch((failure: unknown) => {
      if (failure instanceof LockLost) return null;
      throw failure;
    }),
  );
}

/** Everything that the last step runs, by what it is. */
export function cleanupCommands(
  site: Site,
): Record<'changed' | 'stage' | 'recalled' | 'previous' | 'files' | 'release' | 'lock', Command> {
  const { config, release, journal } = site;
  return {
    changed: shell(changed, [release.live, ...ownFiles(config)], {
      typed: `git -C ${quote(release.live)} status --short --untracked-files=no`,
    }),
    ...release.prune(),
    files: oldSessionFiles(site),
    release: release.record(releaseLine(liveRelease(site))),
    lock: releaseLock(journal.now.stateDir, journal.now.id, config),
  };
}

/** A hook of the clone ran when git moved the branch. What it changed stands in the way of the next deploy. */
function changedByHooks({ stdout }: Output, { release }: Site): readonly Finding[] {
  const files = entries(stdout, '\n').map((line) => line.slice(3));
  if (files.length === 0) return [];
  const live = quote(release.live);
  return [
    warningFinding(
      'hook-changed-files',
      `Tracked files changed while this deploy ended, mostly by a hook of the clone (post-merge): ${some(files)}. The next deploy refuses to overwrite them.`,
      toSee(
        'See what changed, and which hooks there are. A hook that writes belongs to files that git ignores',
        `git -C ${live} diff --stat`,
        `ls -l "$(git -C ${live} rev-parse --git-path hooks)"`,
      ),
    ),
  ];
}

/** Files of the old handler go only if asked, and only once sessions really live in the database. */
function oldSessionFiles({ config, facts: { inspect, stage } }: Site): Command {
  const live = inspect?.live;
  const staged = stage?.application;
  if (!config['clean-session-files'] || !live || staged?.session.inDatabase !== true)
    return nothing;
  if (!isFileHandler(live)) return nothing;
  const folder = unlinked(config, live.session.savePath);
  const pattern = sessionFilePattern(live.session);
  const typed = `find ${quote(folder)} -maxdepth 1 -type f -regextype posix-extended -regex ${quote(`.*/${pattern}`)} -delete`;
  return shell(clean, [folder, pattern], { typed });
}

function isFileHandler({ session }: Application): boolean {
  return session.driver.endsWith('FileHandler') && session.savePath.startsWith('/');
}

/** What is known of a deploy whatever came of it, for the release log. */
export function releaseOf(
  { config, journal: { now }, run }: Pick<Site, 'config' | 'journal' | 'run'>,
  outcome: Release['outcome'],
): Release {
  const { started = { actor: run.actor, run: run.url } } = now;
  const command = now.backwards === true ? 'rollback' : 'deploy';
  const commit = now.commit || config.commit;
  const previous = commitBefore(now);
  const nothing = { migrated: [], errors: [] };
  return { at: run.now(), outcome, command, commit, previous, ...started, ...nothing };
}

function liveRelease(site: Site): Release {
  const sessions = moveOf(site.journal.now.cutover);
  const { name } = site.release;
  const { batch = null, classes: migrated = [], made } = site.facts.migrate ?? {};
  return {
    ...releaseOf(site, 'deployed'),
    ...(name === undefined ? {} : { release: name }),
    ...{ migrated, ...(made === undefined ? {} : { made }) },
    ...(batch === null ? {} : { batch }),
    ...(sessions === undefined ? {} : { sessions }),
  };
}

function cleanupUnreachable(failed: unknown): Finding {
  return {
    name: 'cleanup-failed',
    severity: 'warning',
    message: `The deploy is live, but the server did not answer any more when it was to be tidied up: ${String(failed)}`,
    remedies: remedies('There is nothing to do. The next deploy tidies up before it begins.'),
  };
}

function cleanupFailed(site: Site, what: string, problem: string, stateDir: string): void {
  site.find({
    name: 'cleanup-failed',
    severity: 'warning',
    message: `The deploy is live, but this could not be tidied up (${what}): ${problem}`,
    remedies: remedies(toSee('See what is there', `ls -la ${quote(stateDir)}`)),
  });
}
