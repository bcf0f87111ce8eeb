import { passThrough, share, type Sharing } from '../../../remedies/access.ts';
import { inInputs } from '../../../remedy.ts';
import type { Config } from '../../../config/config.ts';
import { errorFinding, type Finding } from '../../../finding.ts';
import { exitCode, shell, succeeded, type Command, type Output } from '../../../server/command.ts';

/** Why the server is looked at: to deploy, to see what is live, to say what a deploy would need, or to adopt the site. */
export type Purpose = 'deploy' | 'verify' | 'doctor' | 'adopt';

/** Whether no commit is to go live there, so that the branch does not count. */
export function looksOnly(purpose: Purpose): boolean {
  return purpose === 'verify' || purpose === 'adopt';
}

/** Whether it looks under a lock of its own. */
export function isLocking(purpose: Purpose): boolean {
  return purpose === 'deploy' || purpose === 'adopt';
}

/** Who we are on the server and what lies at the path. */
export interface Place {
  /** Whom we are logged in as. */
  readonly user: string;
  /** The groups of that account, by name. */
  readonly groups: readonly string[];
  /** Who owns `writable/`; empty where it is not there, or not to be seen. */
  readonly writer: string;
  readonly state: 'ok' | 'absent' | 'closed' | 'not CodeIgniter' | 'read only';
  /** The first folder on the way that may not be entered; empty where there is none. */
  readonly closed: string;
}

// Exit statuses that tell one state from another; our own choice, above those the shell uses for faults of the script.
const states: Readonly<Record<number, Place['state']>> = {
  40: 'absent',
  41: 'closed',
  42: 'not CodeIgniter',
  43: 'read only',
};

// A folder that is closed to us hides whether the next one is there.
const question = `# who and where
id -un
id -Gn
stat -c %U -- "$1/writable" 2>/dev/null || echo
way=
for part in $(printf '%s' "$1" | tr '/ ' ' \\f'); do
  way=$way/$(printf '%s' "$part" | tr '\\f' ' ')
  [ ! -d "$way" ] || [ -x "$way" ] || { echo "$way"; exit 41; }
done
[ -e "$1" ] || exit 40
cd "$1" 2>/dev/null || exit 41
[ -f spark ] || exit 42
[ -w . ] || exit 43`;

/** Who we are on the server, and what lies at the path. */
export function askPlace({ path }: Config): Record<'place', Command> {
  return { place: shell(question, [path]) };
}

/** Reads it. */
export function readPlace({ place }: Record<'place', Output>): Place {
  const state = succeeded(place) ? 'ok' : (states[exitCode(place)] ?? 'closed');
  const [user = '', groups = '', writer = '', closed = ''] = place.stdout.split('\n');
  return { user, groups: groups.split(' '), writer, state, closed };
}

/** Whether anything further can be asked there. */
export function isThere({ state }: Place): boolean {
  return state !== 'absent' && state !== 'closed';
}

/** What is wrong with the place. */
export function judgePlace(
  { state, user, closed }: Place,
  { path }: Config,
  sharing: Sharing,
): readonly Finding[] {
  const said: Record<Exclude<Place['state'], 'ok'>, Finding> = {
    absent: errorFinding(
      'path-missing',
      `${path} does not exist on the server.`,
      inInputs('Set path to the directory that holds spark.'),
    ),
    closed: errorFinding(
      'path-closed',
      `${path} cannot be entered by ${user}: ${closed || path} is closed.`,
      closed === '' || closed === path ? share(sharing) : passThrough(closed),
    ),
    'not CodeIgniter': errorFinding(
      'not-codeigniter',
      `${path} holds no spark file, so it is not the root of a CodeIgniter 4 application.`,
      inInputs('Set path to the directory that holds spark.'),
    ),
    'read only': errorFinding(
      'path-not-writable',
      `${path} is not writable for ${user}, who has to update it.`,
      share(sharing),
    ),
  };
  return state === 'ok' ? [] : [said[state]];
}
