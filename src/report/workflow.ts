import type { Finding } from '../finding.ts';
import { remedyText } from '../remedy.ts';

/** A finding, or how much there was no room for. */
export type Annotation = Omit<Finding, 'name'> & { readonly name: string };

/** What we ask of the runner that started us. The adapter is `actions.ts`; tests keep everything in memory. */
export interface Workflow {
  /** Opens a folded group in the log. */
  group(title: string): void;
  endGroup(): void;
  /** One line of text that the runner cannot take for a command: `Log` sees to that. */
  info(line: string): void;
  /** A finding as an annotation, which the runner prints into the log as well; it keeps ten of each level a step. */
  annotate(annotation: Annotation): void;
  /** From here on the runner prints `***` instead of the value. */
  mask(value: string): void;
  output(name: string, value: string): void;
  /** Survives even when this process is killed: the post step reads it. */
  saveState(name: string, value: string): void;
  /** State that an earlier phase saved, empty when there is none. */
  state(name: string): string;
  summary(markdown: string): Promise<void>;
}

/** The text of an annotation: what was found, and below it what to do. */
export function annotationText(message: string, remedies: Finding['remedies'] = []): string {
  return remedies.length === 0 ? message : `${message}\n${remedyText(remedies)}`;
}
