import { nothing, printed, succeeded, type Command, type Output } from './command.ts';
import { CommandFailed, ConnectionLost } from './failures.ts';
import type { Server } from './server.ts';

/** Asks named questions in one round; every one is asked, whatever the others say. */
export async function query<Name extends string>(
  server: Server,
  questions: Readonly<Record<Name, Command>>,
  signal: AbortSignal,
): Promise<Record<Name, Output>> {
  return ask(questions, async (commands) => server.round(commands, 'every', signal));
}

/** The same for what changes something: one that has begun ends, also without a connection. */
export async function queryLasting<Name extends string>(
  server: Server,
  changes: Readonly<Record<Name, Command>>,
  signal: AbortSignal,
): Promise<Record<Name, Output>> {
  return ask(changes, async (commands) => server.round(commands.map(lasting), 'every', signal));
}

/**
 * Asks groups of named questions that do not depend on each other: side by side where sshd allows it. Every one is asked.
 * @returns the answers of all groups
 */
export async function queryGroups<Name extends string>(
  server: Server,
  groups: readonly Readonly<Partial<Record<Name, Command>>>[],
  signal: AbortSignal,
): Promise<Record<Name, Output>> {
  const beside = async (commands: readonly Command[]): Promise<readonly Output[]> =>
    server.round(commands, 'every', signal, 'when free');
  const answers = groups.map(async (group) => ask(group as Record<Name, Command>, beside));
  return Object.assign({}, ...(await Promise.all(answers))) as Record<Name, Output>;
}

/** Asks what there is to ask, and gives each answer the name of its question. */
async function ask<Name extends string>(
  questions: Readonly<Record<Name, Command>>,
  round: (commands: readonly Command[]) => Promise<readonly Output[]>,
): Promise<Record<Name, Output>> {
  const named = Object.entries<Command>(questions).filter(([, one]) => one !== nothing);
  const outputs = named.length === 0 ? [] : await round(named.map(([, one]) => one));
  const answers = named.map(([name], at) => [name, outputs[at]]);
  const unasked = Object.keys(questions).map((name) => [name, silence]);
  return Object.fromEntries([...unasked, ...answers]) as Record<Name, Output>;
}

const silence: Output = { exit: { code: 0 }, stdout: '', stderr: '' };

function lasting(change: Command): Command {
  return { ...change, survives: true };
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
  return twice(async () => query(server, questions, signal));
}

/** Once more when the connection is lost meanwhile. */
export async function twice<T>(first: () => Promise<T>, again = first): Promise<T> {
  try {
    return await first();
  } catch (failure) {
    if (!(failure instanceof ConnectionLost)) throw failure;
    return again();
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
  const outputs = await server.round(changes.map(lasting), 'until failure', signal);
  mustSucceed(server, changes, outputs);
  return outputs;
}

/**
 * The same, and what is asked once they are done, in the same round.
 * @throws CommandFailed for the first change that did not succeed
 */
export async function performAndAsk<Name extends string>(
  server: Server,
  changes: readonly Command[],
  questions: Readonly<Record<Name, Command>>,
  signal: AbortSignal,
): Promise<Record<Name, Output>> {
  return ask(questions, async (asked) => {
    const both = [...changes.map(lasting), ...asked];
    const outputs = await server.round(both, changes.length, signal);
    mustSucceed(server, changes, outputs);
    return outputs.slice(changes.length);
  });
}

function mustSucceed(
  server: Server,
  changes: readonly Command[],
  outputs: readonly Output[],
): void {
  outputs.forEach((output, index) => {
    const change = changes[index];
    if (change !== undefined && !succeeded(output)) {
      throw new CommandFailed(server.name, printed(change), output);
    }
  });
}
