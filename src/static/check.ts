import { fold, type Folded, type MigrationStep } from './fold.ts';
import type { Family } from './catalog/columns.ts';
import type { PhpClass } from './program/class.ts';
import type { Changes } from './judge/changes.ts';
import type { Project } from './project/project.ts';

/**
 * The migrations that run, walked in their order on an empty database.
 * @param isOver whether the time for reading is over
 */
export function foldProject(project: Project, family: Family, isOver: () => boolean): Folded {
  return foldWith(new Map(), project, family, isOver);
}

/**
 * The same with other versions of some migrations.
 * @param versions classes by path
 */
export function foldWith(
  versions: ReadonlyMap<string, PhpClass>,
  project: Project,
  family: Family,
  isOver: () => boolean,
): Folded {
  const { session, known, defaultGroup, groups, configured } = project;
  const steps = project.migrations.flatMap(({ version, whole, path, unread }): MigrationStep[] =>
    version === null ? [] : [{ file: path, own: versions.get(path) ?? whole, unread }],
  );
  const watched = 'unresolved' in session ? '' : (session.configuration.table ?? '');
  const readsAll =
    project.leftOut.migrations + project.packages.length + project.unresolvedNamespaces.length ===
    0;
  const { release } = known;
  const ground = { release, family, defaultGroup, groups, configured, watched, readsAll, isOver };
  return fold(steps, ground);
}

/** Whether a pull request changes nothing that migrations or sessions depend on. */
export function changesNothingHere({ files, basePaths }: Changes, { folders }: Project): boolean {
  const matters = (path: string): boolean =>
    basePaths.includes(path) ||
    folders.some((folder) => path.startsWith(folder) || folder.startsWith(`${path}/`)) ||
    /^(app\/Config\/|system\/Database\/|\.env$|\.ci4-deploy\.yml$|composer\.(json|lock)$)/.test(
      path,
    );
  return ![...files.keys()].some(matters);
}
