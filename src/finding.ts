/** How bad it is: an error stops the deploy, a warning and a notice are said. */
export type Severity = 'error' | 'warning' | 'notice';

/** One thing that was found: what, why it matters here, and what to do. The name is stable and stands in the README. */
export interface Finding {
  readonly name: string;
  readonly severity: Severity;
  /** What was found and why it matters here: sentences, without secrets and without session data. */
  readonly message: string;
  /** The line or lines to paste, or the one thing to do. */
  readonly remedy?: string;
  /** The same remedy as a whole migration file of CodeIgniter. */
  readonly migration?: string;
  /** The place in the repository, for an annotation. */
  readonly at?: { readonly file: string; readonly line: number };
}

/** Only errors stop a deploy. */
export function isError(finding: Finding): boolean {
  return finding.severity === 'error';
}

/** A finding that stops the deploy. */
export function errorFinding(name: string, message: string, remedy: string): Finding {
  return { name, severity: 'error', message, remedy };
}

/** A finding that is said and stops nothing. */
export function warningFinding(name: string, message: string, remedy: string): Finding {
  return { name, severity: 'warning', message, remedy };
}
