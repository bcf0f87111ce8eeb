import { generateKeyPairSync } from 'node:crypto';
import { expect } from 'expect';
import type { Site } from '../../rig/kayart.ts';
import { nicolas, root } from '../breakages.ts';
import { deploy, snapshot, type Situation } from '../situation.ts';

function someHostKey(): string {
  const { publicKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
  const part = (data: Buffer): Buffer => Buffer.concat([Buffer.from([0, 0, 0, data.length]), data]);
  return Buffer.concat([part(Buffer.from('ssh-ed25519')), part(raw)]).toString('base64');
}

/** The lock of a run that gave its last heartbeat then and had not begun anything. */
async function heldBy(site: Site, last: string): Promise<undefined> {
  const lock = `${site.gitDir}/ci4-deploy/lock`;
  return nicolas(
    site,
    `mkdir -p ${lock} && cd ${lock} && echo berta >owner && printf gone >id && touch -d '${last}' heartbeat`,
  );
}

async function nothingLeft(site: Site): Promise<void> {
  expect((await snapshot(site)).left).toBe('');
}

/** Servers on which nothing may be touched. */
export const refused: readonly Situation[] = [
  {
    name: 'wrong database password',
    prepare: async (site) =>
      root(
        site,
        `sed -i --follow-symlinks 's/^database.default.password.*/database.default.password = wrong/' ${site.path}/.env`,
      ),
    outcome: 'refused',
    errors: ['database-refused'],
    says: 'database refuses',
  },
  {
    name: 'sudo without the right',
    prepare: async (site) => root(site, 'rm -f /etc/sudoers.d/*'),
    fails: 'inspect',
    outcome: 'refused',
    errors: ['reload-not-allowed'],
    says: 'may not reload',
  },
  {
    name: 'tracked file changed on the server',
    prepare: async (site) => root(site, `echo '// hand' >>${site.path}/app/Config/Routes.php`),
    outcome: 'refused',
    errors: ['dirty-tree'],
    says: 'app/Config/Routes.php',
  },
  {
    name: 'host key changed',
    inputs: (site) => ({
      'known-hosts': `${site.machine.address} ssh-ed25519 ${someHostKey()}`,
    }),
    outcome: 'refused',
    errors: ['ssh-host-key-refused'],
    says: 'another host key',
  },
  {
    name: '.env missing',
    prepare: async (site) => root(site, `mv ${site.path}/.env ${site.path}/writable/env.away`),
    outcome: 'refused',
    errors: ['env-missing'],
    says: '.env does not exist',
  },
  {
    name: 'PHP-FPM with a broken pool file',
    prepare: async (site) =>
      root(site, `echo 'bad = 1' >>/etc/php/${site.machine.phpVersion}/fpm/pool.d/www.conf`),
    outcome: 'refused',
    errors: ['fpm-configuration'],
    says: "unknown entry 'bad'",
  },
  {
    name: 'a PHP-FPM service of another version is named',
    inputs: () => ({ 'fpm-service': 'php5.6-fpm' }),
    outcome: 'refused',
    errors: ['fpm-unknown'],
    says: /but php8\.\d-fpm/,
  },
  {
    name: 'commit that the remote does not have',
    prepare: async () => 'f'.repeat(40),
    outcome: 'refused',
    errors: ['commit-unreachable'],
    says: 'cannot fetch commit',
  },
  {
    name: 'commit older than what is live',
    async prepare(site) {
      await deploy(site);
      return site.commits.live;
    },
    outcome: 'refused',
    errors: ['not-a-descendant'],
    says: 'does not follow',
  },
  {
    name: 'another branch is checked out',
    prepare: async (site) =>
      root(site, `su nicolas -c 'git -C ${site.path} checkout -q -b hotfix'`),
    inPlaceOnly: 'a release is of no branch',
    outcome: 'refused',
    errors: ['other-branch'],
    says: 'branch hotfix',
  },
  {
    name: 'another deploy holds the lock',
    prepare: async (site) =>
      root(
        site,
        `su nicolas -c 'mkdir -p ${site.gitDir}/ci4-deploy/lock && echo berta, commit abc, since noon >${site.gitDir}/ci4-deploy/lock/owner'`,
      ),
    fails: 'lock',
    outcome: 'refused',
    errors: ['locked'],
    says: 'berta',
  },
  {
    name: 'a lock of a runner that is gone, without anything begun: taken over',
    prepare: async (site) => heldBy(site, '10 minutes ago'),
    outcome: 'deployed',
    errors: [],
    afterwards: nothingLeft,
  },
  {
    name: 'a lock whose runner is lost while we wait for it: taken over',
    prepare: async (site) => heldBy(site, '75 seconds ago'),
    inputs: () => ({ 'lock-wait': '60s' }),
    outcome: 'deployed',
    errors: [],
    afterwards: nothingLeft,
  },
  {
    name: 'who was killed at the lock has left his place; who still waits there keeps his',
    prepare: async (site) =>
      nicolas(
        site,
        `mkdir -p ${site.gitDir}/ci4-deploy; cd ${site.gitDir}/ci4-deploy; here=$(uname -n)
         mkdir mine-waits.$here.1 mine-killed.$here.9999999 mine-elsewhere.another.host.9 mine-old.another.host.9; touch -d '2 days ago' mine-old*`,
      ),
    outcome: 'deployed',
    errors: [],
    differs: ['left'],
    async afterwards(site) {
      const { left } = await snapshot(site);
      expect(left).toMatch(/^mine-elsewhere\.\S+\nmine-waits\.\S+$/);
    },
  },
  {
    name: 'sshd forbids forwarding',
    prepare: async (site) =>
      root(
        site,
        `printf 'AllowTcpForwarding no\\nAllowStreamLocalForwarding no\\n' >/etc/ssh/sshd_config.d/0.conf; systemctl reload ssh`,
      ),
    outcome: 'refused',
    errors: ['forwarding-prohibited', 'health-url-unreachable'],
    says: 'forbids connections',
  },
  {
    name: 'several things at once are reported at once',
    prepare: async (site) =>
      root(site, `rm -f /etc/sudoers.d/*; echo x >>${site.path}/spark; rm ${site.path}/.env`),
    outcome: 'refused',
    errors: ['dirty-tree', 'reload-not-allowed', 'env-missing'],
    // What is in .env only a person knows.
    hidden: ['env-missing'],
  },
];
