import { asUser, inInputs, toSee, type Instruction } from '../remedy.ts';
import { Unreadable } from '../app/shape.ts';
import type { Config } from '../config/config.ts';
import { type Finding, remedies } from '../finding.ts';
import { readJournal, type Journal } from '../plan/journal.ts';
import type { Site } from '../plan/site.ts';
import type { Step } from '../plan/step.ts';
import { lockIsOurs, mustBeWritten, writeJournal } from '../plan/under-lock.ts';
import { exitCode, nothing, shell, succeeded, type Command, quote } from '../server/command.ts';
import { Stopped } from '../plan/results.ts';
import { CommandFailed, NoShell } from '../server/failures.ts';
import { query, queryTwice, perform } from '../server/round.ts';
import type { Server } from '../server/server.ts';
import { join } from '../release/paths.ts';
import { layPlace, removeFirst } from '../release/directories/first.ts';
import { mayBeFirst } from './inspect/first.ts';

const held = 75;

/** Seconds between two heartbeats of the deploy that holds the lock. */
export const heartbeatSeconds = 15;

/** Seconds without a heartbeat after which a lock is looked at more closely. */
export const staleAfterSeconds = 90;

// The lock appears with its owner inside, in one rename: a directory that is not empty cannot be renamed over (rename(2)).
// A lock is taken over only when its heartbeat is old and does not move while we watch, so that a clock that jumped
// takes nobody's lock away; of several who wait only one does it (flock(1)). An earlier attempt of the very same run is
// over for certain (the runner starts no second one before). What it had begun is kept beside the lock as left-<id>.
// What is left of a run that was killed while it waited names a process of this host that is gone; another host that
// shares the disk has a day. PHP-FPM's user may pass through the state directory to a question that is laid down for it
// there, and reads nothing else: what the journal says is when to attack. A lock that is closed to us, another user's, is
// never called old.
const acquire = `# take the lock
[ "$(git rev-parse --is-bare-repository)" = true ] || [ "$(git rev-parse --show-toplevel)" = "$(pwd -P)" ] || { echo "$(pwd -P) is not the root of a clone" >&2; exit 1; }
state=$(git rev-parse --absolute-git-dir)/ci4-deploy
printf '%s\\n' "$state"
umask 077
mkdir -p "$state" || exit
chmod 711 "$state" 2>/dev/null
chmod 700 "$state/lock" 2>/dev/null; chmod 600 "$state/lock/journal" "$state/releases.jsonl" 2>/dev/null
last_heartbeat() { stat -c %Y "$state/lock/heartbeat" 2>/dev/null || { [ -x "$state/lock" ] && stat -c %Y "$state/lock" 2>/dev/null; } || date +%s; }
age() { echo $(($(date +%s) - $(last_heartbeat))); }
owner() { cat "$state/lock/owner" 2>/dev/null; }
mine=$state/mine-$1.$(uname -n).$$
mkdir -p "$mine" && cat >"$mine/owner" || exit
printf '%s' "$1" >"$mine/id" && printf '%s %s' "$4" "$3" >"$mine/run" && : >"$mine/heartbeat" || exit
taken_over() {
  flock 9
  [ "$(cat "$state/lock/id" 2>/dev/null)" = "$1" ] && [ "$(last_heartbeat)" = "$2" ] && mv -T "$state/lock" "$state/left-\${1:-unknown}" 2>/dev/null
} 9<"$state"
waited=0
touch "$mine/heartbeat"
until mv -T "$mine" "$state/lock" 2>/dev/null; do
  [ -d "$state/lock" ] || { sleep 0.1; [ -d "$mine" ] && mv -T "$mine" "$state/lock" 2>/dev/null && break; }
  [ -d "$state/lock" ] || { rm -rf "$mine"; echo "cannot write to $state" >&2; exit 1; }
  holder=$(cat "$state/lock/id" 2>/dev/null)
  read -r attempt run <"$state/lock/run" 2>/dev/null
  if [ -n "$3" ] && [ "$run" = "$3" ] && [ "$attempt" -lt "$4" ]; then
    taken_over "$holder" "$(last_heartbeat)"
    continue
  fi
  if [ "$(age)" -ge ${staleAfterSeconds} ]; then
    seen=$(last_heartbeat)
    sleep ${heartbeatSeconds + 5}
    taken_over "$holder" "$seen" && continue
  fi
  if [ "$waited" -ge "$2" ]; then
    printf '%s\\f%s' "$(owner)" "$(age)"; rm -rf "$mine"; exit ${held}
  fi
  [ "$waited" -gt 0 ] || echo "waiting up to $2 s for: $(owner)" >&2
  sleep 1
  waited=$((waited + 1))
  touch "$mine/heartbeat"
done
for other in "$state"/mine-*; do
  [ -d "$other" ] || continue
  case $other in
    *".$(uname -n).\${other##*.}") [ -d "/proc/\${other##*.}" ];;
    *) [ -z "$(find "$other" -prune -mmin +1440)" ];;
  esac || rm -rf "$other"
done
for left in "$state"/left-*; do
  [ -d "$left" ] || continue
  printf '%s\\f' "\${left##*/left-}"; cat "$left/owner" 2>/dev/null; printf '\\f'; cat "$left/journal" 2>/dev/null; printf '\\f'
done
exit 0`;

// Questions for PHP-FPM that a killed run had no time to take away bear its id. Without a clone there is no lock.
const release = `# release the lock
state=$1
[ -n "$state" ] || { cd "$3" 2>/dev/null && state=$(git rev-parse --absolute-git-dir 2>/dev/null)/ci4-deploy || exit 0; }
[ -d "$state" ] || exit 0
rm -rf "$state/mine-$2".* || exit
rm -f "$state"/*-"$2".php "$state/env"
[ "$(cat "$state/lock/id" 2>/dev/null)" = "$2" ] || exit 0
${removeFirst}
rm -rf "$state/lock"`;

const alive = `# a heartbeat
${lockIsOurs} && touch "$1/lock/heartbeat"`;

const forget = `# forget what is finished
rm -rf "$1/left-$2"
rm -f "$1"/*-"$2".php`;

/**
 * Releases the lock if it is ours; another deploy's stays. As a command, so that finish can put it into its round.
 * With it goes what a first deploy made that did not go live.
 * @param stateDir `<git dir>/ci4-deploy`; empty where it is not known yet, and the clone there is asked
 */
export function releaseLock(
  stateDir: string,
  id: string,
  { strategy, clone, base }: Config,
): Command {
  const typed = stateDir === '' ? {} : { typed: `rm -rf ${quote(`${stateDir}/lock`)}` };
  return shell(release, [stateDir, id, clone, strategy === 'releases' ? base : ''], typed);
}

/**
 * Writes the journal down on the server, as long as the lock is ours.
 * @throws LockLost when another deploy took it over
 */
export async function keepJournal(server: Server, journal: Journal): Promise<void> {
  if (!journal.locked) return;
  const saving = { written: writeJournal(journal) };
  const { written } = await queryTwice(server, saving, new AbortController().signal);
  mustBeWritten(server, written);
}

/** A file that is as old as the lock of this run. */
export function sinceLock(stateDir: string): string {
  return join(stateDir, 'lock', 'owner');
}

/** Says every few seconds that we are still there. Answers how to stop it. */
export function startHeartbeat({ server, journal }: Pick<Site, 'server' | 'journal'>): () => void {
  const timer = setInterval(() => {
    const { locked, stateDir, id } = journal.now;
    if (!locked) return;
    const sign = shell(alive, [stateDir, id], { shown: 'nothing' });
    // One that does not arrive is not our concern here: whatever else we do will find out why.
    server
      .round([sign], 'every', AbortSignal.timeout(heartbeatSeconds * 1000))
      .catch(() => undefined);
  }, heartbeatSeconds * 1000);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}

/** Removes what a deploy before us had left, once it is finished. */
export function forgetLeft(stateDir: string, id: string): Command {
  return shell(forget, [stateDir, id]);
}

/** What a deploy that was never finished left behind. */
export interface Left {
  /** Id of its journal. */
  readonly id: string;
  /** Who it was, in words. */
  readonly owner: string;
  /** Null when it had not begun anything. */
  readonly journal: Journal | null;
}

/**
 * Takes the lock, or waits for it as long as input lock-wait says. The journal then knows where it is, and the settings
 * what they leave to the server.
 * @returns what deploys before left behind, to be finished first
 * @throws Stopped when another deploy holds it, with the finding recorded
 * @throws CommandFailed where there is no place for a lock
 */
export async function takeLock(site: Site, signal: AbortSignal): Promise<readonly Left[]> {
  const wait = site.config['lock-wait'];
  const { url, attempt } = site.run;
  const question = shell(acquire, [site.journal.now.id, String(wait), url, attempt], {
    cwd: site.config.clone,
    stdin: owner(site),
    limit: wait + 90,
  });
  const questions = { service: site.firstQuestion, place: placeOf(site), taken: question };
  const { service, taken } = await query(site.server, questions, signal);
  site.settle(service);
  const [stateDir, rest] = firstLine(taken.stdout);
  if (succeeded(taken)) {
    site.journal.announce({ stateDir, locked: true });
    return leftOrStopped(site, rest);
  }
  if (exitCode(taken) !== held) throw new CommandFailed(site.server.name, 'take the lock', taken);
  const [holder = '', age = '0'] = rest.split('\f');
  site.find(locked(holder.trim(), Number(age)));
  throw new Stopped('another deploy holds the lock');
}

/** A first deploy makes the place for its lock, in the same round. */
function placeOf({ config, journal }: Site): Command {
  return config.strategy === 'releases' && mayBeFirst(config)
    ? layPlace(config, journal.now.id)
    : nothing;
}

function firstLine(text: string): readonly [string, string] {
  const end = text.indexOf('\n');
  return end < 0 ? [text, ''] : [text.slice(0, end), text.slice(end + 1)];
}

/** What other versions of this action left may be nothing that this one can finish: then a person has to look. */
function leftOrStopped(site: Site, text: string): readonly Left[] {
  try {
    return readLeft(text);
  } catch (error) {
    if (!(error instanceof Unreadable) && !(error instanceof SyntaxError)) throw error;
    const { stateDir } = site.journal.now;
    site.find({
      name: 'unfinished-deploy',
      severity: 'error',
      message: `An earlier deploy ended in the middle, and its journal cannot be read: ${error.message}. Another version of this action may have written it.`,
      remedies: remedies(toSee('See what it says', `cat ${quote(stateDir)}/left-*/journal`)),
    });
    throw new Stopped('the journal of an earlier deploy cannot be read');
  }
}

/** Id, owner and journal of each, each of the three followed by a form feed. */
function readLeft(text: string): readonly Left[] {
  const parts = text.split('\f');
  return parts.slice(0, -1).flatMap((part, at) => {
    if (at % 3 !== 0) return [];
    const [owner = '', journal = ''] = parts.slice(at + 1);
    return [{ id: part.trim(), owner: owner.trim(), journal: journalOf(journal) }];
  });
}

/** One that was cut in the middle cannot be: it is renamed into place. */
function journalOf(text: string): Journal | null {
  return text.trim() === '' ? null : readJournal(text);
}

/**
 * One deploy at a time on this server. Everything that a deploy relies on is asked under the lock, or another deploy
 * could have changed it since.
 * @param take takes it, and finishes what an earlier deploy left in the middle
 */
export function lockStep(
  take: (site: Site, signal: AbortSignal) => Promise<void>,
): Step<'lock', never> {
  return {
    name: 'lock',
    title: 'Lock: one deploy at a time',
    needs: [],
    changesSite: false,
    on: 'every host',
    keptWhenStranded: true,
    async run(site, signal) {
      try {
        await take(site, signal);
        return undefined;
      } catch (failure) {
        // A login without a shell ran nothing, and cannot be asked to release anything.
        const { begun, locked } = site.journal.now;
        if (failure instanceof NoShell && !locked)
          site.journal.announce({ begun: begun.filter((name) => name !== 'lock') });
        // No clone, no rights, no room: inspect says it in better words, and all else that is wrong with it.
        if (!(failure instanceof CommandFailed) || site.journal.now.locked) throw failure;
        site.log.say(`The lock could not be taken yet: ${failure.tail}`);
        return undefined;
      }
    },
    async undo(site, signal) {
      const { stateDir, id } = site.journal.now;
      await perform(site.server, [releaseLock(stateDir, id, site.config)], signal);
      await site.journal.note({ locked: false });
      return undefined;
    },
    stranded: 'stranded-lock',
    byHand,
  };
}

function byHand(site: Site): readonly Instruction[] {
  const state = knownStateDir(site);
  const { id } = site.journal.now;
  // Patterns are for find: some shells end a line whose pattern matches nothing.
  const rest = `find ${state} -maxdepth 1 -name '*-${id}*' -not -name 'left-*' -exec rm -rf '{}' +`;
  return [
    asUser(
      site.config.target.user,
      'Remove the lock, and what this run left beside it',
      `rm -rf ${state}/lock && ${rest}`,
    ),
  ];
}

/** Known once the lock was taken; before that only the clone itself says where it would lie. */
function knownStateDir({ config, journal: { now } }: Site): string {
  return now.stateDir === ''
    ? `"$(git -C ${quote(config.clone)} rev-parse --absolute-git-dir)"/ci4-deploy`
    : quote(now.stateDir);
}

function owner(site: Site): string {
  const { actor, url, attempt } = site.run;
  const { command, commit } = site.config;
  const what = command === 'rollback' ? command : `commit ${commit.slice(0, 10)}`;
  return `${actor}, ${what}, since ${site.run.now()}, attempt ${attempt} of ${url}`;
}

/** The finding for a lock that is held: by whom, and how old its heartbeat is in seconds. */
export function locked(holder: string, age: number): Finding {
  return {
    name: 'locked',
    severity: 'error',
    message: `Another deploy holds the lock on this server: ${holder}. Its last heartbeat is ${age} s old.`,
    remedies: remedies(
      `Wait until that run is over, then run this one again. When that run was killed, the next run after ${staleAfterSeconds} s takes the lock over and finishes what was left.`,
      inInputs('Let runs wait for each other', 'lock-wait: 10m'),
    ),
  };
}
