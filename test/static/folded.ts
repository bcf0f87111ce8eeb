import { fold, type Folded, type Ground } from '../../src/static/fold.ts';
import { releaseOf } from '../../src/static/forge/release.ts';
import { firstClass } from '../../src/static/program/class.ts';
import { parsePhp } from '../../src/static/program/syntax.ts';
import { resolved } from '../../src/static/catalog/model.ts';
import { built } from '../../src/static/catalog/built.ts';
import type { Written } from './corpus/migration.ts';
import { linesOf } from './lines.ts';

/** What reading alone tells of a way of writing it. */
export type Read =
  { readonly table: readonly string[] | null; readonly failed: boolean } | 'unresolved';

/** Reads a way of writing it, for `4.7.2 on MariaDB 10.11.14`. */
export function read({ files }: Written, on: string): Read {
  const folded = foldFiles(files, on);
  const catalog = folded.catalogs.get('default');
  const entry = catalog?.tables.get('ci_sessions');
  const failed = folded.stoppedAt !== null;
  const table = entry === undefined ? null : resolved(entry);
  if ((table !== null && 'why' in table) || (catalog?.unnamed.length ?? 0) > 0) return 'unresolved';
  return { table: table === null ? null : linesOf(built(table)), failed };
}

const plain = new Map([['default', { group: 'default', prefix: '', driver: 'MySQLi' }]]);

/** The databases as these files leave them. */
export function foldFiles(
  files: readonly string[],
  on: string,
  groups: Ground['groups'] = plain,
): Folded {
  const steps = files.map((text, at) => {
    const own = firstClass(parsePhp(text, `${at}.php`));
    if (own === null) throw new Error('a file without a class');
    return { file: `${at}.php`, own };
  });
  return fold(steps, {
    configured: new Map(),
    readsAll: true,
    isOver: () => false,
    release: releaseOf(on) ?? [4, 7, 2],
    family: on.includes('MySQL') ? 'MySQL' : 'MariaDB',
    defaultGroup: 'default',
    groups,
    watched: 'ci_sessions',
  });
}
