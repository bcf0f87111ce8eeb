import type { Severity } from './findings/entry.ts';
import type { FindingName } from './findings/registry.ts';

export type { Severity };

/** One thing that was found: what, why it matters here, and what to do. The name is stable; the registry has what it means. */
export interface Finding {
  readonly name: FindingName;
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
export function errorFinding(name: FindingName<'error'>, message: string, remedy: string): Finding {
  return { name, severity: 'error', message, remedy };
}

/** A finding that is said and stops nothing. */
export function warningFinding(
  name: FindingName<'warning'>,
  message: string,
  remedy: string,
): Finding {
  return { name, severity: 'warning', message, remedy };
}

/** A finding that is only said. */
export function noticeFinding(
  name: FindingName<'notice'>,
  message: string,
  remedy: string,
): Finding {
  return { name, severity: 'notice', message, remedy };
}
