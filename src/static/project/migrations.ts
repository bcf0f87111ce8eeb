import type { Release } from '../forge/release.ts';
import { isAtLeast } from '../forge/release.ts';
import { firstClass, type PhpClass } from '../program/class.ts';
import { NestedTooDeeply, parsePhp, PhpSyntaxError } from '../program/syntax.ts';
import { withParents } from './parents.ts';
import type { Tree } from './tree.ts';

/** A namespace of the application and the folder it lies in, with a slash at the end. */
export interface NamespaceFolder {
  readonly namespace: string;
  readonly folder: string;
}

/** A file in a folder of migrations. */
export interface MigrationFile {
  readonly path: string;
  readonly text: string;
  readonly namespace: string;
  /** Digits of its version; null when the runner does not take the name for a migration. */
  readonly version: string | null;
  /** The part of the name behind the version. */
  readonly name: string;
  /** The class as it is written. */
  readonly own: PhpClass | null;
  /** The same with what it inherits from classes of the checkout. */
  readonly whole: PhpClass | null;
  readonly syntaxError: PhpSyntaxError | null;
  /** Why nobody can tell what is in it; null where that is known. */
  readonly unread: string | null;
}

/** The date and the time that a name begins with, as a part of a pattern. */
export const versionPart = String.raw`(\d{4}[_-]?\d{2}[_-]?\d{2}[_-]?\d{6})`;

// MigrationRunner::$regex. Before 4.2.12 a line end at the end of a name passed as well, which no file has.
const pattern = new RegExp(`^${versionPart}_(\\w+)$`);

/**
 * All PHP files that lie in the folders of migrations, in the order the runner takes them.
 * @param all namespaces in which their classes may have parents
 * @param isOver whether the time for reading is over: the rest is not read
 */
export async function readMigrations(
  tree: Tree,
  namespaces: readonly NamespaceFolder[],
  all: readonly NamespaceFolder[],
  isOver: () => boolean,
): Promise<readonly MigrationFile[]> {
  const found: MigrationFile[] = [];
  for (const { namespace, folder } of namespaces) {
    for (const path of await filesOf(tree, folder)) {
      const text = await tree.read(path);
      // What was left out is a finding of its own.
      if (text === null) continue;
      const file = migrationFile(path, text, namespace, isOver());
      const whole = file.own === null ? null : await withParents(file.own, tree, all);
      found.push({ ...file, whole });
    }
  }
  return found.toSorted((a, b) => (order(a) < order(b) ? -1 : 1));
}

/** How many files of these namespaces the runner takes for migrations, by their names, and how many namespaces have some. */
export async function countMigrations(
  tree: Tree,
  namespaces: readonly NamespaceFolder[],
): Promise<{ readonly migrations: number; readonly namespaces: number }> {
  const found = new Map<string, number>();
  for (const { namespace, folder } of namespaces) {
    const own = (await filesOf(tree, folder)).filter((path) => pattern.test(baseName(path)));
    if (own.length > 0) found.set(namespace, (found.get(namespace) ?? 0) + own.length);
  }
  const migrations = [...found.values()].reduce((sum, count) => sum + count, 0);
  return { migrations, namespaces: found.size };
}

/** The runner goes into subfolders too (get_filenames), and leaves out names with a dot in front. */
async function filesOf(tree: Tree, folder: string): Promise<readonly string[]> {
  const paths = await tree.list(`${folder}Database/Migrations/`);
  return paths.filter((one) => /(^|\/)[^./][^/]*\.php$/.test(one)).toSorted();
}

/** The name of a PHP file without its folder and its ending. */
export function baseName(path: string): string {
  return (path.split('/').at(-1) ?? '').replace(/\.php$/, '');
}

/** Reads one file; what is no PHP is kept with its error, and what is not read with the reason. */
export function migrationFile(
  path: string,
  text: string,
  namespace: string,
  isOver = false,
): MigrationFile {
  const base = baseName(path);
  const [, version, name = base] = pattern.exec(base) ?? [];
  const file = { path, text, namespace, version: version?.replaceAll(/\D/g, '') ?? null, name };
  const nothing = { own: null, whole: null, syntaxError: null, unread: null };
  if (isOver) return { ...file, ...nothing, unread: 'reading took too long before it' };
  try {
    const own = firstClass(parsePhp(text, path));
    return { ...file, ...nothing, own, whole: own };
  } catch (error) {
    if (error instanceof PhpSyntaxError) return { ...file, ...nothing, syntaxError: error };
    if (!(error instanceof NestedTooDeeply)) throw error;
    return { ...file, ...nothing, unread: 'its code is nested too deeply' };
  }
}

/** The key that the ledger and the order go by: digits of the version and the full class. */
export function order({ version, own, path }: MigrationFile): string {
  return `${version ?? ''}${own === null ? path : `${own.namespace}\\${own.name}`}`;
}

/** Whether the runner of this release takes a migration of this namespace at all. */
export function isRun(namespace: string, release: Release): boolean {
  return namespace !== 'Tests\\Support' || !isAtLeast(release, [4, 2, 1]);
}
