import { asRoot, toSeeAsRoot, type Instruction } from '../remedy.ts';
import { quote } from '../server/command.ts';

/** Gives an account a shell that runs commands. */
export function giveShell(user: string): Instruction {
  return asRoot(`${user} gets a shell.`, `sudo usermod -s /bin/bash ${quote(user)}`);
}

/** Ends that an account wants a new password at its next login. */
export function keepPassword(user: string): Instruction {
  return asRoot(
    `The password of ${user} then counts as changed today, and does not run out. A login by key uses none.`,
    `sudo chage -d "$(date +%F)" -M -1 ${quote(user)}`,
  );
}

/** Ends that an account runs out. */
export function keepAccount(user: string): Instruction {
  return asRoot(`The account ${user} does not run out then.`, `sudo chage -E -1 ${quote(user)}`);
}

/** Shows what runs at a login in place of the commands of the one who logs in. */
export function seeLogin(user: string): Instruction {
  const account = quote(user);
  return toSeeAsRoot(
    `See what runs when ${user} logs in. Lines that ask, exit, or start another program belong below a test for a terminal`,
    `getent passwd ${account}`,
    `sudo grep -nE 'exit|exec|read|tmux|screen|fish|command=' ~${user}/.bashrc ~${user}/.profile ~${user}/.ssh/rc ~${user}/.ssh/authorized_keys`,
    `sudo sshd -T -C user=${account},host=localhost,addr=127.0.0.1 | grep -iE 'forcecommand|subsystem'`,
  );
}
