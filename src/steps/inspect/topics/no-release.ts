import type { Config } from '../../../config/config.ts';
import { errorFinding, type Finding } from '../../../finding.ts';
import { fpmGroup, type Sharing } from '../../../remedies/access.ts';
import { advice, asRoot, inInputs, toSee } from '../../../remedy.ts';
import { quote } from '../../../server/command.ts';
import type { Releases } from './releases.ts';
import { some } from './words.ts';

/** Why there is no live release, and none is made: nothing where only its settings, or rights, are missing. */
export function noRelease(
  { occupied, unmakeable, missing, closed }: Releases,
  { base, command }: Config,
  sharing: Sharing,
): readonly Finding[] {
  if (unmakeable) return [notMade(base, sharing)];
  if (occupied.length > 0) return [isOccupied(occupied, base)];
  if (command !== 'deploy' && command !== 'plan') return [notYet(base)];
  if (missing.includes('.env') || closed.length > 0) return [];
  return [
    errorFinding(
      'no-release',
      `${base}/current does not exist, and no lock could be taken there: another first deploy may just have ended.`,
      'Run the deploy again.',
    ),
  ];
}

/** That it is the group of PHP-FPM lets it read what is made there. */
function notMade(base: string, sharing: Sharing): Finding {
  const { user, fpmGroup: group, fpmUser } = sharing;
  const shared = group === null && fpmUser === null ? '' : `-g ${fpmGroup(sharing)} -m 2755 `;
  return errorFinding(
    'no-release',
    `${base} does not exist, or is closed to ${user}, who makes the first release there.`,
    asRoot(
      `${user} gets an empty place for the releases.`,
      `sudo install -d -o ${quote(user)} ${shared}${quote(base)}`,
    ),
  );
}

function isOccupied(occupied: readonly string[], base: string): Finding {
  const look = toSee('See what is there', `ls -la ${quote(base)}`);
  const what = `${base}/current does not exist, so no release is live`;
  if (occupied.includes('spark') || occupied.includes('.git')) {
    return errorFinding(
      'no-release',
      `${what}. An application lies in ${base} itself, as one that is deployed in place does.`,
      inInputs('Make release directories beside it', 'command: adopt', 'strategy: in-place'),
      inInputs('Or go on in place', 'strategy: in-place'),
    );
  }
  const releases = occupied.filter((one) => one.startsWith('releases/'));
  if (releases.length > 0) {
    return errorFinding(
      'no-release',
      `${what}, but there are directories of releases: ${some(releases)}. Somebody removed the link.`,
      [
        look,
        advice('Lead current to the release that was live, as in: ln -s releases/NAME current'),
      ],
    );
  }
  return errorFinding(
    'no-release',
    `${what}. The first one is made where nothing lies but shared/, and there is more: ${some(occupied)}.`,
    [look, advice('Move it away, or set path to an empty place.')],
  );
}

function notYet(base: string): Finding {
  return errorFinding(
    'no-release',
    `${base}/current does not exist, so no release is live.`,
    'Run a deploy. It makes the first release.',
  );
}
