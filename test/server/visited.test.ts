import { chosen } from '../rig/releases.ts';
import { happening } from './happens.ts';
import { situationsFor } from './situations/all.ts';
import { apache } from './situations/apache.ts';

// Beside nothing but other tests with visitors (scripts/suite.mjs): what they notice must come from the deploy.
happening(
  await chosen(),
  (situation) => situation.visited === true && !apache.includes(situation),
  situationsFor,
);
