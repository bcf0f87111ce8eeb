import type { Situation } from '../situation.ts';
import { composer } from './composer.ts';
import { healthy } from './healthy.ts';
import { inputs } from './inputs.ts';
import { refused } from './refused.ts';
import { takenBack } from './taken-back.ts';

/** Every situation, those that must be green first. */
export const all: readonly Situation[] = [
  ...healthy,
  ...inputs,
  ...composer,
  ...refused,
  ...takenBack,
];
