import { chosen } from '../rig/releases.ts';
import { happening } from './happens.ts';

const elsewhere = ['refused', 'already-live', 'deployed'];
happening(await chosen(), ({ outcome }) => !elsewhere.includes(outcome));
