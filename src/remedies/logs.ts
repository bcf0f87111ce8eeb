import { toSee, toSeeAsRoot, type Instruction } from '../remedy.ts';
import { quote } from '../server/command.ts';

/** Shows the newest errors of the application. `writable` is where it keeps its logs. */
export function newestErrors(writable: string): Instruction {
  const logs = quote(`${writable}/logs`);
  return toSee(
    'Read the newest errors of the application',
    `grep -hE '^(EMERGENCY|ALERT|CRITICAL|ERROR) ' ${logs}/*.log | tail -n 20`,
  );
}

/** Shows what the web server said last: of a first release that was rolled back no log of its own is left. */
export const newestOfWebServer: Instruction = toSeeAsRoot(
  'See what the web server said',
  'sudo sh -c "tail -n 20 /var/log/nginx/error.log /var/log/apache2/error.log 2>/dev/null || true"',
);
