import { chosen } from '../rig/releases.ts';
import { happening } from './happens.ts';
import { apache } from './situations/apache.ts';

happening(
  await chosen(),
  (situation) => situation.visited === true,
  () => apache,
);
