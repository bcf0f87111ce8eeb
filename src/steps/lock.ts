import type { Finding } from '../finding.ts';
import type { Journal } from '../plan/journal.ts';
import type { Site } from '../plan/site.ts';
import type { Step } from '../plan/step.ts';
import { exitCode, shell, succeeded, type Command } from '../server/command.ts';
import { CommandFailed, LockLost } from '../server/failures.ts';
import { ask, askTwice, perform } from '../server/round.ts';
import type { Server } from '../server/server.ts';

const held = 75;
const lost = 76;

/** Seconds between two signs of life of the deploy that holds the lock. */
export const beat = 15;

/** Seconds without a sign of life after which a lock is looked at more closely. */
export const silence = 90;

// The lock appears with its owner inside, in one rename: a directory that is not empty cannot be renamed over (rename(2)).
// A lock is taken over only when its heartbeat is old and does not move while we watch, so that a clock that jumped
// takes nobody's lock away. An earlier attempt of the very same run is over for certain (the runner starts no second one
// before). What the one before had begun is kept beside it as left-<id>. What is left of somebody who was killed while he
// waited names a process of this host that is gone; another host that shares the disk has a day.
const acquire = `# take the lock
age() { echo $(($(date +%s) - $(stat -c %Y "$1/lock/heartbeat" 2>/dev/null || date +%s))); }
mine=$1/mine-$2.$(uname -n).$$
mkdir -p "$mine" && cat >"$mine/owner" || exit
printf '%s' "$2" >"$mine/id" && printf '%s %s' "$5" "$4" >"$mine/run" && : >"$mine/heartbeat" || exit
waited=0
until mv -T "$mine" "$1/lock" 2>/dev/null; do
  [ -d "$1/lock" ] || { rm -rf "$mine"; echo "cannot write to $1" >&2; exit 1; }
  before=$(cat "$1/lock/id" 2>/dev/null)
  read -r attempt run <"$1/lock/run" 2>/dev/null
  if [ -n "$4" ] && [ "$run" = "$4" ] && [ "$attempt" -lt "$5" ]; then
    mv -T "$1/lock" "$1/left-$before" 2>/dev/null
    continue
  fi
  if [ "$(age "$1")" -ge ${silence} ]; then
    seen=$(stat -c %Y "$1/lock/heartbeat")
    sleep ${beat + 5}
    if [ "$(stat -c %Y "$1/lock/heartbeat" 2>/dev/null)" = "$seen" ] && [ "$(cat "$1/lock/id" 2>/dev/null)" = "$before" ]; then
      mv -T "$1/lock" "$1/left-$before" 2>/dev/null
      continue
    fi
  fi
  if [ "$waited" -ge "$3" ]; then
    cat "$1/lock/owner"; printf '\\f%s' "$(age "$1")"; rm -rf "$mine"; exit ${held}
  fi
  [ "$waited" -gt 0 ] || { echo "waiting up to $3 s for: $(cat "$1/lock/owner" 2>/dev/null)" >&2; }
  sleep 1
  waited=$((waited + 1))
done
for other in "$1"/mine-*; do
  [ -d "$other" ] || continue
  case $other in
    *".$(uname -n).\${other##*.}") [ -d "/proc/\${other##*.}" ];;
    *) [ -z "$(find "$other" -prune -mmin +1440)" ];;
  esac || rm -rf "$other"
done
for left in "$1"/left-*; do
  [ -d "$left" ] || continue
  printf '%s\\f' "\${left##*/left-}"; cat "$left/owner"; printf '\\f'; cat "$left/journal" 2>/dev/null; printf '\\f'
done
exit 0`;

// Questions for PHP-FPM that a killed run had no time to take away bear its id.
const release = `# release the lock
rm -rf "$1/mine-$2".* || exit
rm -f "$1"/*-"$2".php
[ "$(cat "$1/lock/id" 2>/dev/null)" = "$2" ] || exit 0
rm -rf "$1/lock"`;

const write = `# write the journal down
[ "$(cat "$1/lock/id" 2>/dev/null)" = "$2" ] || { exit ${lost}; }
cat >"$1/lock/journal.new" && mv "$1/lock/journal.new" "$1/lock/journal"`;

const alive = `# a sign of life
[ "$(cat "$1/lock/id" 2>/dev/null)" = "$2" ] && touch "$1/lock/heartbeat"`;

const forget = `# forget what is finished
rm -rf "$1/left-$2"
rm -f "$1"/*-"$2".php`;

/** Releases the lock if it is ours; a stranger's stays. As a command, so that finish can put it into its round. */
export function releaseLock(house: string, id: string): Command {
  return shell(release, [house, id]);
}

/**
 * Writes the journal down on the server, as long as the lock is ours.
 * @throws LockLost when another deploy took it over
 */
export async function keepJournal(server: Server, journal: Journal): Promise<void> {
  if (!journal.locked) return;
  const { house, id } = journal;
  const deed = shell(write, [house, id], { stdin: JSON.stringify(journal), shown: 'nothing' });
  const { written } = await askTwice(server, { written: deed }, new AbortController().signal);
  if (succeeded(written)) return;
  if (exitCode(written) === lost) throw new LockLost(server.name);
  throw new CommandFailed(server.name, 'write the journal down', written);
}

/** Says every few seconds that we are still there. Answers how to stop it. */
export function sendSignsOfLife({ server, journal }: Site): () => void {
  const timer = setInterval(() => {
    const { locked, house, id } = journal.now;
    if (!locked) return;
    const sign = shell(alive, [house, id], { shown: 'nothing' });
    // One that does not arrive is not our concern here: whatever else we do will find out why.
    server.round([sign], 'every', AbortSignal.timeout(beat * 1000)).catch(() => undefined);
  }, beat * 1000);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}

/** Removes what a deploy before us had left, once it is finished. */
export function forgetLeft(house: string, id: string): Command {
  return shell(forget, [house, id]);
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
 * Takes the lock, or waits for it as long as input lock-wait says.
 * @returns what deploys before left behind, to be finished first; null when somebody else holds it, with the finding recorded
 */
export async function takeLock(site: Site, signal: AbortSignal): Promise<readonly Left[] | null> {
  const { id, house } = site.journal.now;
  const wait = site.config['lock-wait'];
  const { url, attempt } = site.run;
  const question = shell(acquire, [house, id, String(wait), url, attempt], {
    stdin: owner(site),
    limit: wait + 90,
  });
  const { taken } = await ask(site.server, { taken: question }, signal);
  if (succeeded(taken)) {
    await site.journal.note({ locked: true });
    return readLeft(taken.stdout);
  }
  if (exitCode(taken) !== held) {
    throw new CommandFailed(site.server.name, `take the lock in ${house}`, taken);
  }
  const [holder = '', age = '0'] = taken.stdout.split('\f');
  site.find(locked(holder.trim(), Number(age), house));
  return null;
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
  return text.trim() === '' ? null : (JSON.parse(text) as Journal);
}

/** One deploy at a time on this server. */
export const lock: Step = {
  name: 'lock',
  title: 'Lock: one deploy at a time',
  keptWhenStranded: true,
  async run(site, signal) {
    const left = (await takeLock(site, signal)) ?? [];
    const unfinished = left.find(({ journal }) => journal !== null);
    if (unfinished !== undefined) site.find(appeared(unfinished.owner));
    site.stopAtErrors();
    // What is left of a run that was killed between its lock and its first deed.
    const empty = left.map(({ id }) => forgetLeft(site.journal.now.house, id));
    if (empty.length > 0) await perform(site.server, empty, signal);
  },
  async undo(site, signal) {
    const { house, id } = site.journal.now;
    await perform(site.server, [releaseLock(house, id)], signal);
    await site.journal.note({ locked: false });
  },
};

/** Somebody else took an old lock over while we inspected, and left what was under it. */
function appeared(owner: string): Finding {
  return {
    name: 'unfinished-deploy',
    severity: 'error',
    message: `A deploy that was never finished came to light after this one had begun: ${owner}.`,
    remedy: 'Run the deploy again: it finishes that one first.',
  };
}

function owner(site: Site): string {
  const { actor, url, attempt } = site.run;
  const { commit } = site.journal.now;
  return `${actor}, commit ${commit.slice(0, 10)}, since ${site.run.now()}, attempt ${attempt} of ${url}`;
}

function locked(holder: string, age: number, house: string): Finding {
  return {
    name: 'locked',
    severity: 'error',
    message: `Another deploy holds the lock on this server: ${holder}. Its last sign of life is ${age} s old.`,
    remedy: `Wait for it (or set input lock-wait). A lock without a sign of life for ${silence} s is taken over by the next deploy. If that run is over: rm -r ${house}/lock`,
  };
}
