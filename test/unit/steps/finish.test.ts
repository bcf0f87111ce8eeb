import { describe, expect, test } from '@jest/globals';
import type { Site } from '../../../src/plan/site.ts';
import { walk } from '../../../src/plan/walk.ts';
import { Cancelled, ConnectionLost } from '../../../src/server/failures.ts';
import { finish } from '../../../src/steps/finish.ts';
import { FakeServer } from '../../fakes/server.ts';
import { fakeSite } from '../../fakes/site.ts';

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

async function locked(server: FakeServer): Promise<Site> {
  const site = fakeSite(server);
  await site.journal.note({ locked: true, stateDir: '/h' });
  return site;
}

describe('tidying up after a proved deploy', () => {
  test('a connection lost meanwhile: once more over a new one, and nothing to say', async () => {
    const site = await locked(losing(1));
    const { failure, undone } = await walk([finish], site, new AbortController().signal);
    expect({ failure, undone, findings: site.findings }).toEqual({
      failure: undefined,
      undone: [],
      findings: [],
    });
    expect(site.journal.now).toMatchObject({ locked: false, closed: true });
  });

  test('a server that is gone for good: a warning, and the deploy stays', async () => {
    const site = await locked(losing(99));
    const { failure, undone } = await walk([finish], site, new AbortController().signal);
    expect({ failure, undone }).toEqual({ failure: undefined, undone: [] });
    expect(site.findings).toMatchObject([{ name: 'cleanup-failed', severity: 'warning' }]);
    expect(site.journal.now).toMatchObject({ locked: false, closed: true });
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
    const { failure } = await walk([finish], await locked(server), stop.signal);
    expect(failure).toBeUndefined();
  });
});
