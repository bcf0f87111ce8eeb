/** How bad it is: an error stops the deploy, a warning and a notice are reported. */
export type Severity = 'error' | 'warning' | 'notice';

/** What puts a finding right. */
export type Fix =
  /** Lines to paste, as the finding prints them. */
  | 'lines'
  /** A person has to look, or to decide; what is printed shows where. */
  | 'person'
  /** A change of the repository. */
  | 'commit'
  /** The next run does it. */
  | 'again'
  /** There is nothing to put right. */
  | 'nothing';

/** What the page of findings says of one: what it is, what puts it right, and the severities it may have, worst first. */
export interface Entry<S extends Severity = Severity> {
  readonly what: string;
  readonly fix: Fix;
  readonly severity: readonly [S, ...S[]];
}

/** An entry, of a type that knows its severities. */
export function of<S extends Severity>(what: string, fix: Fix, ...severity: [S, ...S[]]): Entry<S> {
  return { what, fix, severity };
}
