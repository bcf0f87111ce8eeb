import { expect, test } from '@jest/globals';
import { booted, waitForRemoteProcesses } from '../../../src/plan/remote-processes.ts';
import { failing, scripted } from '../../fakes/scripts.ts';
import { fakeHost } from '../../fakes/site.ts';

const never = new AbortController().signal;

test('waits for the processes of one deploy, as long as a step may take', async () => {
  const server = scripted();
  const host = fakeHost(server, { inputs: { 'step-timeout': '40s' } });
  await waitForRemoteProcesses(host, 'id1', never);
  const [question] = server.asked;
  expect(server.asked).toHaveLength(1);
  // Twice a second, and a little longer than that for the command itself.
  expect(question?.args.slice(3)).toEqual(['id1', '80']);
  expect(question?.limit).toBe(70);
});

test('says what still runs after that', async () => {
  const script = { ...(failing(1) as object), stdout: ' 7 php spark migrate\n' };
  const host = fakeHost(scripted({ 'wait for what is still running': script }));
  await expect(waitForRemoteProcesses(host, 'id1', never)).rejects.toThrow(
    /^this deploy is still running on the server: 7 php spark migrate$/,
  );
});

test('a server that boots is given a minute', async () => {
  const server = scripted();
  await booted({ server }, never);
  expect(server.asked.map(({ args, limit }) => [args.slice(3), limit])).toEqual([[['120'], 90]]);
});
