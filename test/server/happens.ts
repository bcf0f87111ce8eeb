import { describe, expect, test } from '@jest/globals';
import type { Release } from '../rig/releases.ts';
import { measure, verdict, type Measured } from './measure.ts';
import { isPasted } from './remarkable.ts';
import type { Situation } from './situation.ts';
import { situationsFor } from './situations/all.ts';

/** One situation, on a fresh server, and everything that must hold of it. */
export async function happens(situation: Situation, release: Release): Promise<void> {
  holds(situation, await measure(situation, release, situation.afterwards));
}

/** Everything that must hold of a situation, whether its remedies were pasted or not. */
export function holds(situation: Situation, measured: Measured): void {
  const { outcome, errors, post, leaks } = measured;
  expect({ outcome, errors, post, leaks }).toEqual({
    outcome: situation.outcome,
    errors: situation.errors,
    post: situation.outcome === 'stranded' ? 1 : 0,
    leaks: [],
  });
  expect(measured.others).toEqual(expect.arrayContaining([...(situation.also ?? [])]));
  if (measured.exit !== 0) expect(measured.after).toEqual(measured.before);
  expect(verdict(situation, measured)).toBe('as expected');
  if (situation.says !== undefined) expect(measured.sentence).toMatch(situation.says);
}

/** Those in which nobody visits the site all the time, and whose remedies are not pasted either. */
function quiet(release: Release): readonly Situation[] {
  return situationsFor(release).filter((one) => one.visited !== true && !isPasted(one));
}

/** The situations that a file of tests takes, on every release that was chosen: several files run side by side. */
export function happening(
  releases: readonly Release[],
  takes: (situation: Situation) => boolean,
  among: (release: Release) => readonly Situation[] = quiet,
): void {
  describe.each(releases)('CodeIgniter $version', (release) => {
    test.each(among(release).filter(takes))(
      '$outcome: $name',
      async (situation) => happens(situation, release),
      180_000,
    );
  });
}
