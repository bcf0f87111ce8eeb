import { commands, inputs, secretInputs } from '../config/inputs.ts';

/** What each word means, for the commands that there are. */
const meanings: Readonly<Record<string, string>> = {
  deploy: 'bring a commit live and prove it, or roll it back',
  verify: 'ask the live site the same questions; changes nothing',
  check: 'read the migrations in this folder; needs no server',
  doctor: 'say what a deploy needs and lacks on the server; changes nothing',
  plan: 'do everything up to the first change, and say what would be run',
  rollback: 'bring the release before, or a named one, live again',
  adopt: 'make release directories beside a site that is deployed in place',
  releases: 'list what was deployed when, by whom, with what outcome',
};

const forServer = [
  ['--host USER@HOST[:PORT]', 'where to log in'],
  ['--ssh-key-file FILE', 'the private key to log in with'],
  ['--path FOLDER', 'the application there (/var/www/kayart)'],
] as const;

const others = [
  ['--debug', 'show every command on the server with its output'],
  ['--help', 'show this'],
] as const;

const widest = 78;

/** How the program is called, as text that ends with a line end. */
export function usage(): string {
  return `Deploys CodeIgniter 4 over SSH and proves that it worked.

Usage: ci4-deploy COMMAND [--FLAG VALUE ...]

Commands:
${columns(
  commands.map((name) => [name, meanings[name] ?? '']),
  10,
)}

The flags that are needed for a server:
${columns(forServer, 26)}

The host has to be in ~/.ssh/known_hosts, or named by --known-hosts-file FILE
or --host-fingerprint SHA256:... . A deploy takes the commit and the branch
that are checked out in this folder, or those of --commit and --branch.

Every input of the action is a flag. --FLAG-file FILE takes its value from a
file, and so does a variable of the environment: CI4_DEPLOY_SSH_KEY for ssh-key.
Secrets are taken from a file or a variable alone, and are never shown:
${listed(secretInputs)}

All other flags:
${listed(Object.keys(inputs).filter((name) => name !== 'command' && !secretInputs.includes(name)))}

${columns(others, 10)}

Exit status: 0 when all is well, 1 when something is to be fixed.

Examples:
  ci4-deploy doctor --host nicolas@example.org --ssh-key-file ~/.ssh/id_ed25519
  ci4-deploy check --base main
`;
}

function columns(rows: readonly (readonly [name: string, about: string])[], width: number): string {
  return rows.map(([name, about]) => `  ${name.padEnd(width)}${about}`.trimEnd()).join('\n');
}

/** Names with commas, in lines that fit a terminal. */
function listed(names: readonly string[]): string {
  const lines = [''];
  names.forEach((name, at) => {
    const word = `${name}${at + 1 < names.length ? ',' : ''}`;
    const last = lines.at(-1) ?? '';
    if (last.length + word.length + 3 > widest) lines.push(`  ${word}`);
    else lines[lines.length - 1] = last === '' ? `  ${word}` : `${last} ${word}`;
  });
  return lines.join('\n');
}
