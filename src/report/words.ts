import type { StepResult, UndoResult } from '../plan/results.ts';

/** Notes one after the other; each ends as a sentence does. */
export function sentences(notes: readonly string[]): string {
  return notes.map((one) => (/[.!?]$/.test(one) ? one : `${one}.`)).join(' ');
}

/** What was found in a column without the server's own spelling, which matters only where something is wrong. */
export function inOurWords(actual: string): string {
  return actual.replace(/ \(server: .*\)$/, '');
}

/** The name of a step for people: `Cut over`. */
export function shortTitle({ title }: StepResult): string {
  return title.split(':')[0] ?? '';
}

/** The name of a step that was rolled back, as the steps that ran have it. */
export function titleOf({ name }: UndoResult, ran: readonly StepResult[]): string {
  const step = ran.find((one) => one.name === name);
  return step === undefined ? capital(name) : shortTitle(step);
}

/** What a step did; of one that stopped the run the names of the errors as well. */
export function stepWords(step: StepResult, errors: readonly string[]): string {
  const { title, result, notes = [] } = step;
  if (result === 'failed' && errors.length > 0)
    return sentences([...notes, `Stopped by ${errors.join(', ')}`]);
  const [, about = ''] = /^[^:]*:\s*(.*)$/s.exec(title) ?? [];
  return notes.length === 0 ? capital(about) : sentences(notes);
}

/** How a step was rolled back, or why it was not. */
export function undoWords({ result, notes = [] }: UndoResult): string {
  const said = sentences(notes);
  if (typeof result === 'object') return `It could not be rolled back. ${said}`.trim();
  if (said !== '') return said;
  return result === 'undone' ? 'Rolled back' : capital(result);
}

/** A text with its first letter as a sentence has it. */
export function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
