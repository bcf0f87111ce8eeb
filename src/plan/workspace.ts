/** A file of this machine, to be read in parts. It is gone once it is disposed. */
export interface FileInParts extends AsyncDisposable {
  /** How long it is. */
  readonly bytes: number;
  /** At most so many bytes from there on; none at its end. */
  read(from: number, most: number): Promise<Uint8Array>;
}

/** Files of the workspace, packed. */
export interface Packed extends FileInParts {
  /** SHA-256 of all of it, in hexadecimal digits. */
  readonly sum: string;
}

/** The workspace of the job. The adapter is `checkout/pack.ts`. */
export interface Workspace {
  /**
   * A compressed archive of tar(1) of these paths.
   * @throws NotPacked
   */
  pack(paths: readonly string[]): Promise<Packed>;
}

/** What the workspace does not have, or in the words of tar why it could not be packed. */
export class NotPacked extends Error {
  override readonly name = 'NotPacked';
  readonly missing: readonly string[];
  constructor(missing: readonly string[], problem: string, cause?: unknown) {
    super(problem, { cause });
    this.missing = missing;
  }
}
