import { Cancelled } from './server/failures.ts';

/** The signal that aborts when a runner, or a person at a terminal, ends this process. */
export function untilCancelled(): AbortSignal {
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      stop.abort(new Cancelled(`The run received ${name}.`));
    });
  }
  return stop.signal;
}
