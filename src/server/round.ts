import { printed, succeeded, type Command, type Output } from './command.ts';
import { CommandFailed, ConnectionLost } from './failures.ts';
import type { Server } from './server.ts';

/** Asks named questions in one round; every one is asked, whatever the others say. */
export async function query<Name extends string>(
  server: Server,
  questions: Readonly<Record<Name, Command>>,
  signal: AbortSignal,
): Promise<Record<Name, Output>> {
  const names = Object.keys(questions) as Name[];
  const outputs = await server.round(
    names.map((name) => questions[name]),
    'every',
    signal,
  );
  return Object.fromEntries(names.map((name, index) => [name, outputs[index]])) as Record<
    Name,
    Output
  >;
}

/**
 * Asks what may be asked twice: when the connection is lost meanwhile, once more over a new one.
 * @throws ConnectionLost when that one is lost, too
 */
export async function queryTwice<Name extends string>(
  server: Server,
  questions: Readonly<Record<Name, Command>>,
  signal: AbortSignal,
): Promise<Record<Name, Output>> {
  try {
    return await query(server, questions, signal);
  } catch (failure) {
    if (!(failure instanceof ConnectionLost)) throw failure;
    return query(server, questions, signal);
  }
}

/**
 * Runs changes in one round, each only if the one before succeeded. One that has begun ends, also without a connection.
 * @throws CommandFailed for the first that did not
 */
export async function perform(
  server: Server,
  changes: readonly Command[],
  signal: AbortSignal,
): Promise<readonly Output[]> {
  const lasting = changes.map((change) => ({ ...change, survives: true }));
  const outputs = await server.round(lasting, 'until failure', signal);
  outputs.forEach((output, index) => {
    const change = changes[index];
    if (change !== undefined && !succeeded(output)) {
      throw new CommandFailed(server.name, printed(change), output);
    }
  });
  return outputs;
}
