import { CutoverFailed } from '../app/cutover.ts';
import { DatabaseRefused } from '../schema/database.ts';
import {
  addressText,
  Cancelled,
  CommandFailed,
  ComposerFailed,
  ConnectionLost,
  ForwardRefused,
  LockLost,
  LoginFailed,
  NoShell,
  OutputTooLarge,
} from '../server/failures.ts';
import { ended } from './log.ts';
import { allowForwarding } from '../remedies/ssh.ts';
import { advice, inInputs, onServer, toSee, toSeeAsRoot } from '../remedy.ts';
import { loginFinding } from './login-failure.ts';
import { shellFinding } from './shell-failure.ts';
import { errorFinding as error, type Finding } from '../finding.ts';
import { Stopped } from '../plan/results.ts';

/**
 * The one place that turns what was thrown into a sentence with a remedy.
 * Nothing for a cancelled run and for errors that are findings already.
 */
export function finding(failure: unknown): readonly Finding[] {
  if (failure === undefined || failure instanceof Stopped || failure instanceof Cancelled)
    return [];
  if (failure instanceof LoginFailed) return [loginFinding(failure)];
  if (failure instanceof NoShell) return [shellFinding(failure)];
  if (failure instanceof CommandFailed) return [command(failure)];
  if (failure instanceof ConnectionLost) {
    return [
      error(
        'connection-lost',
        `The connection to ${failure.server} was lost during this step, so how it ended there is not known.`,
        'Run the deploy again. It finds out what was done.',
      ),
    ];
  }
  if (failure instanceof LockLost) {
    return [
      error(
        'lock-lost',
        `${failure.message} It had heard nothing from this one for 90 seconds, and rolls back what this one had begun.`,
        'Look at the other run. When it is over, run this one again.',
      ),
    ];
  }
  return [ofTheSite(failure)];
}

function ofTheSite(failure: unknown): Finding {
  if (failure instanceof OutputTooLarge) return tooLarge(failure);
  if (failure instanceof DatabaseRefused) {
    return error(
      'database-refused',
      failure.message,
      onServer('Look at the settings of the database in .env and at the grants of its user.'),
    );
  }
  if (failure instanceof CutoverFailed) return cutoverFailed(failure);
  if (failure instanceof ForwardRefused) return forward(failure);
  return unknown(failure);
}

function tooLarge({ server, command: text }: OutputTooLarge): Finding {
  return error(
    'output-too-large',
    `On ${server} this printed more than 64 MiB, so its answer is not whole: ${text}. Often a program prints debug output, or a folder holds files in the millions.`,
    'Run it there by hand to see what it prints.',
  );
}

function command(failure: CommandFailed): Finding {
  const { server, command: text, exit, tail } = failure;
  const disk = diskFault(server, tail);
  if (disk !== null) return disk;
  if (failure instanceof ComposerFailed) return composer(failure);
  return error(
    'command-failed',
    `On ${server} this failed (${ended(exit)}): ${text}${tail === '' ? '' : `: ${tail}`}`,
    'The log shows the command with its whole output.',
  );
}

function composer({ server, exit, tail }: CommandFailed): Finding {
  return error(
    'composer-failed',
    `Composer could not install what composer.lock wants (${ended(exit)}), so the live site was not touched. On ${server} it said: ${tail}`,
    'Every package that composer.lock names has to be there for the server. Correct composer.lock and push again.',
  );
}

/** The commonest reasons why nothing works any more on a server, in the words of strerror(3); commands run in the C locale. */
function diskFault(server: string, tail: string): Finding | null {
  if (tail.includes('No space left on device') || tail.includes('Out of diskspace')) {
    return error('disk-full', `The disk of ${server} is full: ${tail}`, [
      toSee('See what is full', 'df -h', 'df -i'),
      advice('Make room, then run the deploy again.'),
    ]);
  }
  if (tail.includes('Read-only file system')) {
    return error('file-system-read-only', `A file system of ${server} is read-only: ${tail}`, [
      toSeeAsRoot(
        'Linux does that when a disk fails. See why',
        'sudo dmesg --level=err,crit,alert,emerg',
      ),
      advice('When the disk is in order, mount it for writing and run the deploy again.'),
    ]);
  }
  return null;
}

function forward({ to, reason }: ForwardRefused): Finding {
  if (reason === 'no answer') {
    return error(
      'forward-refused',
      `Nothing answers at ${addressText(to)} on the server, as far as sshd can reach it.`,
      toSee('See whether the database runs', 'systemctl status mariadb mysql'),
      allowForwarding('AllowStreamLocalForwarding'),
    );
  }
  return error(
    'forward-refused',
    `sshd opened no connection to ${addressText(to)}.`,
    allowForwarding('socket' in to ? 'AllowStreamLocalForwarding' : 'AllowTcpForwarding'),
  );
}

function cutoverFailed({ message }: CutoverFailed): Finding {
  return error(
    'cutover-failed',
    `The sessions could not be moved; ${message}`,
    'Run the deploy again.',
    inInputs(
      'Deploy without moving the sessions. Every visitor then has to log in again',
      'preserve-sessions: off',
    ),
  );
}

function unknown(failure: unknown): Finding {
  const text = failure instanceof Error ? (failure.stack ?? failure.message) : String(failure);
  return error(
    'unexpected',
    `Something that ci4-deploy does not know: ${text}`,
    'Please report it with this message.',
  );
}
