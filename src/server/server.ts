import type { Duplex } from 'node:stream';
import type { Command, Output } from './command.ts';

/** Where a connection opened from the server leads: a TCP port or a Unix socket. */
export type Address =
  { readonly host: string; readonly port: number } | { readonly socket: string };

/**
 * `every`: questions, each is asked whatever the others say. `until failure`: changes, nothing runs after a failed one.
 * A number: so many changes, and then questions, which are asked where no change failed.
 */
export type OnFailure = 'every' | 'until failure' | number;

/**
 * `at once`: beside whatever runs, over another login where it has to be. `when free`: beside it where sshd opens another
 * session on this login, else after it.
 */
export type When = 'at once' | 'when free';

/** Whether nothing runs any more once the command at that place has failed. */
export function stops(onFailure: OnFailure, at: number): boolean {
  return typeof onFailure === 'number' ? at < onFailure : onFailure === 'until failure';
}

/** A server we are logged in to. The adapter is `ssh.ts`; tests have one in memory under the same contract suite. */
export interface Server extends AsyncDisposable {
  /** `user@host:port`, as findings and the log call it. */
  readonly name: string;
  /** How often the server was waited for so far: rounds and opened connections. Those at the same moment are one. */
  readonly roundTrips: number;
  /**
   * Runs the commands one after the other in one round trip.
   * Answers one output for each command that ran: where a failure stops the round, what would follow is missing.
   * @throws ConnectionLost when the connection ends before the round does; what ran is then unknown
   * @throws Cancelled (the signal's reason) as soon as the signal aborts; the remote processes are asked to stop
   */
  round(
    commands: readonly Command[],
    onFailure: OnFailure,
    signal: AbortSignal,
    when?: When,
  ): Promise<readonly Output[]>;
  /**
   * A connection that starts at the server, as one of its own programs would open it.
   * @throws ForwardRefused when sshd forbids forwarding or nothing answers at the address
   */
  open(to: Address, signal: AbortSignal): Promise<Duplex>;
}
