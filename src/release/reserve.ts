import { quote, shell, type Command } from '../server/command.ts';

const giveBack = `# use the room set aside
rm -f "$1/lock/reserve" "$1"/left-*/reserve`;

/** Gives the room back, to who rolls a deploy back. */
export function useReserve(stateDir: string): Command {
  return shell(giveBack, [stateDir], { typed: `rm -f ${quote(`${stateDir}/lock/reserve`)}` });
}
