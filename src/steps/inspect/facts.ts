import { readApplication, type Answered } from '../../app/ask.ts';
import { succeeded, type Output } from '../../server/command.ts';
import { readFpmTest, type FpmTest } from '../fpm.ts';
import { states, type Question } from './questions.ts';

/** What the first round says about the server, typed. Nothing is judged here. */
export interface Facts {
  /** Whom we are logged in as. */
  readonly user: string;
  readonly place: 'ok' | 'absent' | 'closed' | 'not CodeIgniter' | 'read only';
  readonly clone: Clone | { readonly problem: string };
  readonly dirty: readonly string[];
  readonly fetched: 'ok' | { readonly problem: string };
  readonly ancestry: 'descendant' | 'not a descendant' | 'unknown';
  readonly changed: readonly string[];
  /** Files that the commit brings and that already lie there. */
  readonly inTheWay: readonly string[];
  readonly environment: 'ok' | 'absent' | 'closed';
  readonly php:
    { readonly version: string; readonly mysqli: boolean } | { readonly problem: string };
  readonly sudo: 'allowed' | { readonly problem: string };
  readonly fpm: { readonly known: boolean; readonly active: string };
  readonly fpmTest: FpmTest;
  readonly application: Answered;
}

/** The clone at the path. */
export interface Clone {
  readonly top: string;
  /** Absolute path of the git directory. */
  readonly gitDir: string;
  readonly head: string;
  /** The branch that is checked out; empty when the head is detached. */
  readonly branch: string;
}

export function readFacts(answers: Record<Question, Output>, nonce: string): Facts {
  return {
    user: answers.place.stdout.trim(),
    place: readPlace(answers.place),
    clone: readClone(answers.clone),
    dirty: dirtyNames(answers.status.stdout),
    fetched: succeeded(answers.fetch) ? 'ok' : { problem: answers.fetch.stderr.trim() },
    ancestry: readAncestry(answers.ancestry),
    changed: names(answers.changed.stdout, '\0'),
    inTheWay: names(answers.inTheWay.stdout, '\n'),
    environment: readEnvironment(answers.environment),
    php: readPhp(answers.php),
    sudo: succeeded(answers.sudo) ? 'allowed' : { problem: answers.sudo.stderr.trim() },
    fpm: readFpm(answers.fpm.stdout),
    fpmTest: readFpmTest(answers.fpmTest),
    application: readApplication(answers.application, nonce),
  };
}

function code(output: Output): number {
  return typeof output.exit === 'object' && 'code' in output.exit ? output.exit.code : 255;
}

function readPlace(output: Output): Facts['place'] {
  if (succeeded(output)) return 'ok';
  const told: Record<number, Facts['place']> = {
    [states.absent]: 'absent',
    [states.notCodeIgniter]: 'not CodeIgniter',
    [states.readOnly]: 'read only',
  };
  return told[code(output)] ?? 'closed';
}

function readClone(output: Output): Facts['clone'] {
  const [top, gitDir, head, branch] = output.stdout.split('\n');
  if (!succeeded(output) || !top || !gitDir || !head) {
    return { problem: output.stderr.trim() };
  }
  return { top, gitDir, head, branch: branch ?? '' };
}

function readAncestry(output: Output): Facts['ancestry'] {
  if (succeeded(output)) return 'descendant';
  return code(output) === 1 ? 'not a descendant' : 'unknown';
}

function readEnvironment(output: Output): Facts['environment'] {
  if (succeeded(output)) return 'ok';
  return code(output) === states.absent ? 'absent' : 'closed';
}

function readPhp(output: Output): Facts['php'] {
  const [version, mysqli] = output.stdout.trim().split(' ');
  if (!succeeded(output) || !version) {
    return { problem: output.stderr.trim() || output.stdout.trim() };
  }
  return { version, mysqli: mysqli === 'mysqli' };
}

function readFpm(text: string): Facts['fpm'] {
  const value = (name: string): string => new RegExp(`^${name}=(.*)$`, 'm').exec(text)?.[1] ?? '';
  return { known: value('LoadState') === 'loaded', active: value('ActiveState') };
}

function names(text: string, separator: string): readonly string[] {
  return text.split(separator).filter((name) => name !== '');
}

/** `git status --porcelain -z`: two letters, a blank, the name; a rename is followed by its old name. */
function dirtyNames(text: string): readonly string[] {
  return names(text, '\0')
    .filter((entry) => /^[ MADRCUT?!]{2} /.test(entry))
    .map((entry) => entry.slice(3));
}
