import type { Situation } from './situation.ts';
import { bareServers } from './situations/bare.ts';

// Those whose remedies have most to break; `npm run situations` pastes all.
const remarkable = [
  'tracked file changed on the server',
  'somebody committed on the server',
  'detached head',
  '.env closed to PHP-FPM',
  'writable/cache closed to PHP-FPM',
  'host key changed',
  'sshd forbids forwarding',
  'migrations are switched off',
  'unique key on the address of visitors',
  'no way to the session files: refused, and the way is pasted',
];

/** Whether pasting.test.ts has the situation, and pastes what is printed there: no other file of tests takes it as well. */
export function isPasted(one: Situation): boolean {
  return bareServers.includes(one) || remarkable.includes(one.name);
}
