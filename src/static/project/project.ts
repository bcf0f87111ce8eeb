import type { ConnectionSettings } from '../forge/connection.ts';
import { scalar, textOf, type PhpObject, type Value } from '../program/value.ts';
import { readDotenv } from './dotenv.ts';
import {
  countMigrations,
  isRun,
  readMigrations,
  type MigrationFile,
  type NamespaceFolder,
} from './migrations.ts';
import { readConfigured } from './configured.ts';
import { readOldestPhp, readPackages } from './packages.ts';
import { readRelease, type KnownRelease } from './release.ts';
import { readSession, type UnresolvedSession, type WrittenSession } from './session.ts';
import { readSettings, type Settings } from './settings.ts';
import type { Tree } from './tree.ts';

/** An application as its files tell of it. */
export interface Project {
  readonly known: KnownRelease;
  readonly session: WrittenSession | UnresolvedSession;
  readonly defaultGroup: string;
  readonly groups: ReadonlyMap<string, ConnectionSettings>;
  readonly migrations: readonly MigrationFile[];
  /** Classes of app/Config that the migrations ask for a setting, by their names. */
  readonly configured: ReadonlyMap<string, PhpObject>;
  /** Folders of migrations, as `app/Database/Migrations/`. */
  readonly folders: readonly string[];
  /** What no run takes with these inputs: migrations of further namespaces, and how many of these have some. */
  readonly leftOut: { readonly migrations: number; readonly namespaces: number };
  /** The oldest PHP that composer.json allows, as `8.1`; null where it names none. */
  readonly oldestPhp: string | null;
  /** Packages that may bring migrations of their own. */
  readonly packages: readonly string[];
  /** Namespaces whose folder only running tells. */
  readonly unresolvedNamespaces: readonly string[];
}

/** Whether the folder holds an application of CodeIgniter 4. */
export async function isApplication(tree: Tree): Promise<boolean> {
  return (await tree.read('spark')) !== null || (await tree.read('app/Config/App.php')) !== null;
}

/**
 * Reads an application.
 * @param everyNamespace takes the migrations of every namespace of its own, as `spark migrate --all` does
 * @param isOver whether the time for reading is over: migrations after that are not read
 */
export async function readProject(
  tree: Tree,
  everyNamespace: boolean,
  isOver: () => boolean = () => false,
): Promise<Project> {
  const dotenv = readDotenv((await tree.read('.env')) ?? '');
  const known = await readRelease(tree);
  const config = (name: string): Promise<Settings> =>
    readSettings(tree, `app/Config/${name}.php`, dotenv, paths);
  const databases = groupsOf(await config('Database'));
  const session = readSession(
    known,
    await config('Session'),
    await config('App'),
    (group) => databases.groups.get(group ?? databases.defaultGroup)?.prefix ?? '',
  );
  const autoload = await config('Autoload');
  const { folders, unresolved } = namespacesOf(autoload, everyNamespace);
  const run = ({ namespace }: NamespaceFolder): boolean => isRun(namespace, known.release);
  const taken = folders.filter(run);
  const all = namespacesOf(autoload, true).folders;
  const others = all.filter(run).slice(folders.length);
  const migrations = await readMigrations(tree, taken, all, isOver);
  return {
    known,
    session,
    ...databases,
    migrations,
    configured: await readConfigured(migrations, config),
    folders: taken.map(({ folder }) => `${folder}Database/Migrations/`),
    leftOut: await countMigrations(tree, others),
    packages: await readPackages(tree),
    oldestPhp: await readOldestPhp(tree),
    unresolvedNamespaces: unresolved,
  };
}

// Constants of the framework (app/Config/Constants.php, system/bootstrap.php), below the root.
const paths: ReadonlyMap<string, Value> = new Map([
  ['APPPATH', scalar('app/')],
  ['ROOTPATH', scalar('')],
  ['APP_NAMESPACE', scalar('App')],
]);

function groupsOf(database: Settings): Pick<Project, 'defaultGroup' | 'groups'> {
  const groups = database.arrays().map((group): [string, ConnectionSettings] => {
    const driver = textOf(database.element(group, 'DBDriver').value);
    return [
      group,
      {
        group,
        prefix: textOf(database.element(group, 'DBPrefix').value) ?? '',
        driver: driver ?? textOf(database.written(group, 'DBDriver')),
        assumed: driver === null,
      },
    ];
  });
  const defaultGroup =
    textOf(database.setting('defaultGroup', scalar('default')).value) ?? 'default';
  return { defaultGroup, groups: new Map(groups) };
}

/** In the list of namespaces whose folder is not known: all but App. */
export const everyOther = '*';

function namespacesOf(
  autoload: Settings,
  all: boolean,
): { folders: readonly NamespaceFolder[]; unresolved: readonly string[] } {
  const app = { namespace: 'App', folder: 'app/' };
  const { value } = autoload.setting('psr4', scalar(null));
  if (all && value.kind === 'unknown') return { folders: [app], unresolved: [everyOther] };
  if (!all || value.kind !== 'list') return { folders: [app], unresolved: [] };
  const unresolved: string[] = [];
  const others = [...value.entries].flatMap(([namespace, place]): NamespaceFolder[] => {
    const written = place.kind === 'list' ? [...place.entries.values()] : [place];
    return written.flatMap((one) => {
      const folder = textOf(one);
      if (folder === null) unresolved.push(String(namespace));
      if (folder === null || String(namespace) === 'App') return [];
      return [{ namespace: String(namespace), folder: `${folder.replace(/\/+$/, '')}/` }];
    });
  });
  return { folders: [app, ...others], unresolved };
}
