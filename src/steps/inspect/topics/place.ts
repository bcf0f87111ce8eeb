import type { Config } from '../../../config/config.ts';
import { errorFinding, type Finding } from '../../../finding.ts';
import { exitCode, shell, succeeded, type Command, type Output } from '../../../server/command.ts';

/** What the server is looked at for: to put another commit there, or only to see what is live. */
export type Purpose = 'deploy' | 'verify';

/** Who we are on the server and what lies at the path. */
export interface Place {
  /** Whom we are logged in as. */
  readonly user: string;
  readonly state: 'ok' | 'absent' | 'closed' | 'not CodeIgniter' | 'read only';
}

// Exit statuses that tell one state from another; our own choice, above those the shell uses for faults of the script.
const states: Readonly<Record<number, Place['state']>> = {
  40: 'absent',
  41: 'closed',
  42: 'not CodeIgniter',
  43: 'read only',
};

const question = `# who and where
id -un
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
  return { user: place.stdout.trim(), state };
}

/** Whether anything further can be asked there. */
export function isThere({ state }: Place): boolean {
  return state !== 'absent' && state !== 'closed';
}

/** What is wrong with the place. */
export function judgePlace({ state, user }: Place, { path }: Config): readonly Finding[] {
  const own = `sudo chown -R ${user} ${path}`;
  const said: Record<Exclude<Place['state'], 'ok'>, Finding> = {
    absent: errorFinding(
      'path-missing',
      `${path} does not exist on the server.`,
      'Set input path.',
    ),
    closed: errorFinding('path-closed', `${path} cannot be entered by ${user}.`, own),
    'not CodeIgniter': errorFinding(
      'not-codeigniter',
      `${path} holds no spark file, so it is not the root of a CodeIgniter 4 application.`,
      'Set input path to the directory that holds spark.',
    ),
    'read only': errorFinding(
      'path-not-writable',
      `${path} is not writable for ${user}, who has to update it.`,
      own,
    ),
  };
  return state === 'ok' ? [] : [said[state]];
}
