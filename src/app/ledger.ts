import type { Migration } from './application.ts';

/** What of a ledger row tells one migration from another; schema/database.ts has the whole row. */
export interface Entry {
  /** As stored, e.g. `2026-01-09-000000`. */
  readonly version: string;
  readonly class: string;
  readonly namespace: string;
}

/** Which migrations one run of `php spark migrate` looks at: `app` without, `all` with `--all`. */
export interface Scope {
  readonly namespaces: 'app' | 'all';
  /** Namespace of the application itself. */
  readonly namespace: string;
}

/** What the framework compares migrations by: digits of the version and the class (MigrationRunner::getObjectUid). */
export function key(version: string, name: string): string {
  return version.replace(/\D/g, '') + name;
}

/** The migrations a run would execute, in their order. As the runner does, it looks only at rows of the namespaces in scope. */
export function pending(
  migrations: readonly Migration[],
  rows: readonly Entry[],
  scope: Scope,
): readonly Migration[] {
  const inScope = ({ namespace }: { readonly namespace: string }): boolean =>
    scope.namespaces === 'all' || namespace === scope.namespace;
  const done = keys(rows.filter(inScope));
  return migrations.filter((one) => inScope(one) && !done.has(key(one.version, one.class)));
}

/** Rows that were not there before. */
export function added<Row extends Entry>(
  before: readonly Row[],
  after: readonly Row[],
): readonly Row[] {
  const known = keys(before);
  return after.filter((row) => !known.has(key(row.version, row.class)));
}

/** Whether the ledger says that this migration ran. */
export function hasRow(
  rows: readonly Entry[],
  migration: { readonly version: string; readonly class: string },
): boolean {
  return keys(rows).has(key(migration.version, migration.class));
}

/** Rows whose migration has no file any more. One of them stops every `migrate:rollback` ("gap in the migration sequence"). */
export function withoutFile<Row extends Entry>(
  rows: readonly Row[],
  migrations: readonly Migration[],
): readonly Row[] {
  const files = keys(migrations);
  return rows.filter((row) => !files.has(key(row.version, row.class)));
}

/** Rows of migrations that the code of `later` brought, and that this code has no file for. */
export function ranSince<Row extends Entry>(
  rows: readonly Row[],
  migrations: readonly Migration[],
  later: readonly Migration[],
): readonly Row[] {
  const brought = keys(later);
  return withoutFile(rows, migrations).filter((row) => brought.has(key(row.version, row.class)));
}

/** Of these migrations, those dated before the newest that ran in their namespace: they run after what was written later. */
export function olderThanNewest(
  migrations: readonly Migration[],
  rows: readonly Entry[],
): readonly Migration[] {
  return migrations.filter((one) =>
    rows.some((row) => row.namespace === one.namespace && digits(row) > digits(one)),
  );
}

function digits({ version }: { readonly version: string }): string {
  return version.replace(/\D/g, '');
}

function keys(
  all: readonly { readonly version: string; readonly class: string }[],
): ReadonlySet<string> {
  return new Set(all.map((one) => key(one.version, one.class)));
}
