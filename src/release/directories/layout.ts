import { join } from '../paths.ts';

/** What all releases have in common: settings of the server, and what visitors leave there. */
const always = ['.env', 'writable/session', 'writable/logs', 'writable/uploads'];

/** Where a site lies, by its inputs. */
interface Inputs {
  readonly strategy: 'in-place' | 'releases';
  /** Input path. */
  readonly base: string;
  /** Input shared. */
  readonly shared: readonly string[];
}

/** The root of the application that visitors meet, and what git keeps for all work trees. */
export function placesOf({ strategy, base }: Inputs): {
  readonly path: string;
  readonly clone: string;
} {
  if (strategy === 'in-place') return { path: base, clone: base };
  return { path: join(base, 'current'), clone: join(base, 'repo') };
}

/** Paths below the application that are links to the same place in `shared/`; none in place. */
export function sharedPaths({ strategy, shared }: Inputs): readonly string[] {
  return strategy === 'in-place' ? [] : [...new Set([...always, ...shared])];
}

/** The same place without our own link, where a path of the live tree is one that all releases share. */
export function unlinked(inputs: Inputs, path: string): string {
  const { path: live } = placesOf(inputs);
  const shared = sharedPaths(inputs).find((one) => inside(path, join(live, one)));
  return shared === undefined ? path : join(inputs.base, 'shared', path.slice(live.length + 1));
}

function inside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

/** Pathspecs of git that leave out what is shared: a link in the place of a tracked folder is nobody's edit. */
export function ownFiles(inputs: Inputs): readonly string[] {
  const paths = sharedPaths(inputs);
  return paths.length === 0 ? [] : ['--', '.', ...paths.map((path) => `:(exclude,literal)${path}`)];
}

/**
 * The name of a release: when it was made, in UTC, and its commit, so that names sort by time.
 * @param at ISO 8601
 */
export function releaseName(at: string, commit: string): string {
  return `${at.replace(/\.\d+/, '').replace(/[-:]/g, '')}-${commit.slice(0, 10)}`;
}
