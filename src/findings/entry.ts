/** How bad it is: an error stops the deploy, a warning and a notice are reported. */
export type Severity = 'error' | 'warning' | 'notice';

/** What the page of findings says of one: what it is, and the severities it may have, worst first. */
export interface Entry<S extends Severity = Severity> {
  readonly what: string;
  readonly severity: readonly [S, ...S[]];
}

/** An entry, of a type that knows its severities. */
export function of<S extends Severity>(what: string, ...severity: [S, ...S[]]): Entry<S> {
  return { what, severity };
}
