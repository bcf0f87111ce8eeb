import { questions } from './asked.ts';
import { alter } from './alter.ts';
import { arrays } from './arrays.ts';
import { conditional } from './conditional.ts';
import { foreign } from './foreign.ts';
import { hidden } from './hidden.ts';
import { kept } from './kept.ts';
import { keys } from './keys.ts';
import type { Written } from './migration.ts';
import { programs } from './programs.ts';
import { refused } from './refused.ts';
import { types } from './types.ts';
import { statements } from './statements.ts';

/** Every way of writing it. */
export const corpus: readonly Written[] = [
  ...arrays,
  ...types,
  ...keys,
  ...foreign,
  ...refused,
  ...conditional,
  ...kept,
  ...questions,
  ...alter,
  ...statements,
  ...programs,
  ...hidden,
];
