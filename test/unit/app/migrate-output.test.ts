import { describe, expect, test } from '@jest/globals';
import { readMigrateOutput } from '../../../src/app/migrate-output.ts';
import type { Output } from '../../../src/server/command.ts';

function ran(stdout: string, exit: Output['exit'] = { code: 0 }, stderr = ''): Output {
  return { exit, stdout, stderr };
}

const newer = `Running all new migrations...
[CodeIgniter\\Database\\Exceptions\\DatabaseException]
Table 'ci_sessions'
already exists
at APPPATH/Database/Migrations/2026-01-09-000000_CreateSessionTable.php:23

  Caused by:
  [mysqli_sql_exception]
  Table 'ci_sessions' already exists
  at SYSTEMPATH/Database/MySQLi/Connection.php:1
`;

const older = `Running all new migrations...

[ParseError]

syntax error, unexpected token "}"

at ROOTPATH/modules/Shop/Database/Migrations/2026-01-09-000000_X.php:5
`;

describe('an exception is found although the status is 0', () => {
  test('4.2 and newer', () => {
    expect(readMigrateOutput(ran(newer))).toEqual({
      message:
        "CodeIgniter\\Database\\Exceptions\\DatabaseException: Table 'ci_sessions' already exists",
      at: {
        file: 'app/Database/Migrations/2026-01-09-000000_CreateSessionTable.php',
        line: 23,
      },
    });
  });

  test('4.1, with blank lines', () => {
    expect(readMigrateOutput(ran(older))).toEqual({
      message: 'ParseError: syntax error, unexpected token "}"',
      at: { file: 'modules/Shop/Database/Migrations/2026-01-09-000000_X.php', line: 5 },
    });
  });

  test('in colour', () => {
    const text =
      '\u001b[1;37m\u001b[41m[Error]\u001b[0m\nno\nat \u001b[0;32mFCPATH/index.php:1\u001b[0m\n';
    expect(readMigrateOutput(ran(text))).toEqual({
      message: 'Error: no',
      at: { file: 'public/index.php', line: 1 },
    });
  });

  test('an error without a file and a line has no place', () => {
    expect(readMigrateOutput(ran('[Error]\nno\n'))).toEqual({ message: 'Error: no', at: null });
  });
});

test.each([
  ['/srv/app/app/X.php', 'app/X.php'],
  ['/elsewhere/X.php', '/elsewhere/X.php'],
  ['SYSTEMPATH/Database/BaseConnection.php', 'system/Database/BaseConnection.php'],
  ['VENDORPATH/a/b.php', 'vendor/a/b.php'],
])('%s is shortened to %s', (file, short) => {
  const fault = readMigrateOutput(ran(`[Error]\nno\nat ${file}:3`), '/srv/app');
  expect(fault?.at).toEqual({ file: short, line: 3 });
});

describe('evidence of failure without an exception', () => {
  test.each(['', '\n', '""\n'])('an output of %j', (text) => {
    expect(readMigrateOutput(ran(text))?.message).toContain('writable/cache');
  });

  test("PHP's own fatal error", () => {
    const stderr =
      "PHP Fatal error:  Uncaught Error: Failed opening required 'x' in /srv/app/spark:37\n";
    expect(readMigrateOutput(ran('', { code: 255 }, stderr), '/srv/app')).toEqual({
      message: "Fatal error: Uncaught Error: Failed opening required 'x'",
      at: { file: 'spark', line: 37 },
    });
    const parse = 'Parse error: syntax error in /srv/app/app/Config/App.php on line 9\n';
    expect(readMigrateOutput(ran(parse, { code: 255 }), '/srv/app')?.at).toEqual({
      file: 'app/Config/App.php',
      line: 9,
    });
  });

  test.each<[Output['exit'], string]>([
    [{ code: 9 }, 'php spark migrate ended with status 9: no'],
    [{ signal: 'KILL' }, 'php spark migrate was killed by KILL: no'],
    [
      'timed out',
      'php spark migrate did not end in time (input step-timeout); it may have waited for a table that another connection holds: SELECT * FROM information_schema.INNODB_TRX: no',
    ],
  ])('ended with %j', (exit, message) => {
    expect(readMigrateOutput(ran('no', exit))).toEqual({ message, at: null });
  });
});

test('an ordinary run is no evidence of failure, in whatever language', () => {
  const text = 'Ejecutando...\n\tRunning: (App) 2026-01-09-000000_App\\X\nMigraciones completas.\n';
  expect(readMigrateOutput(ran(text))).toBeNull();
});
