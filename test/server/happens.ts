import { describe, expect, test } from '@jest/globals';
import type { Release } from '../rig/releases.ts';
import { measure, verdict } from './measure.ts';
import type { Situation } from './situation.ts';
import { apache } from './situations/apache.ts';
import { situationsFor } from './situations/all.ts';
import { bareServers } from './situations/bare.ts';
import { sessionMoves } from './situations/session-moves.ts';

/** One situation, on a fresh server, and everything that must hold of it. */
export async function happens(situation: Situation, release: Release): Promise<void> {
  const measured = await measure(situation, release, situation.afterwards);
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

/** Those in which nobody visits the site all the time. */
function quiet(release: Release): readonly Situation[] {
  return situationsFor(release).filter(
    (situation) => ![sessionMoves, apache, bareServers].some((own) => own.includes(situation)),
  );
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
