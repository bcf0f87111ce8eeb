import { describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { command, printed, quote, shell } from '../../../src/server/command.ts';
import { CommandFailed } from '../../../src/server/failures.ts';
import { query, perform } from '../../../src/server/round.ts';
import { FakeServer } from '../../fakes/server.ts';

const never = new AbortController().signal;

test.each([
  "it's",
  '$(id)',
  '`id`',
  '',
  ' ',
  '\n',
  '-n',
  '*',
  '\\',
  '"',
  '!',
  '~/x',
  '\u{1f600}',
  ';',
  "'''",
])('a shell gives %j back as it was', (value) => {
  const echoed = execFileSync('sh', ['-c', `printf %s ${quote(value)}`], { encoding: 'utf8' });
  expect(echoed).toBe(value);
});

describe('a command in the log', () => {
  test('stands as a person would type it, without its standard input', () => {
    const one = command('git', ['log', 'a b'], { cwd: '/var/www', stdin: 'secret' });
    expect(printed(one)).toBe("cd /var/www && git log 'a b'");
  });

  test('stands as it is typed, where it says so', () => {
    const one = shell('# run it\nexec sh -c "$1"', ['npm ci'], { cwd: '/s', typed: 'npm ci && x' });
    expect(printed(one)).toBe('cd /s && npm ci && x');
  });

  test('shell text that begins with a comment is shown by it, with its values', () => {
    expect(printed(shell('# take the lock\nmkdir "$1"', ['/x y']))).toBe("# take the lock: '/x y'");
    expect(printed(shell('# done\ntrue'))).toBe('# done');
  });
});

describe('rounds', () => {
  const programs = {
    yes: () => ({ stdout: 'y' }),
    no: () => ({ exit: { code: 3 }, stderr: 'why\nnot\n' }),
  };

  test('ask names each answer, whatever the others say', async () => {
    const server = new FakeServer(programs);
    const reported = await query(
      server,
      { bad: command('no', []), good: command('yes', []) },
      never,
    );
    expect([reported.bad.exit, reported.good.stdout]).toEqual([{ code: 3 }, 'y']);
    expect(server.roundTrips).toBe(2);
  });

  test('perform stops at the first failure and says which', async () => {
    const server = new FakeServer(programs);
    const changes = [command('yes', []), command('no', ['x']), command('yes', [])];
    const failed = await perform(server, changes, never).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(CommandFailed);
    expect(failed).toMatchObject({ command: 'no x', exit: { code: 3 }, tail: 'why\nnot' });
    expect(server.asked).toHaveLength(2);
  });
});
