import { expect } from 'expect';
import type { Site } from '../../rig/kayart.ts';
import { createTable, migration, migrationWith, nicolas, root } from '../breakages.ts';
import { byHand } from '../pasting.ts';
import { snapshot, type Situation } from '../situation.ts';

const drop = "$this->forge->dropTable('ci_sessions');";

/** Goes on beside the deploy, as root. */
async function meanwhile(site: Site, script: string): Promise<undefined> {
  await site.machine.writeFile('/root/meanwhile', script);
  return root(site, 'setsid sh /root/meanwhile >/dev/null 2>&1 &');
}

/** A migration that changes a table which an open transaction of somebody else has read. */
async function heldTable(site: Site): Promise<string> {
  await meanwhile(
    site,
    `(echo 'START TRANSACTION; SELECT * FROM notes;'; sleep 25) | mariadb ${site.database.name}`,
  );
  await nicolas(site, 'sleep 1');
  return site.push(
    {
      [migration]: migrationWith(
        `${createTable('ci_sessions')} $this->db->query('ALTER TABLE notes ADD late INT');`,
        `${drop} $this->db->query('ALTER TABLE notes DROP late');`,
      ),
    },
    'Change a table that is in use',
  );
}

/** What fails on the server while the deploy is at work there. */
export const failing: readonly Situation[] = [
  {
    name: 'the kernel ends the migration, as when memory runs out',
    async prepare(site) {
      await meanwhile(
        site,
        "until pgrep -f 'spark migrate' && sleep 1 && pkill -KILL -f 'spark migrate'; do sleep 0.1; done",
      );
      return site.push(
        { [migration]: migrationWith(`sleep(30); ${createTable('ci_sessions')}`, drop) },
        'A slow migration',
      );
    },
    outcome: 'rolled-back',
    errors: ['migration-failed'],
    says: 'SIGKILL',
  },
  {
    name: 'an idle transaction holds a table that the migration changes: stopped at the limit, and nothing comes later',
    prepare: heldTable,
    inputs: () => ({ 'step-timeout': '5s' }),
    outcome: 'rolled-back',
    errors: ['migration-failed'],
    says: 'did not end in time',
    // The first half of the migration was done and is not in the ledger: that is said.
    differs: ['tables'],
    also: ['tables-left'],
    async afterwards(site) {
      await nicolas(site, 'sleep 25');
      const { tables } = await snapshot(site);
      expect(tables.join()).not.toContain('`late`');
    },
  },
  {
    name: 'PHP-FPM dies at the reload',
    async prepare(site) {
      const folder = `/etc/systemd/system/${site.machine.fpmService}.service.d`;
      await root(
        site,
        `mkdir -p ${folder}; printf '[Service]\\nExecReload=\\nExecReload=/bin/kill -KILL $MAINPID\\nRestart=no\\n' >${folder}/dies.conf; systemctl daemon-reload`,
      );
      return undefined;
    },
    outcome: 'stranded',
    errors: ['command-failed', 'stranded-switch'],
    says: 'could not be rolled back',
    differs: ['left', 'tables', 'ledger', 'files', 'services', 'pages'],
    async afterwards(site, result) {
      const post = result.postLog.join('\n');
      expect(post).toContain('trying the rest once more');
      expect(post).not.toMatch(/cancel|stopped in the middle/i);
      expect((await snapshot(site)).head).toBe(site.commits.live);
      const dies = `/etc/systemd/system/${site.machine.fpmService}.service.d/dies.conf`;
      await root(site, `rm ${dies}; systemctl daemon-reload`);
      await byHand(site, result, 'stranded-switch');
    },
  },
  {
    name: 'the clock of the server jumps while another deploy holds the lock: it keeps it',
    async prepare(site) {
      const lock = `${site.gitDir}/ci4-deploy/lock`;
      await nicolas(
        site,
        `mkdir -p ${lock}; cd ${lock}; echo berta >owner; printf other >id; touch -d '1 hour ago' heartbeat`,
      );
      return meanwhile(
        site,
        `for i in 1 2 3 4 5 6 7 8 9; do sleep 4; touch -d "1 hour ago + $i seconds" ${lock}/heartbeat; done`,
      );
    },
    outcome: 'refused',
    errors: ['locked'],
    says: 'berta',
    // It is the other's.
    differs: ['left'],
  },
];
