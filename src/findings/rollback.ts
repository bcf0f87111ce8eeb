import { of } from './entry.ts';

/** The rollback. */
export const rollback = {
  'command-failed': of('a command that had to succeed did not', 'person', 'error'),
  'output-too-large': of(
    'a command on the server printed more than 64 MiB, so its answer is not whole',
    'person',
    'error',
  ),
  'disk-full': of(
    'no room left on the server; what was begun is rolled back with room that was set aside',
    'person',
    'error',
  ),
  'file-system-read-only': of('nothing can be written on the server', 'person', 'error'),
  unexpected: of('something ci4-deploy does not know; please report it', 'person', 'error'),
  'migrations-not-rolled-back': of(
    'the migrations stay, and why: `down()` is empty, throws, or drops what it did not make',
    'person',
    'warning',
  ),
  'tables-left': of('tables of this deploy are still there', 'lines', 'warning'),
  'cleanup-failed': of('the deploy is live, but something was not tidied up', 'person', 'warning'),
  'stranded-lock': of(
    'the lock could not be released; the remedy does it by hand',
    'lines',
    'error',
  ),
  'stranded-stage': of(
    'the stage could not be removed; the remedy does it by hand',
    'lines',
    'error',
  ),
  'stranded-in-stage': of(
    'what your commands in the stage left running did not end; the remedy does it by hand',
    'lines',
    'error',
  ),
  'stranded-after-switch': of(
    'what your commands left running did not end; the remedy does it by hand',
    'lines',
    'error',
  ),
  'stranded-migrate': of(
    'the migrations could not be rolled back; the remedy does it by hand',
    'lines',
    'error',
  ),
  'stranded-regress': of(
    'the migrations that a rollback had rolled back could not be run again; the remedy does it by hand',
    'lines',
    'error',
  ),
  'stranded-copy': of(
    '`.env` still pins the previous session handler; the remedy does it by hand',
    'lines',
    'error',
  ),
  'stranded-switch': of(
    'the live tree could not go back; the remedy does it by hand',
    'lines',
    'error',
  ),
  'stranded-cutover': of(
    'the sessions could not be moved back; the remedy does it by hand',
    'lines',
    'error',
  ),
};
