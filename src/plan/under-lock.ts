import { exitCode, shell, succeeded, type Command, type Output } from '../server/command.ts';
import { CommandFailed, LockLost } from '../server/failures.ts';
import type { OnFailure, Server, When } from '../server/server.ts';
import type { Journal, JournalBook } from './journal.ts';

/** The status of a command that found the lock in the hands of another deploy. */
export const lockLost = 76;

/** Shell text that asks so: `$1` is where the lock lies, `$2` the id of the deploy. */
export const lockIsOurs = `[ "$(cat "$1/lock/id" 2>/dev/null)" = "$2" ]`;

const stillOurs = `# the lock is still ours
${lockIsOurs} || exit ${lockLost}`;

// Two changes at once both write it down: each has a file of its own until it is whole.
const write = `# write the journal down
${lockIsOurs} || exit ${lockLost}
umask 077
cat >"$1/lock/journal.$$" && mv "$1/lock/journal.$$" "$1/lock/journal"`;

/** Writes the journal into the lock, as long as that is ours; else it ends with {@link lockLost}. */
export function writeJournal(journal: Journal): Command {
  const { stateDir, id } = journal;
  return shell(write, [stateDir, id], { stdin: JSON.stringify(journal), shown: 'nothing' });
}

/** @throws LockLost when another deploy took it over, CommandFailed when there is no place for it */
export function mustBeWritten(server: Server, written: Output): void {
  if (succeeded(written)) return;
  if (isLost(written)) throw new LockLost(server.name);
  throw new CommandFailed(server.name, 'write the journal down', written);
}

/**
 * A server on which nothing is changed before the journal says so, nor once another deploy took the lock over. A runner
 * may have slept for minutes, and what it had begun is rolled back by then. It costs no round trip.
 * @param book while its journal says that we hold no lock, nothing is asked
 */
export function underLock(server: Server, book: JournalBook): Server {
  return {
    get name() {
      return server.name;
    },
    get roundTrips() {
      return server.roundTrips;
    },
    open: async (to, signal) => server.open(to, signal),
    [Symbol.asyncDispose]: async () => server[Symbol.asyncDispose](),
    async round(
      commands: readonly Command[],
      onFailure: OnFailure,
      signal: AbortSignal,
      when?: When,
    ) {
      const { now, due } = book;
      const changes = onFailure !== 'every' || commands.some(({ survives }) => survives === true);
      if (!now.locked || !changes) return server.round(commands, onFailure, signal, when);
      const ours = shell(stillOurs, [now.stateDir, now.id], { shown: 'nothing' });
      const guard = due ? { ...writeJournal(now), survives: true } : ours;
      const [first, ...outputs] = await server.round(
        [guard, ...commands],
        withGuard(onFailure),
        signal,
        when,
      );
      if (first !== undefined) mustBeWritten(server, first);
      if (due) book.isWritten(now);
      return outputs;
    },
  };
}

/** Nothing runs where the guard fails. */
function withGuard(onFailure: OnFailure): OnFailure {
  if (onFailure === 'until failure') return onFailure;
  return onFailure === 'every' ? 1 : onFailure + 1;
}

function isLost(output: Output): boolean {
  return exitCode(output) === lockLost;
}
