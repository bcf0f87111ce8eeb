import { setTimeout as pause } from 'node:timers/promises';
import { FakeServer, type Program } from '../fakes/server.ts';
import { serverContract } from './server.ts';

/** Programs as far as the contract calls them. */
const programs: Record<string, Program> = {
  printf: ({ args: [, value = ''] }) => ({ stdout: value }),
  cat: ({ stdin = '' }) => ({ stdout: stdin }),
  base64: ({ bytes = new Uint8Array() }) => ({ stdout: Buffer.from(bytes).toString('base64') }),
  true: () => ({}),
  false: () => ({ exit: { code: 1 } }),
  pwd: ({ cwd = '/' }) => ({ stdout: `${cwd}\n` }),
  sleep: async ({ args: [seconds] }, signal) => {
    await pause(Number(seconds) * 1000, undefined, { signal }).catch(() => undefined);
    return {};
  },
  sh: ({ args: [, text] }) =>
    text === 'kill -9 $$'
      ? { exit: { signal: 'SIGKILL' } }
      : { exit: { code: 3 }, stdout: 'out', stderr: 'err' },
};

serverContract('the server in memory', async () => ({
  server: new FakeServer(programs, { listeners: { '127.0.0.1:7': () => undefined } }),
  echo: { host: '127.0.0.1', port: 7 },
  nobody: { host: '127.0.0.1', port: 8 },
  [Symbol.asyncDispose]: async () => Promise.resolve(),
}));
