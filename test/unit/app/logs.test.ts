import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { logSizes, newestError } from '../../../src/app/logs.ts';
import type { Command } from '../../../src/server/command.ts';

let writable: string;
let log: string;

beforeEach(() => {
  writable = mkdtempSync(join(tmpdir(), 'logs-'));
  mkdirSync(join(writable, 'logs'));
  log = join(writable, 'logs', 'log-2026-11-25.log');
});

afterEach(() => {
  rmSync(writable, { recursive: true });
});

function run({ program, args }: Command): string {
  return execFileSync(program, args, { encoding: 'utf8' });
}

const old = 'ERROR - 2026-11-25 10:00:00 --> old\nin APPPATH/Old.php on line 3.\n';
const thrown = `INFO - 2026-11-25 10:00:01 --> fine
CRITICAL - 2026-11-25 10:00:02 --> RuntimeException: no prices
[Method: GET, Route: /]
in APPPATH/Controllers/Home.php on line 12.
 1 SYSTEMPATH/x.php(3): y()
`;

test('the newest error has its place, which stands in a line of its own', () => {
  writeFileSync(log, `${old}${thrown}`);
  expect(run(newestError(writable, '')).trim()).toBe(
    'CRITICAL - 2026-11-25 10:00:02 --> RuntimeException: no prices in APPPATH/Controllers/Home.php on line 12.',
  );
});

test('what was logged before counts no more', () => {
  writeFileSync(log, old);
  const before = run(logSizes(writable));
  expect(before).toBe(`${old.length} log-2026-11-25.log\n`);
  expect(run(newestError(writable, before))).toBe('');
  appendFileSync(log, 'ERROR - 2026-11-25 10:00:03 --> new\n');
  expect(run(newestError(writable, before)).trim()).toBe('ERROR - 2026-11-25 10:00:03 --> new');
});

test('a log that was not there before counts as a whole, and of a long one its end', () => {
  writeFileSync(log, `${old}${'DEBUG - x --> y\n'.repeat(10_000)}${thrown}`);
  expect(run(newestError(writable, '5 log-2026-11-24.log\n'))).toContain('no prices');
});
