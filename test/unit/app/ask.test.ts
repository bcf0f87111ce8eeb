import { describe, expect, test } from '@jest/globals';
import { inspect } from 'node:util';
import { askApplication, askCanary, readApplication, readCanary } from '../../../src/app/ask.ts';
import type { BootFailure } from '../../../src/app/application.ts';
import type { Output } from '../../../src/server/command.ts';
import { programs } from '../../../src/php/programs.ts';
import { answer, database, nonce, printed } from './replies.ts';

function failureOf(output: Output): BootFailure {
  const reported = readApplication(output, nonce);
  if (reported.ok) throw new Error('it answered');
  return reported.failure;
}

describe('the question', () => {
  test('is PHP on standard input, and only its command line may be shown', () => {
    expect(askApplication('php8.3', '/srv/app', nonce)).toEqual({
      program: 'php8.3',
      args: ['-d', 'opcache.enable_cli=0', '-d', 'display_errors=stderr', '--', '/srv/app', nonce],
      stdin: programs.probe,
      shown: 'command',
    });
    expect(askCanary('php', '/srv/app', nonce).stdin).toBe(programs.canary);
  });
});

describe('the answer', () => {
  test('becomes the application', () => {
    const reported = readApplication(printed({ ok: true, answer: answer() }), nonce);
    expect(reported).toMatchObject({
      ok: true,
      application: {
        framework: '4.7.2',
        session: { table: 'app_ci_sessions', inDatabase: true },
        ledgerDatabase: { address: { host: '127.0.0.1', port: 3306 }, refused: null },
        ledger: { table: 'app_migrations', enabled: true, lockTable: null },
        migrations: [{ version: '20260109000000', line: 7, down: { drops: ['ci_sessions'] } }],
      },
    });
  });

  test('one connection for both is one object, so that nobody logs in twice', () => {
    const reported = readApplication(printed({ ok: true, answer: answer() }), nonce);
    if (!reported.ok) throw new Error(reported.failure.message);
    expect(reported.application.sessionDatabase).toBe(reported.application.ledgerDatabase);
  });

  test('a session database of its own, through a socket', () => {
    const own = database({ hostname: '/run/db.sock', address: { socket: '/run/db.sock' } });
    const reported = readApplication(
      printed({ ok: true, answer: answer({ sessionDatabase: own }) }),
      nonce,
    );
    if (!reported.ok) throw new Error(reported.failure.message);
    expect(reported.application.sessionDatabase.address).toEqual({ socket: '/run/db.sock' });
    expect(reported.application.ledgerDatabase.address).toEqual({ host: '127.0.0.1', port: 3306 });
  });

  test('prints no password, however it is printed', () => {
    const reported = readApplication(printed({ ok: true, answer: answer() }), nonce);
    expect(JSON.stringify(reported) + inspect(reported, { depth: 9 })).not.toContain('hunter2');
    expect(reported.ok && reported.application.ledgerDatabase.password.reveal()).toBe('hunter2');
  });

  test.each([
    [{ framework: 4 }, 'framework is not text'],
    [{ session: null }, 'session is no object'],
    [{ ledger: { table: 'migrations', enabled: 1 } }, 'ledger.enabled is not true or false'],
    [{ migrations: [{}] }, 'migrations[0].namespace is missing'],
    [{ migrations: 'none' }, 'migrations is not a list'],
    [{ caches: [1] }, 'caches[0] is not text'],
    [{ ledgerDatabase: database({ address: { host: 'db', port: '3306' } }) }, 'address.port'],
  ])('a field that is not as agreed is named: %j', (changes, message) => {
    const failure = failureOf(printed({ ok: true, answer: answer(changes) }));
    expect(failure.phase).toBe('answer');
    expect(failure.message).toContain(message);
  });

  test('text between the markers that is no JSON', () => {
    const output = { exit: { code: 0 }, stdout: `${nonce}{"ok":${nonce}`, stderr: '' };
    expect(failureOf(output).phase).toBe('answer');
  });
});

describe('a failure', () => {
  test('is reported in the words of the application, with its place', () => {
    const reply = {
      ok: false,
      phase: 'boot',
      message: 'ParseError: syntax error',
      file: 'app/Config/App.php',
      line: 12,
    };
    expect(failureOf(printed(reply))).toEqual({
      phase: 'boot',
      message: 'ParseError: syntax error',
      at: { file: 'app/Config/App.php', line: 12 },
    });
  });

  test('an application that ends the program: what it printed is the reason', () => {
    const reply = {
      ok: false,
      phase: 'boot',
      message: 'The application ended the program itself (exit or die).',
      file: null,
      line: null,
      noise: '<p>The application environment\n is not set correctly.</p>',
    };
    expect(failureOf(printed(reply, 1)).message).toBe(
      'The application ended the program itself (exit or die). It printed: The application environment is not set correctly.',
    );
  });

  test.each<[Output['exit'], string, string, string]>([
    [{ code: 127 }, 'sh: 1: php9: not found', 'php', 'PHP was not found: sh: 1: php9: not found'],
    [{ code: 126 }, '', 'php', 'PHP may not be run'],
    [{ signal: 'KILL' }, '', 'boot', 'PHP was killed by KILL'],
    ['timed out', '', 'boot', 'PHP did not answer in time'],
    [
      { code: 255 },
      "PHP Fatal error:  Uncaught Error: no in /a.php:1\nStack trace:\n#0 /a.php(1): login('hunter2')\n  thrown in /a.php on line 1\n",
      'boot',
      'PHP ended with status 255 and no answer: PHP Fatal error: Uncaught Error: no in /a.php:1',
    ],
  ])('no answer, ended with %j', (exit, stderr, phase, message) => {
    expect(failureOf({ exit, stdout: '', stderr })).toEqual({ phase, message, at: null });
  });
});

describe('the canary', () => {
  const flown = { handler: 'H', written: true, same: true, stamp: 5, clock: 5, left: 0 };

  test('flew', () => {
    const output = printed({ ok: true, answer: flown });
    expect(readCanary(output, nonce)).toEqual({ ok: true, canary: flown });
  });

  test('left no row', () => {
    const reported = readCanary(
      printed({ ok: true, answer: { ...flown, stamp: null, clock: null } }),
      nonce,
    );
    expect(reported).toMatchObject({ ok: true, canary: { stamp: null, clock: null } });
  });

  test('could not fly', () => {
    const reply = { ok: false, phase: 'canary', message: 'E: no table', file: null, line: null };
    expect(readCanary(printed(reply), nonce)).toEqual({
      ok: false,
      failure: { phase: 'canary', message: 'E: no table', at: null },
    });
  });
});
