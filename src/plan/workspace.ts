/** Files of the workspace, packed to be sent in parts. They are gone from there once it is disposed. */
export interface Packed extends AsyncDisposable {
  /** How long it is. */
  readonly bytes: number;
  /** SHA-256 of all of it, in hexadecimal digits. */
  readonly sum: string;
  /** At most so many bytes from there on; none at its end. */
  read(from: number, most: number): Promise<Uint8Array>;
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
