import { toSee, type Instruction } from '../remedy.ts';
import { quote } from '../server/command.ts';

/** Shows the newest errors of the application. `writable` is where it keeps its logs. */
export function newestErrors(writable: string): Instruction {
  const logs = quote(`${writable}/logs`);
  return toSee(
    'Read the newest errors of the application',
    `grep -hE '^(EMERGENCY|ALERT|CRITICAL|ERROR) ' ${logs}/*.log | tail -n 20`,
  );
}
