import type { Site } from '../rig/kayart.ts';
import { root } from './breakages.ts';

/** Who sits at the computer of a developer, which is the server itself under another account. */
export const developer = 'berta';

/** Where the developer has a clone of the repository. */
export const workplace = `/home/${developer}/kayart`;

/** A developer with a clone, who can push and can log in to the server as the deploy user. */
export async function developerAt({ machine, branch }: Site): Promise<void> {
  const home = `/home/${developer}`;
  await machine.writeFile('/tmp/berta.key', machine.privateKey);
  await machine.writeFile('/tmp/berta.known', `${machine.knownHostsLine}\n`);
  await root(
    { machine } as Site,
    `id ${developer} >/dev/null 2>&1 || useradd -m -s /bin/bash ${developer}
install -d -m 700 -o ${developer} ${home}/.ssh
install -m 600 -o ${developer} /tmp/berta.key ${home}/.ssh/id_ed25519
install -m 600 -o ${developer} /tmp/berta.known ${home}/.ssh/known_hosts
printf '[user]\\nname = Berta\\nemail = berta@kayart.test\\n[safe]\\ndirectory = *\\n' >${home}/.gitconfig
git config -f /srv/git/kayart.git/config core.sharedRepository 0666; chmod -R a+rwX /srv/git
rm -rf ${workplace}
su ${developer} -c 'git clone -q -b ${branch} /srv/git/kayart.git ${workplace}'`,
  );
}
