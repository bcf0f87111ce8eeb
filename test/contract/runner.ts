import { describe, expect, test } from '@jest/globals';
import { Cancelled } from '../../src/server/failures.ts';
import { command } from '../../src/server/command.ts';
import type { Runner } from '../../src/trial/runner.ts';

/** A machine with the programs `sh` (what it is reported), and none called `absent`. */
export interface RunnerUnderTest {
  readonly open: () => Promise<Runner>;
}

const still = new AbortController().signal;
const echo = command('sh', ['-c', 'cat; echo wrong >&2; exit 3'], { stdin: 'ünïcode\n' });
const hangs = command('sh', ['-c', 'sleep 60']);

/** What every runner does. */
export function runnerContract(name: string, { open }: RunnerUnderTest): void {
  describe(name, () => {
    test('a program gets its standard input, and all it leaves is reported', async () => {
      await using runner = await open();
      expect(await runner.run(echo, still)).toEqual({
        exit: { code: 3 },
        stdout: 'ünïcode\n',
        stderr: 'wrong\n',
      });
    });

    test('a program that is missing ends with 127, as in a shell', async () => {
      await using runner = await open();
      const { exit, stderr } = await runner.run(command('absent', []), still);
      expect(exit).toEqual({ code: 127 });
      expect(stderr).toContain('absent');
    });

    test('a program that takes too long is ended', async () => {
      await using runner = await open();
      const { exit } = await runner.run({ ...hangs, limit: 1 }, still);
      expect(exit).toBe('timed out');
    });

    test('what is cancelled ends with the reason', async () => {
      await using runner = await open();
      const stop = new AbortController();
      const running = runner.run(hangs, stop.signal);
      setTimeout(() => {
        stop.abort(new Cancelled('enough'));
      }, 100);
      await expect(running).rejects.toThrow('enough');
      await expect(runner.run(echo, stop.signal)).rejects.toThrow('enough');
    });
  });
}
