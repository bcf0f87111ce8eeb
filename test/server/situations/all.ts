import { chosenStrategy } from '../../rig/layouts.ts';
import { runsOn, type Release } from '../../rig/releases.ts';
import type { Situation } from '../situation.ts';
import { apache } from './apache.ts';
import { sessionMoves } from './session-moves.ts';
import { bareServers } from './bare.ts';
import { clone } from './clone.ts';
import { compiledCode } from './compiled.ts';
import { composer } from './composer.ts';
import { configuration } from './configuration.ts';
import { database } from './database.ts';
import { described } from './described.ts';
import { encrypted } from './encrypted.ts';
import { failing } from './failing.ts';
import { health } from './health.ts';
import { healthy } from './healthy.ts';
import { inputs } from './inputs.ts';
import { logins } from './logins.ts';
import { ledger } from './ledger.ts';
import { fixed } from './fixed.ts';
import { own } from './own.ts';
import { pasteable } from './pasteable.ts';
import { php } from './php.ts';
import { push } from './push.ts';
import { refused } from './refused.ts';
import { served } from './served.ts';
import { rollbackNotes } from './rolled-back.ts';
import { untracked } from './untracked.ts';
import { rollbacks } from './rollbacks.ts';

/** Every situation, those that must be green first. */
export const all: readonly Situation[] = [
  ...healthy,
  ...bareServers,
  ...sessionMoves,
  ...apache,
  ...health,
  ...inputs,
  ...push,
  ...composer,
  ...clone,
  ...php,
  ...configuration,
  ...served,
  ...compiledCode,
  ...database,
  ...encrypted,
  ...described,
  ...own,
  ...ledger,
  ...refused,
  ...pasteable,
  ...logins,
  ...untracked,
  ...rollbackNotes,
  ...rollbacks,
  ...fixed,
  ...failing,
];

/** Those that can be so on a release: each needs its flavour's PHP, and some a feature of later releases. */
export function situationsFor(release: Release): readonly Situation[] {
  return all.filter(
    ({ flavour = 'debian12', since, inPlaceOnly, releasesOnly }) =>
      (chosenStrategy === 'in-place' ? releasesOnly : inPlaceOnly) === undefined &&
      runsOn(release, flavour) &&
      (since === undefined || isAtLeast(release.version, since)),
  );
}

function isAtLeast(version: string, least: string): boolean {
  return version.localeCompare(least, 'en', { numeric: true }) >= 0;
}
