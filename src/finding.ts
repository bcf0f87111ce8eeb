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
  /** The same remedy as the text of a CodeIgniter migration, to commit. */
  readonly migration?: string;
  /** The place in the repository, for an annotation. */
  readonly at?: { readonly file: string; readonly line: number };
}

/** Only errors stop a deploy. */
export function isError(finding: Finding): boolean {
  return finding.severity === 'error';
}
