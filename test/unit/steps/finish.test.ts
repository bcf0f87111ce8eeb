import { describe, expect, test } from '@jest/globals';
import type { Host } from '../../../src/plan/host.ts';
import { walk } from '../../../src/plan/walk.ts';
import { Cancelled, ConnectionLost } from '../../../src/server/failures.ts';
import { finish } from '../../../src/steps/finish.ts';
import { FakeServer } from '../../fakes/server.ts';
import { fakeHost } from '../../fakes/site.ts';

/** A server whose connection is lost that many times, each time at the first command of a round. */
function losing(times: number): FakeServer {
  let left = times;
  const answer = (): object => {
    if (left > 0) {
      left -= 1;
      throw new ConnectionLost('nicolas@fake:22');
    }
    return {};
  };
  return new FakeServer({ sh: answer, rm: answer, true: answer });
}

async function locked(server: FakeServer): Promise<Host> {
  const host = fakeHost(server);
  await host.journal.note({ locked: true, stateDir: '/h' });
  return host;
}

describe('tidying up after a proved deploy', () => {
  test('a connection lost meanwhile: once more over a new one, and nothing to say', async () => {
    const host = await locked(losing(1));
    const { failure, undone, steps } = await walk([finish], [host], new AbortController().signal);
    expect({ failure, undone }).toEqual({ failure: undefined, undone: [] });
    expect(steps).toMatchObject([{ result: 'done', findings: [] }]);
    expect(host.journal.now).toMatchObject({ locked: false, closed: true });
  });

  test('a server that is gone for good: a warning, and the deploy stays', async () => {
    const host = await locked(losing(99));
    const { failure, undone, steps } = await walk([finish], [host], new AbortController().signal);
    expect({ failure, undone }).toEqual({ failure: undefined, undone: [] });
    const warning = { name: 'cleanup-failed', severity: 'warning' };
    expect(steps).toMatchObject([{ result: 'done', findings: [warning] }]);
    expect(host.journal.now).toMatchObject({ locked: false, closed: true });
  });

  test('a job that is cancelled meanwhile: the deploy stays', async () => {
    const stop = new AbortController();
    const server = new FakeServer({
      sh: () => {
        stop.abort(new Cancelled('SIGINT'));
        return {};
      },
      rm: () => ({}),
      true: () => ({}),
    });
    const { failure } = await walk([finish], [await locked(server)], stop.signal);
    expect(failure).toBeUndefined();
  });
});
