import type { rollback } from '../rollback.ts';
import { explained, untouched, type Explained } from './explanation.ts';

export const explainedRollback: Explained<typeof rollback> = {
  'command-failed': explained(
    'A command that had to succeed ended with another status. The message has the command and the end of its output.',
    'What was begun is rolled back. Before the switch the live site was not touched.',
    'Run the command by hand to see more. With step debug (`ACTIONS_STEP_DEBUG`) the log has every command and its whole output.',
    'A command whose failure has a known cause has a finding of its own.',
  ),
  'output-too-large': explained(
    'A command on the server printed more than 64 MiB. Often a program prints debug output, or a folder holds files in the millions.',
    'What was begun is rolled back.',
    'Run the command by hand to see what it prints.',
    'The connection was not lost.',
  ),
  'disk-full': explained(
    'No room is left on a file system of the server.',
    'What was begun is rolled back, with room that was set aside for it. Logs and sessions of visitors may fail meanwhile.',
    'The printed lines show what is full. Make room, then run the deploy again.',
    'The room that a deploy needs was there when it began: something else filled it.',
  ),
  'file-system-read-only': explained(
    'A file system of the server can only be read. Linux does that when a disk fails.',
    'Nothing more is written. Uploads, logs and file sessions of visitors fail too.',
    'The printed line shows why. When the disk is in order, mount it for writing and run again.',
    'It is no question of rights: `chmod` does not help.',
  ),
  unexpected: explained(
    'Something happened that ci4-deploy does not know.',
    'What was begun is rolled back.',
    'Please report it as an issue, with the message and the log of the step.',
    'It is most likely a defect of ci4-deploy, not of your application.',
  ),
  'migrations-not-rolled-back': explained(
    '`down()` is empty, throws, or would drop what it did not make. Or `undo-migrations` is `never`, or the batch holds migrations of somebody else.',
    'The old code serves with the new tables. Where the new code had been live, the site was asked again.',
    'Look at the tables that these migrations make. The next deploy takes them as run.',
    'The code is not half old and half new: only the database is ahead.',
  ),
  'tables-left': explained(
    'Tables that this deploy made are still there. A migration failed half-way, its `down()` leaves them, or the migrations stay.',
    'The old code does not know these tables, so visitors notice nothing. The next run of the same migration may meet them.',
    'When they hold nothing that you need, paste the `DROP TABLE`. Where the migrations stay there is none: the ledger has them, so nothing would make these tables again.',
    'Tables that were there before are not in that list.',
  ),
  'cleanup-failed': explained(
    'The deploy is live and proved, and the stage, old files or the lock could not be removed.',
    'None for visitors. A lock that stays keeps the next run out until it is 90 seconds old.',
    'The printed line shows what is there. The next deploy tidies up before it begins.',
    'The deploy did not fail.',
  ),
  'stranded-lock': explained(
    'The lock could not be released, mostly because the server was not reachable any more.',
    'None for visitors. The next run takes the lock over once it is 90 seconds old.',
    'Run the deploy again, or paste the line.',
    'It is not the lock of another deploy.',
  ),
  'stranded-stage': explained(
    'The stage could not be removed.',
    untouched,
    'Run the deploy again, which removes it first, or paste the lines.',
    'Nobody is served from the stage: no web server looks there.',
  ),
  'stranded-in-stage': explained(
    'A process that a command of the stage started could not be ended. Or the commands for after a rollback were not run to their end.',
    'The previous code is live. Workers may still run the new one.',
    'Paste the lines, which end it and run those commands. Or run the deploy again, which does it first.',
    'A command that ran and failed is [`own-command-failed`](#own-command-failed).',
  ),
  'stranded-after-switch': explained(
    'A process that a command after the switch started could not be ended.',
    'It runs the new code, and may meet the tables of the previous one.',
    'Paste the line, which ends it. Or run the deploy again, which does it first.',
    'A service of systemd is not meant: a command of `after-rollback` starts that again.',
  ),
  'stranded-migrate': explained(
    'The migrations of this deploy could not be rolled back, and nobody knows how far that went.',
    'The old code is live. Its tables may be those of the new code, or in between.',
    'Paste the line: it rolls back to the batch before this deploy. The stage stays there for it.',
    'Where migrations stay on purpose it is [`migrations-not-rolled-back`](#migrations-not-rolled-back).',
  ),
  'stranded-regress': explained(
    'A rollback had rolled migrations back, failed after that, and could not run them again.',
    'The newer code may be live without its tables.',
    'Paste the line: it runs the migrations of the newer code again.',
    'Rows of dropped tables do not come back by it.',
  ),
  'stranded-copy': explained(
    '`.env` still has the lines that pin the previous session handler.',
    'Visitors stay logged in, since the handler is the previous one.',
    'Run the deploy again, or paste the line that removes them.',
    'No session was moved yet.',
  ),
  'stranded-switch': explained(
    'The live tree could not go back to the previous commit.',
    'Visitors may get the new code, which was not confirmed, or an error.',
    'Paste the lines: they bring the previous files back and reload PHP-FPM. Or run the deploy again, which does it first.',
    'It is about files and PHP-FPM alone: the database has its own finding.',
  ),
  'stranded-cutover': explained(
    'The sessions could not be moved back.',
    'Visitors who were active in these minutes may have to log in again.',
    'Run the deploy again, which moves them, or paste the line for `.env`.',
    'The tables and the code are not at fault: only the sessions are between two places.',
  ),
};
