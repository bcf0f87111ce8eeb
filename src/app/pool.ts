/** A pool of PHP-FPM, as its configuration has it. */
export interface Pool {
  readonly name: string;
  readonly user: string;
  /** Where it listens: a path, or host and port. */
  readonly listen: string;
  readonly maxChildren: number;
}

/** A pool that serves the site, and what the web server adds to each request it sends there. */
export interface Serving {
  readonly pool: Pool;
  /** Not for the log: passwords may be among them. */
  readonly params: Readonly<Record<string, string>>;
}
