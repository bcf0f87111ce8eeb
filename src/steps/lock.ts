import type { Finding } from '../finding.ts';
import type { Site } from '../plan/site.ts';
import type { Step } from '../plan/step.ts';
import { shell, succeeded, type Output } from '../server/command.ts';
import { CommandFailed } from '../server/failures.ts';
import { ask } from '../server/round.ts';

const held = 75;

// The lock appears with its owner inside, in one rename: a directory that is not empty cannot be renamed over (rename(2)).
const acquire = `# take the lock
mkdir -p "$1/mine-$2" && cat >"$1/mine-$2/owner" || exit
printf '%s' "$2" >"$1/mine-$2/id" || exit
waited=0
until mv -T "$1/mine-$2" "$1/lock" 2>/dev/null; do
  [ -d "$1/lock" ] || { rm -rf "$1/mine-$2"; echo "cannot write to $1" >&2; exit 1; }
  if [ "$waited" -ge "$3" ]; then cat "$1/lock/owner"; rm -rf "$1/mine-$2"; exit ${held}; fi
  sleep 1
  waited=$((waited + 1))
done`;

const release = `# release the lock
rm -rf "$1/mine-$2"
[ "$(cat "$1/lock/id" 2>/dev/null)" = "$2" ] || exit 0
rm -rf "$1/lock"`;

/** Releases the lock if it is ours; a stranger's stays. As a command, so that finish can put it into its round. */
export function releaseLock(house: string, id: string): ReturnType<typeof shell> {
  return shell(release, [house, id]);
}

/** One deploy at a time on this server. */
export const lock: Step = {
  name: 'lock',
  title: 'Lock: one deploy at a time',
  async run(site, signal) {
    const { id, house } = site.journal.now;
    const wait = site.config['lock-wait'];
    const { taken } = await ask(
      site.server,
      {
        taken: shell(acquire, [house, id, String(wait)], {
          stdin: owner(site),
          limit: wait + 60,
        }),
      },
      signal,
    );
    if (succeeded(taken)) return;
    if (!isHeld(taken))
      throw new CommandFailed(site.server.name, `take the lock in ${house}`, taken);
    site.find(locked(taken.stdout.trim(), house));
    site.stopAtErrors();
  },
  async undo(site, signal) {
    const { house, id } = site.journal.now;
    await ask(site.server, { released: releaseLock(house, id) }, signal);
  },
};

function isHeld(output: Output): boolean {
  return typeof output.exit === 'object' && 'code' in output.exit && output.exit.code === held;
}

function owner(site: Site): string {
  const { actor, url } = site.run;
  const { commit } = site.journal.now;
  return `${actor}, commit ${commit.slice(0, 10)}, since ${site.run.now()}, ${url}`;
}

function locked(holder: string, house: string): Finding {
  return {
    name: 'locked',
    severity: 'error',
    message: `Another deploy holds the lock on this server: ${holder}.`,
    remedy: `Wait for it (or set input lock-wait). If that run is over: rm -r ${house}/lock`,
  };
}
