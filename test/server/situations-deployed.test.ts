import { chosen } from '../rig/releases.ts';
import { happening } from './happens.ts';

happening(await chosen(), ({ outcome }) => outcome === 'deployed');
