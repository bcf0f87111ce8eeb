import type { Release } from '../../src/plan/release-log.ts';

/** A commit id of one letter. */
export const commitOf = (letter: string): string => letter.repeat(40);

/** A deploy from one commit to the next, each a letter. */
export function released(previous: string, commit: string, more: Partial<Release> = {}): Release {
  return {
    at: '2026-01-09T10:00:00Z',
    outcome: 'deployed',
    command: 'deploy',
    commit: commitOf(commit),
    previous: commitOf(previous),
    actor: 'nicolas',
    run: 'https://github.com/example/kayart/actions/runs/7',
    migrated: [],
    errors: [],
    ...more,
  };
}
