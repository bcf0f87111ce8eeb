import type { FileInParts } from '../../plan/workspace.ts';

/** Why a commit of the workspace cannot be sent. */
export type SourceFault =
  | { readonly kind: 'no git' }
  /** There is no git repository in the workspace. */
  | { readonly kind: 'no checkout' }
  | { readonly kind: 'no commit' }
  /** In git's own words. */
  | { readonly kind: 'other'; readonly problem: string };

/** A commit of the workspace cannot be sent. */
export class SourceFailed extends Error {
  override readonly name = 'SourceFailed';
  readonly fault: SourceFault;
  constructor(fault: SourceFault, cause?: unknown) {
    super(`The commit cannot be sent: ${fault.kind}.`, { cause });
    this.fault = fault;
  }
}

/** A git bundle (gitformat-bundle(5)). */
export type Bundle = FileInParts;

/** The one ref of a bundle: the commit. */
export const bundleRef = 'refs/heads/ci4-deploy';

/**
 * The repository in the workspace, where commits are taken from with `source: push`. The adapter is
 * `checkout/source.ts`. Nothing in the workspace is changed.
 */
export interface Source {
  /**
   * Commits that the history of this one goes on with, and that a shallow checkout does not have.
   * @throws SourceFailed
   */
  cutOff(commit: string): Promise<readonly string[]>;
  /**
   * What somebody lacks who has these commits; those that are not in the workspace are left out of account.
   * @throws SourceFailed
   */
  bundle(commit: string, known: readonly string[]): Promise<Bundle>;
}
