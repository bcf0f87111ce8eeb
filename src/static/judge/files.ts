import { inClone } from '../../remedy.ts';
import type { Finding } from '../../finding.ts';
import {
  baseName,
  migrationFile,
  order,
  versionPart,
  type MigrationFile,
} from '../project/migrations.ts';
import { child, children, lineOf } from '../program/syntax.ts';
import { brought, isChanged, type Changes } from './changes.ts';
import { found } from './names.ts';
import { judgeSyntax } from './syntax.ts';
import { doTheSame } from './same-code.ts';
import type { Versions } from './same-tables.ts';

/** Which of these migrations leave the same tables as before; their paths. */
export type Leaves = (all: readonly Versions[]) => ReadonlySet<string>;

/**
 * Faults of migration files as files: names, classes, order, and what the base already has.
 * @param folders whose migrations run; what lies elsewhere is nobody's business here
 */
export async function judgeFiles(
  migrations: readonly MigrationFile[],
  folders: readonly string[],
  changes: Changes | null,
  {
    leaves = () => new Set(),
    oldest = null,
  }: { readonly leaves?: Leaves | undefined; readonly oldest?: string | null } = {},
): Promise<readonly Finding[]> {
  const changed = migrations.filter(({ path }) => isChanged(path, changes));
  const fresh = brought(migrations, changes);
  return [
    ...changed.flatMap((file) => oneFile(file, migrations)),
    ...changed.flatMap((file) => (file.version === null ? [] : judgeSyntax(file, oldest))),
    ...twice(migrations, changed),
    ...(changes === null ? [] : await againstBase(migrations, fresh, folders, changes, leaves)),
    ...fresh.flatMap(emptyDown),
  ];
}

function oneFile(file: MigrationFile, all: readonly MigrationFile[]): readonly Finding[] {
  const { path, own, syntaxError, unread, version, name } = file;
  if (version === null) return isMigration(file, all) ? [ignored(path)] : [];
  if (syntaxError !== null) {
    const at = { file: path, line: syntaxError.line };
    const message = `This cannot be read as PHP: ${syntaxError.message}. spark migrate stops here, and no migration after it runs.`;
    return [found('migration-syntax', at, message)];
  }
  if (unread !== null) return [notRead(path, unread)];
  if (own === null) {
    const message =
      'The file has no class: spark migrate stops here, and no migration after it runs.';
    return [found('migration-class-missing', { file: path, line: 1 }, message)];
  }
  if (own.name === name) return [];
  const message = `The class is called ${own.name}, the file ${name}. It runs, but the ledger knows it by its class: who corrects that later makes it run again.`;
  return [found('migration-class-name', { file: path, line: own.line }, message, `class ${name}`)];
}

/** A base class, a trait or a file of functions is no migration, and the runner rightly passes it over. */
function isMigration({ own }: MigrationFile, all: readonly MigrationFile[]): boolean {
  const up = own?.methods.get('up');
  if (own?.parent == null || up === undefined || up['isAbstract'] === true) return false;
  const name = `${own.namespace}\\${own.name}`.toLowerCase();
  return !all.some((one) => one.own?.parent?.toLowerCase() === name);
}

function notRead(file: string, why: string): Finding {
  return {
    name: 'file-not-read',
    severity: 'warning',
    message: `${file} was not read: ${why}. What it does is not checked.`,
    at: { file, line: 1 },
  };
}

function ignored(path: string): Finding {
  const file = baseName(path);
  const [, date, rest = file] = new RegExp(`^${versionPart}[_-]*(.*)$`).exec(file) ?? [];
  const reason =
    date === undefined
      ? 'its name does not begin with a date and a time of six digits'
      : 'behind the date its name may have letters, digits and underscores alone, after one underscore';
  const name = rest.replace(/^[\d_-]*/, '').replace(/\W+/g, '_') || 'Migration';
  const stamp = date === undefined ? '"$(date -u +%Y-%m-%d-%H%M%S)_"' : `${date}_`;
  return found(
    'migration-file-ignored',
    { file: path, line: 1 },
    `The runner ignores this file without a word: ${reason}.`,
    inClone(
      'Give it a name that runs',
      `git mv -- '${path}' '${path.replace(/[^/]*$/, '')}'${stamp}${name}.php`,
    ),
  );
}

/** One class in two files is an error of PHP; one version in two files leaves their order to the class names. */
function twice(
  all: readonly MigrationFile[],
  changed: readonly MigrationFile[],
): readonly Finding[] {
  const run = all.filter(({ version }) => version !== null);
  const byClass = Map.groupBy(run, classOf);
  const byVersion = Map.groupBy(run, ({ version }) => version);
  return changed.flatMap((file) => {
    const { version, own, path } = file;
    if (version === null || own === null) return [];
    const at = { file: path, line: own.line };
    const namesake = byClass.get(classOf(file))?.find((one) => one !== file);
    if (namesake !== undefined) {
      const message = `${namesake.path} has the class ${own.name} too: PHP stops with "Cannot declare class" when both run.`;
      return [found('migration-class-duplicate', at, message, 'Give the newer one another name.')];
    }
    const sibling = byVersion.get(version)?.find((one) => one !== file);
    if (sibling === undefined) return [];
    const message = `${sibling.path} has the same date and time: which of them runs first, their class names decide.`;
    return [found('migration-version-duplicate', at, message, 'Give the newer one a later time.')];
  });
}

/** The full name; PHP makes no difference between capitals and small letters there. Null for a file without a class. */
function classOf({ own }: MigrationFile): string | null {
  return own === null ? null : `${own.namespace}\\${own.name}`.toLowerCase();
}

const runnable = new RegExp(`/${versionPart}_\\w+\\.php$`);

async function againstBase(
  migrations: readonly MigrationFile[],
  fresh: readonly MigrationFile[],
  folders: readonly string[],
  changes: Changes,
  leaves: Leaves,
): Promise<readonly Finding[]> {
  const ofBase = changes.basePaths.filter((path) => folders.some((one) => path.startsWith(one)));
  const keys = new Set(migrations.map(order));
  const findings: Finding[] = [];
  const others: Changed[] = [];
  for (const [path, how] of changes.files) {
    if (!ofBase.includes(path) || !runnable.test(path)) continue;
    const before = (await changes.before(path)) ?? '';
    if (how === 'deleted') findings.push(...deleted(path, before, keys, changes.base));
    const now = migrations.find((one) => one.path === path);
    if (how !== 'deleted' && now !== undefined) others.push(...changed(now, before));
  }
  const same = leaves(others.flatMap(({ versions }) => versions ?? []));
  const modified = others.filter(({ now }) => !same.has(now.path));
  return [
    ...findings,
    ...modified.map((one) => modification(one, changes.base)),
    ...older(fresh, ofBase, changes.base),
  ];
}

/** Another name behind the same version and class is the same migration to the ledger. */
function deleted(
  path: string,
  before: string,
  keys: ReadonlySet<string>,
  base: string,
): readonly Finding[] {
  const version = new RegExp(`${versionPart}_`).exec(path)?.[1]?.replaceAll(/\D/g, '') ?? '';
  const namespace = /^\s*namespace\s+([\w\\]+)/m.exec(before)?.[1] ?? '';
  const name = /^\s*(?:final\s+)?class\s+(\w+)/m.exec(before)?.[1] ?? '';
  if (keys.has(`${version}${namespace}\\${name}`)) return [];
  const finding = found(
    'migration-deleted',
    { file: path, line: 1 },
    `${base} has this migration, so servers have run it. Without its file spark migrate:rollback stops ("There is a gap in the migration sequence"), and a fresh database becomes another one.`,
    inClone('Bring it back', `git checkout ${base} -- '${path}'`),
  );
  return [finding];
}

/** A migration that is written otherwise than in the base; both versions where they can be read. */
interface Changed {
  readonly now: MigrationFile;
  readonly before: string;
  readonly versions: Versions | null;
}

/** Empty where it says the same as before. */
function changed(now: MigrationFile, before: string): readonly Changed[] {
  const { path, namespace, text, own } = now;
  const old = migrationFile(path, before, namespace).own;
  if (own === null || old === null) {
    return bare(text) === bare(before) ? [] : [{ now, before, versions: null }];
  }
  if (doTheSame(own, old)) return [];
  return [{ now, before, versions: { path, before: old, now: own } }];
}

function modification({ now: { path, text }, before }: Changed, base: string): Finding {
  const rows = before.split('\n');
  const line = text.split('\n').findIndex((row, at) => row !== rows[at]) + 1;
  return found(
    'migration-changed',
    { file: path, line: Math.max(1, line) },
    `${base} has this migration, so servers have run it and never will again: they stay as they are, and only fresh databases get the change.`,
    inClone(
      'Undo the change, and write what it was for as a new migration',
      `git checkout ${base} -- '${path}'`,
    ),
  );
}

/** Text without what changes nothing: blanks and comments of whole lines. */
function bare(text: string): string {
  return text
    .split('\n')
    .map((row) => row.trim())
    .filter((row) => row !== '' && !/^(\/\/|#(?!\[)|\/?\*)/.test(row))
    .join('\n');
}

function older(
  fresh: readonly MigrationFile[],
  ofBase: readonly string[],
  base: string,
): readonly Finding[] {
  const newest = ofBase
    .map((path) => new RegExp(`/${versionPart}_[^/]*$`).exec(path)?.[1] ?? '')
    .map((version) => version.replaceAll(/\D/g, ''))
    .toSorted()
    .at(-1);
  return fresh.flatMap(({ version, path, own }) => {
    if (version === null || newest === undefined || version >= newest) return [];
    const message = `It is older than the newest migration of ${base} (${newest}): servers run it after that one, fresh databases before it.`;
    const at = { file: path, line: own?.line ?? 1 };
    return [found('migration-older-than-base', at, message, 'Give it the time of today.')];
  });
}

function emptyDown({ own, path, version }: MigrationFile): readonly Finding[] {
  if (own === null || version === null) return [];
  const down = own.methods.get('down');
  const body = down === undefined ? null : child(down, 'body');
  const statements =
    body === null ? [] : children(body, 'children').filter(({ kind }) => kind !== 'noop');
  if (statements.some(({ kind, expr }) => kind !== 'return' || expr !== null)) return [];
  const at = { file: path, line: down === undefined ? own.line : lineOf(down) };
  const message =
    'down() does nothing: a deploy that fails after this migration cannot roll it back, and the database stays ahead of the code.';
  return [found('migration-down-empty', at, message, 'Undo in down() what up() does.')];
}
