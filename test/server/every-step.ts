import type { Step } from '../../src/plan/step.ts';

/** EVERY_STEP=1 asks for what takes too long for every run: `npm test -- --every-step`. */
export const everyStep = process.env['EVERY_STEP'] === '1';

/** Whether there is something to undo when a run is interrupted there, or all of it. */
export function hasToUndo({ name, changesSite }: Pick<Step, 'name' | 'changesSite'>): boolean {
  return changesSite || name === 'confirm';
}
