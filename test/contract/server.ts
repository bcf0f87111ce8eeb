import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Duplex } from 'node:stream';
import { command, shell, type Command, type Output } from '../../src/server/command.ts';
import { Cancelled, ForwardRefused } from '../../src/server/failures.ts';
import type { Address, Server } from '../../src/server/server.ts';

/** A server under test, with an echo at `echo` and nobody at `nobody`. */
export interface Subject extends AsyncDisposable {
  readonly server: Server;
  readonly echo: Address;
  readonly nobody: Address;
}

const never = new AbortController().signal;

/** What every Server must do, the real one and the one in memory. */
export function serverContract(name: string, make: () => Promise<Subject>): void {
  describe(name, () => {
    let subject: Subject;
    beforeAll(async () => {
      subject = await make();
    }, 120_000);
    afterAll(async () => subject[Symbol.asyncDispose]());

    const every = async (...commands: Command[]): Promise<readonly Output[]> =>
      subject.server.round(commands, 'every', never);
    const one = async (asked: Command): Promise<Output> => {
      const [output] = await every(asked);
      if (output === undefined) throw new Error('no answer');
      return output;
    };

    test('gives each command its exit status and its own output', async () => {
      const outputs = await every(
        command('printf', ['%s', 'a\n\nb']),
        command('false', []),
        command('printf', ['%s', 'c\n']),
      );
      expect(outputs).toEqual([
        { exit: { code: 0 }, stdout: 'a\n\nb', stderr: '' },
        { exit: { code: 1 }, stdout: '', stderr: '' },
        { exit: { code: 0 }, stdout: 'c\n', stderr: '' },
      ]);
    });

    test('until failure: nothing runs after a failed command', async () => {
      const changes = [command('true', []), command('false', []), command('printf', ['%s', 'x'])];
      const outputs = await subject.server.round(changes, 'until failure', never);
      expect(outputs.map(({ exit }) => exit)).toEqual([{ code: 0 }, { code: 1 }]);
    });

    test('a number: nothing runs after a change that failed, and then every question is asked', async () => {
      const [yes, no, x] = [command('true', []), command('false', []), command('printf', ['x'])];
      const ended = async (...commands: Command[]): Promise<unknown> =>
        (await subject.server.round(commands, 2, never)).map(({ exit }) => exit);
      expect(await ended(yes, no, x)).toEqual([{ code: 0 }, { code: 1 }]);
      expect(await ended(yes, yes, no, x)).toEqual([0, 0, 1, 0].map((code) => ({ code })));
    });

    test.each([
      'plain',
      '',
      ' ',
      '-n',
      '--help',
      "it's",
      '"quoted"',
      '$(id)',
      '`id`',
      '; id',
      '& id',
      '| id',
      '> /tmp/x',
      'a\nb',
      '*',
      '~',
      '!x',
      '\\',
      '%s',
      'été ✓ 日本',
      '$HOME',
      "'; id; '",
    ])('hands the argument %j over as it is', async (value) => {
      expect((await one(command('printf', ['%s', value]))).stdout).toBe(value);
    });

    test.each([
      '',
      'no line end',
      'line\n',
      '\'"$(id)`id`\\',
      'EOF\n',
      'é✓\n',
      'x'.repeat(200_000),
    ])('hands standard input over byte for byte (%#)', async (stdin) => {
      expect((await one(command('cat', [], { stdin }))).stdout).toBe(stdin);
    });

    test('hands bytes over that are no text', async () => {
      const bytes = Uint8Array.from({ length: 256 }, (_, at) => at);
      const { stdout } = await one(command('base64', ['-w', '0'], { bytes }));
      expect(stdout).toBe(Buffer.from(bytes).toString('base64'));
    });

    test('standard input is empty where nothing is given', async () => {
      expect((await one(command('cat', []))).stdout).toBe('');
    });

    test('runs in the directory, and fails where there is none', async () => {
      expect((await one(command('pwd', [], { cwd: '/tmp' }))).stdout).toBe('/tmp\n');
      const { exit, stdout, stderr } = await one(command('pwd', [], { cwd: '/no such place' }));
      expect(exit).not.toEqual({ code: 0 });
      expect(stdout).toBe('');
      expect(stderr).toContain('/no such place');
    });

    test('keeps the two streams apart', async () => {
      const output = await one(shell('printf out; printf err >&2; exit 3'));
      expect(output).toEqual({ exit: { code: 3 }, stdout: 'out', stderr: 'err' });
    });

    test('a program that is not there is 127', async () => {
      expect((await one(command('no-such-program', []))).exit).toEqual({ code: 127 });
    });

    test('an end by signal is no exit status', async () => {
      expect((await one(shell('kill -9 $$'))).exit).toEqual({ signal: 'SIGKILL' });
    });

    test('a command is stopped at its limit, the next one still runs', async () => {
      const outputs = await every(
        command('sleep', ['30'], { limit: 1 }),
        command('printf', ['%s', 'on']),
      );
      expect(outputs.map(({ exit }) => exit)).toEqual(['timed out', { code: 0 }]);
    }, 20_000);

    test('an abort ends the round with its reason, and the server can be asked again', async () => {
      const stop = new AbortController();
      const asked = subject.server.round([command('sleep', ['30'])], 'every', stop.signal);
      setTimeout(() => {
        stop.abort(new Cancelled('enough'));
      }, 300);
      await expect(asked).rejects.toThrow(new Cancelled('enough'));
      expect((await one(command('printf', ['%s', 'here']))).stdout).toBe('here');
    }, 20_000);

    test('an aborted signal asks nothing at all', async () => {
      const stop = AbortSignal.abort(new Cancelled('before'));
      const before = subject.server.roundTrips;
      await expect(subject.server.round([command('true', [])], 'every', stop)).rejects.toThrow(
        'before',
      );
      expect(subject.server.roundTrips).toBe(before);
    });

    test('opens a connection that starts at the server', async () => {
      const stream = await subject.server.open(subject.echo, never);
      expect(await echoed(stream, 'hello')).toBe('hello');
      stream.destroy();
    });

    test('says that nobody answers at an address', async () => {
      const refused = subject.server.open(subject.nobody, never);
      await expect(refused).rejects.toBeInstanceOf(ForwardRefused);
      await expect(refused).rejects.toMatchObject({ reason: 'no answer', to: subject.nobody });
    });

    test('counts a round, and an opened connection, as one round trip', async () => {
      const before = subject.server.roundTrips;
      await every(command('true', []), command('true', []));
      (await subject.server.open(subject.echo, never)).destroy();
      expect(subject.server.roundTrips - before).toBe(2);
    });

    test('what is asked at the same moment is one round trip', async () => {
      await Promise.all([every(command('true', [])), every(command('true', []))]);
      const before = subject.server.roundTrips;
      await Promise.all([every(command('true', [])), every(command('true', []))]);
      expect(subject.server.roundTrips - before).toBe(1);
    });
  });
}

async function echoed(stream: Duplex, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    stream.once('error', reject);
    stream.once('data', (part: Buffer) => {
      resolve(part.toString());
    });
    stream.write(text);
  });
}
