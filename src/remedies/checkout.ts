import { checkoutStep, inClone, inWorkflow, type Instruction } from '../remedy.ts';

/**
 * Gives the job a checkout with its whole history.
 * @param onRunner the run is one of a workflow; else somebody started it in a clone
 */
export function wholeHistory(commit: string, onRunner: boolean): readonly Instruction[] {
  if (onRunner)
    return [
      inWorkflow(
        'Let the step before this one bring the whole history',
        checkoutStep,
        '  with:',
        '    fetch-depth: 0',
      ),
    ];
  return [
    inClone(
      'Fetch the rest of the history',
      'git fetch --unshallow origin',
      `git cat-file -e ${commit}`,
    ),
  ];
}

/** Gives the job a checkout that has the commit. */
export function checkOut(commit: string, onRunner: boolean): readonly Instruction[] {
  if (onRunner)
    return [
      inWorkflow(
        'Check the commit out in a step before this one, in the same job',
        checkoutStep,
        '  with:',
        `    ref: ${commit}`,
        '    fetch-depth: 0',
      ),
    ];
  return [
    inClone(
      'Fetch the commit, and start again there, in the root of the clone',
      'git fetch origin',
      `git cat-file -e ${commit}`,
    ),
  ];
}
