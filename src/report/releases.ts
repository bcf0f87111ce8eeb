import type { ReleasesFacts } from '../plan/facts.ts';
import type { Release } from '../plan/release-log.ts';
import type { Links } from './links.ts';
import { escape, table } from './markdown.ts';
import { commitLink } from './tables.ts';

/** A deploy of the release log. */
export interface KnownRelease extends Release {
  /** First line of its commit; empty where the server does not have that any more. */
  readonly subject: string;
  /** It is the one that is live. */
  readonly live: boolean;
}

/** More the page and the log do not show; the report has all. */
const most = 50;

/** All of the log, the newest first. What is live is the last one that went live, unless a hand has moved it since. */
export function newestFirst({ releases, live, subjects }: ReleasesFacts): readonly KnownRelease[] {
  const last = releases.findLast(({ outcome }) => outcome === 'deployed');
  return releases.toReversed().map((one) => ({
    ...one,
    subject: subjects[one.commit] ?? '',
    live: one === last && one.commit === live,
  }));
}

/** One line of the log for each, the newest first. */
export function releaseLines(all: readonly KnownRelease[]): readonly string[] {
  return [...all.slice(0, most).map(line), ...rest(all)];
}

function line(one: KnownRelease): string {
  const { at, outcome, commit, subject, actor, run, live } = one;
  const words = [when(at), what(one), commit.slice(0, 10), subject, `by ${actor}`, run];
  return [...words, ...why(one, outcome), live ? 'LIVE' : ''].filter(Boolean).join('  ');
}

/** `2026-01-09 10:00 UTC`. */
function when(at: string): string {
  return at.replace(/^([\d-]+)T(\d\d:\d\d):.*Z$/, '$1 $2 UTC');
}

function why({ errors }: KnownRelease, outcome: string): readonly string[] {
  return errors.length === 0 || outcome === 'deployed' ? [] : [`(${errors.join(', ')})`];
}

/** `deployed`, `refused`; of a rollback that word before it. */
function what({ command, outcome }: KnownRelease): string {
  if (command === 'deploy') return outcome;
  return outcome === 'deployed' ? 'rollback' : `rollback ${outcome}`;
}

function rest(all: readonly KnownRelease[]): readonly string[] {
  return all.length > most ? [`and ${all.length - most} earlier ones`] : [];
}

/** The same as a table of the step summary. */
export function releasesTable(all: readonly KnownRelease[], links: Links): string {
  const rows = all
    .slice(0, most)
    .map((one) => [
      one.live ? '✅' : '',
      escape(when(one.at)),
      escape([what(one), ...why(one, one.outcome)].join(' ')),
      commitLink(one.commit, links),
      escape(one.subject),
      escape(one.actor),
      escape(one.run),
      escape(one.migrated.join(', ')),
    ]);
  const head = ['Live', 'When', 'Outcome', 'Commit', 'Subject', 'By', 'Run', 'Migrations'];
  return [table(head, rows), ...rest(all)].join('\n\n');
}
