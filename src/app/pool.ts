/** A pool of PHP-FPM, as its configuration has it. */
export interface Pool {
  readonly name: string;
  readonly user: string;
  /** Where it listens: a path, or host and port. */
  readonly listen: string;
  readonly maxChildren: number;
}
