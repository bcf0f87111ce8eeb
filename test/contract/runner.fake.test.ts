import type { Output } from '../../src/server/command.ts';
import { FakeRunner } from '../fakes/runner.ts';
import { runnerContract } from './runner.ts';

runnerContract('the fake runner', {
  open: async () =>
    new FakeRunner({
      sh: ({ args, stdin = '' }): Output | 'never' =>
        args.includes('sleep 60')
          ? 'never'
          : { exit: { code: 3 }, stdout: stdin, stderr: 'wrong\n' },
    }),
});
