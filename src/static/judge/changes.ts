import type { MigrationFile } from '../project/migrations.ts';

/** What a pull request does to files: the paths below the root that differ from the base. */
export interface Changes {
  /** What it is compared with, as `origin/main`. */
  readonly base: string;
  readonly files: ReadonlyMap<string, 'added' | 'modified' | 'deleted'>;
  /** Paths of all files of the folders of migrations that the base has. */
  readonly basePaths: readonly string[];
  /** The text a file has in the base. */
  readonly before: (path: string) => Promise<string | null>;
}

/** Whether a finding in this file is the pull request's own; without a base everything is. */
export function isChanged(path: string, changes: Changes | null): boolean {
  return changes === null || changes.files.has(path);
}

/** The same for a path that was not read: what it lies in may be what the pull request changes. */
export function isTouched(path: string, changes: Changes | null): boolean {
  const names = path.split('/');
  return names.some((_, at) => isChanged(names.slice(0, at + 1).join('/'), changes));
}

/** The migrations that a pull request brings; all of them without a base. */
export function brought(
  migrations: readonly MigrationFile[],
  changes: Changes | null,
): readonly MigrationFile[] {
  return migrations.filter(({ path }) => changes === null || changes.files.get(path) === 'added');
}
