import * as v from 'valibot';
import type { InferOutput } from 'valibot';
import { list, object, read, text, Unreadable, whole } from '../app/shape.ts';

/** A move of the sessions as the release log remembers it. */
export const Move = object({
  from: v.picklist(['files', 'rows']),
  folder: text,
  table: text,
  /** Seconds since 1970, by the clock of the store they came from. */
  at: whole,
});
export type Move = InferOutput<typeof Move>;

/** How a deploy ended that is written down. */
const outcomes = ['deployed', 'refused', 'rolled-back', 'cancelled', 'stranded'] as const;

/** One line of the release log: a deploy, or a rollback, which is one too. */
export const Release = object({
  /** ISO 8601. */
  at: text,
  // Before outcomes were written down, only what went live was.
  outcome: v.optional(v.picklist(outcomes), 'deployed'),
  command: v.optional(v.picklist(['deploy', 'rollback']), 'deploy'),
  commit: text,
  /** The commit that was live before; empty where nobody came so far. */
  previous: text,
  actor: text,
  /** Address of the run's page. */
  run: text,
  /** Its directory below `releases/`; absent in place. */
  release: v.exactOptional(text),
  batch: v.exactOptional(whole),
  /** Classes of the migrations that ran. */
  migrated: v.optional(list(text), []),
  /** Tables and views that these migrations made; absent where nobody wrote that down. */
  made: v.exactOptional(list(text)),
  /** Names of the findings that stopped it. */
  errors: v.optional(list(text), []),
  sessions: v.exactOptional(Move),
});
export type Release = InferOutput<typeof Release>;

/** The releases that a log holds, the newest last, and how many of its lines nobody can read. */
export interface ReleaseLog {
  readonly releases: readonly Release[];
  readonly unread: number;
}

/** Reads what `Strategy.list()` printed. A line that was cut, or is of another hand, does not hide the others. */
export function readReleaseLog(printed: string): ReleaseLog {
  const read = printed.split('\n').filter(Boolean).map(releaseOf);
  const releases = read.filter((one) => one !== null);
  return { releases, unread: read.length - releases.length };
}

function releaseOf(line: string): Release | null {
  try {
    return read(Release, JSON.parse(line));
  } catch (error) {
    if (error instanceof Unreadable || error instanceof SyntaxError) return null;
    throw error;
  }
}

/** A release as one line of the log. */
export function releaseLine(release: Release): string {
  return JSON.stringify(release);
}
