/** The files of an application as they lie in the repository. Paths are below the application's root, with `/`. */
export interface Tree {
  /** Null when there is no such file. */
  read(path: string): Promise<string | null>;
  /** All files below a folder, however deep; empty when there is none. */
  list(folder: string): Promise<readonly string[]>;
}
