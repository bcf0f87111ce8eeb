import type { Severity } from './findings/entry.ts';
import type { FindingName } from './findings/registry.ts';
import { advice, type Instruction, type Remedy } from './remedy.ts';

export type { Severity };

/** One thing that was found: what, why it matters here, and what to do. The name is stable; the registry has what it means. */
export interface Finding {
  readonly name: FindingName;
  readonly severity: Severity;
  /** What was found and why it matters here: sentences, without secrets and without session data. */
  readonly message: string;
  /** What puts it right: any one of them is enough, the best one first. */
  readonly remedies?: readonly Remedy[];
  /** The place in the repository, for an annotation. */
  readonly at?: { readonly file: string; readonly line: number };
}

/** Only errors stop a deploy. */
export function isError(finding: Finding): boolean {
  return finding.severity === 'error';
}

/** A remedy as a finding is given it: instructions in their order, one alone, or a sentence of advice. */
export type Given = string | Instruction | Remedy;

/** Remedies, of which any one is enough. */
export function remedies(...given: readonly Given[]): readonly Remedy[] {
  return given.map((one) => {
    if (typeof one === 'string') return [advice(one)];
    return 'where' in one ? [one] : one;
  });
}

/**
 * The same finding for a table that the rollback of its migration changes again: a statement pasted after that would meet
 * another table. What is committed runs after that migration.
 */
export function inNextDeploy(finding: Finding): Finding {
  const { remedies: all = [] } = finding;
  const later = all.filter((remedy) => remedy.every(({ where }) => where !== 'database'));
  return later.length === 0 ? finding : { ...finding, remedies: later };
}

/** A finding that stops the deploy. */
export function errorFinding(
  name: FindingName<'error'>,
  message: string,
  ...given: readonly Given[]
): Finding {
  return { name, severity: 'error', message, remedies: remedies(...given) };
}

/** A finding that is said and stops nothing. */
export function warningFinding(
  name: FindingName<'warning'>,
  message: string,
  ...given: readonly Given[]
): Finding {
  return { name, severity: 'warning', message, remedies: remedies(...given) };
}

/** A finding that is only said. */
export function noticeFinding(
  name: FindingName<'notice'>,
  message: string,
  ...given: readonly Given[]
): Finding {
  return { name, severity: 'notice', message, remedies: remedies(...given) };
}
