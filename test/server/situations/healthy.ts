import { expect } from 'expect';
import type { Site } from '../../rig/kayart.ts';
import { migration, nicolas, root } from '../breakages.ts';
import { deploy, errorsOf, type Situation } from '../situation.ts';

async function sessionsInTable(site: Site, table = 'ci_sessions'): Promise<void> {
  const visit = await site.get('/login/berta');
  expect(visit.status).toBe(200);
  const [row] = await site.sql(`SELECT COUNT(*) FROM \`${table}\` WHERE data LIKE '%berta%'`);
  expect(Number(row?.[0])).toBeGreaterThan(0);
}

/** What hardened servers give every login. */
export async function umask077(site: Site): Promise<undefined> {
  return root(
    site,
    "sed -i 's/^UMASK.*/UMASK 077/; s/^USERGROUPS_ENAB.*/USERGROUPS_ENAB no/' /etc/login.defs; grep -q pam_umask /etc/pam.d/common-session || echo 'session optional pam_umask.so' >>/etc/pam.d/common-session",
  );
}

/** Servers and commits that are right: the deploy must be green. */
export const healthy: readonly Situation[] = [
  {
    name: 'the user document: sessions move from files to MySQL, database by socket',
    outcome: 'deployed',
    errors: [],
    async afterwards(site, result) {
      expect(await site.head()).toBe(site.commits.next);
      await sessionsInTable(site);
      expect(JSON.parse(result.outputs['columns'] ?? '[]')).toHaveLength(4);
      expect(result.outputs['migrations']).toContain('CreateSessionTable');
      expect(result.summary).toContain('## ✅ Deployed, and every step was proved\n');

      const again = await deploy(site);
      expect([again.outputs['outcome'], again.exitCode, errorsOf(again)]).toEqual([
        'already-live',
        0,
        [],
      ]);

      const verified = await deploy(site, { inputs: { command: 'verify' } });
      expect([verified.outputs['outcome'], verified.exitCode]).toEqual(['already-live', 0]);
    },
  },
  {
    name: 'database by TCP',
    database: { way: 'tcp' },
    outcome: 'deployed',
    errors: [],
    afterwards: async (site) => sessionsInTable(site),
  },
  {
    name: 'table prefix',
    database: { prefix: 'app_' },
    outcome: 'deployed',
    errors: [],
    afterwards: async (site) => sessionsInTable(site, 'app_ci_sessions'),
  },
  {
    name: 'a login whose umask is 077: new files are as readable as the old ones',
    prepare: umask077,
    outcome: 'deployed',
    errors: [],
    async afterwards(site, result) {
      await sessionsInTable(site);
      expect(result.outputs['findings']).not.toContain('fpm-not-asked');
      await nicolas(site, `[ "$(stat -c %a ${migration})" = "$(stat -c %a app/Config/App.php)" ]`);
    },
  },
  {
    name: 'a tree whose files are open by a group that they inherit: new ones are open, too',
    async prepare(site) {
      await umask077(site);
      return root(
        site,
        `cd ${site.path}; chgrp -R www-data app; chmod -R o-rwx app; find app -type d -exec chmod g+s {} +; git config --system core.fileMode false`,
      );
    },
    outcome: 'deployed',
    errors: [],
    async afterwards(site) {
      await sessionsInTable(site);
      await nicolas(site, `[ "$(stat -c '%G %a' ${migration})" = 'www-data 640' ]`);
    },
  },
  {
    name: 'Debian 13',
    flavour: 'debian13',
    outcome: 'deployed',
    errors: [],
    afterwards: async (site) => sessionsInTable(site),
  },
  {
    name: 'MySQL 9',
    database: { server: 'mysql9', way: 'tcp' },
    outcome: 'deployed',
    errors: [],
    afterwards: async (site) => sessionsInTable(site),
  },
  {
    name: 'old session files are removed when asked',
    inputs: () => ({ 'clean-session-files': 'true' }),
    async prepare(site) {
      await site.get('/login/carla');
      await site.machine.writeFile(`${site.path}/writable/session/keep.txt`, 'not a session');
      return undefined;
    },
    outcome: 'deployed',
    errors: [],
    async afterwards(site) {
      const { stdout } = await site.machine.exec(['ls', `${site.path}/writable/session`]);
      expect(stdout).not.toMatch(/ci_session/);
      expect(stdout).toContain('keep.txt');
    },
  },
];
