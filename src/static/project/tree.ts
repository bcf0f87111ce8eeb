/** The files of an application as they lie in the repository. Paths are below the application's root, with `/`. */
export interface Tree {
  /** Null when there is no such file, or when it was left out. */
  read(path: string): Promise<string | null>;
  /** All files below a folder, however deep; empty when there is none. */
  list(folder: string): Promise<readonly string[]>;
  /** What was asked for, is there, and was not read all the same. */
  readonly leftOut: readonly LeftOut[];
}

/** A file or folder that was not read. `why` is the end of the sentence "It was not read: ...". */
export interface LeftOut {
  readonly file: string;
  readonly why: string;
}
