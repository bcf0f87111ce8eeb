import type { Release } from '../forge/release.ts';
import { isAtLeast } from '../forge/release.ts';
import { firstClass, type PhpClass } from '../program/class.ts';
import { parsePhp, PhpSyntaxError } from '../program/syntax.ts';
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
  readonly own: PhpClass | null;
  readonly syntaxError: PhpSyntaxError | null;
}

// MigrationRunner::$regex. Before 4.2.12 a line end at the end of a name passed as well, which no file has.
const pattern = /^(\d{4}[_-]?\d{2}[_-]?\d{2}[_-]?\d{6})_(\w+)$/;

/** All PHP files that lie in the folders of migrations, in the order the runner takes them. */
export async function readMigrations(
  tree: Tree,
  namespaces: readonly NamespaceFolder[],
): Promise<readonly MigrationFile[]> {
  const found: MigrationFile[] = [];
  for (const { namespace, folder } of namespaces) {
    const paths = await tree.list(`${folder}Database/Migrations/`);
    // The runner goes into subfolders too (get_filenames), and leaves out names with a dot in front.
    for (const path of paths.filter((one) => /(^|\/)[^./][^/]*\.php$/.test(one)).toSorted()) {
      const text = await tree.read(path);
      // What was left out is a finding of its own.
      if (text !== null) found.push(migrationFile(path, text, namespace));
    }
  }
  return found.toSorted((a, b) => (order(a) < order(b) ? -1 : 1));
}

/** Reads one file; what is no PHP is kept with its error. */
export function migrationFile(path: string, text: string, namespace: string): MigrationFile {
  const base =
    path
      .split('/')
      .at(-1)
      ?.replace(/\.php$/, '') ?? '';
  const [, version, name = base] = pattern.exec(base) ?? [];
  const file = { path, text, namespace, version: version?.replaceAll(/\D/g, '') ?? null, name };
  try {
    return { ...file, own: firstClass(parsePhp(text, path)), syntaxError: null };
  } catch (error) {
    if (!(error instanceof PhpSyntaxError)) throw error;
    return { ...file, own: null, syntaxError: error };
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
