import type { Config } from '../../../config/config.ts';
import { errorFinding, type Finding } from '../../../finding.ts';
import { askRoot, type Root } from '../../../release/directories/adopt.ts';
import { inInputs } from '../../../remedy.ts';
import { nothing, type Command, type Output } from '../../../server/command.ts';
import type { Purpose } from './place.ts';

/** Whether a site that is deployed in place was adopted; null where it was not. */
export interface Adopted {
  /** Where its release directories lie. */
  readonly base: string;
  /** What the web server serves: them, the clone, or what its configuration keeps to itself. */
  readonly root: Root;
}

/** Asks what an adoption left, and what the web server serves since. */
export function askAdopted({ strategy, clone }: Config): Record<'adopted', Command> {
  return { adopted: strategy === 'in-place' ? askRoot(clone) : nothing };
}

/** Reads it. */
export function readAdopted({ adopted }: Record<'adopted', Output>): Adopted | null {
  const [root, base] = adopted.stdout.trim().split('\n');
  if (base === undefined) return null;
  return { base, root: root === 'releases' || root === 'clone' ? root : 'unknown' };
}

/** A deploy in place of what nobody visits any more would be green, and visitors would keep the old code. */
export function judgeAdopted(adopted: Adopted | null, purpose: Purpose): readonly Finding[] {
  if (adopted?.root !== 'releases' || purpose === 'adopt') return [];
  const { base } = adopted;
  return [
    errorFinding(
      'adopted-elsewhere',
      `The site was adopted: the web server serves ${base}/current. A deploy in place would change files that nobody visits.`,
      inInputs('Deploy to its release directories', 'strategy: releases', `path: ${base}`),
    ),
  ];
}

/** What was not verified, as sentences. */
export function adoptedUnknown(adopted: Adopted | null): readonly string[] {
  if (adopted?.root !== 'unknown') return [];
  return [
    `Whether visitors are served from ${adopted.base}/current, which was made for them: the configuration of the web server does not say.`,
  ];
}
