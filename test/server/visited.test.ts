import { chosen } from '../rig/releases.ts';
import { happening } from './happens.ts';
import { situationsFor } from './situations/all.ts';
import { sessionMoves } from './situations/session-moves.ts';

// Alone on the machine (scripts/suite.mjs): what visitors notice must come from the deploy, not from other tests.
happening(await chosen(), (situation) => sessionMoves.includes(situation), situationsFor);
