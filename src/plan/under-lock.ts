import { exitCode, shell, type Command, type Output } from '../server/command.ts';
import { LockLost } from '../server/failures.ts';
import type { Server, OnFailure } from '../server/server.ts';
import type { Journal } from './journal.ts';

/** The status of a command that found the lock in the hands of another deploy. */
export const lockLost = 76;

/** Shell text that asks so: `$1` is where the lock lies, `$2` the id of the deploy. */
export const lockIsOurs = `[ "$(cat "$1/lock/id" 2>/dev/null)" = "$2" ]`;

const ours = `# the lock is still ours
${lockIsOurs} || exit ${lockLost}`;

/**
 * A server on which nothing is changed once another deploy took the lock over. A runner may have slept for minutes, and what
 * it had begun is rolled back by then. It costs no round trip.
 * @param journal the journal as it is now; while it says that we hold no lock, nothing is asked
 */
export function underLock(server: Server, journal: () => Journal): Server {
  return {
    get name() {
      return server.name;
    },
    get roundTrips() {
      return server.roundTrips;
    },
    open: async (to, signal) => server.open(to, signal),
    [Symbol.asyncDispose]: async () => server[Symbol.asyncDispose](),
    async round(commands: readonly Command[], onFailure: OnFailure, signal: AbortSignal) {
      const { locked, stateDir, id } = journal();
      if (!locked || onFailure === 'every') return server.round(commands, onFailure, signal);
      const guard = shell(ours, [stateDir, id], { shown: 'nothing' });
      const [first, ...outputs] = await server.round([guard, ...commands], onFailure, signal);
      if (first !== undefined && isLost(first)) throw new LockLost(server.name);
      return outputs;
    },
  };
}

function isLost(output: Output): boolean {
  return exitCode(output) === lockLost;
}
