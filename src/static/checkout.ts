import type { Changes } from './judge/changes.ts';
import type { Tree } from './project/tree.ts';

/** The repository as it was checked out on the runner. The adapter is `src/checkout/`; tests have one in memory. */
export interface Checkout {
  /** The files of the application. */
  readonly tree: Tree;
  /**
   * What differs from a branch or commit, from where the two parted. `not fetched`: this checkout is too shallow to
   * tell; otherwise git's own words why it could not.
   */
  changesSince(base: string): Promise<Changes | 'not fetched' | { readonly problem: string }>;
}
