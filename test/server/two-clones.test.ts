import { describe, expect, test } from '@jest/globals';
import type { Site } from '../rig/kayart.ts';
import { chosen } from '../rig/releases.ts';
import { brokenController, fileOf, migration, migrationWith, nicolas, root } from './breakages.ts';
import { errorsOf, fresh, othersOf, snapshot } from './situation.ts';
import { start } from './start.ts';
import { whenLogged } from './when-logged.ts';

const [release] = (await chosen()).slice(-1);
if (release === undefined) throw new Error('There is no CodeIgniter release at hand.');

const waits = { 'lock-wait': '3m' };
const noteMigration = 'app/Database/Migrations/2026-02-01-000000_CreateNotes2.php';

/** A second clone of the repository at `bare` on the same server, which uses the same database. */
async function secondClone(site: Site, bare = '/srv/git/kayart.git'): Promise<Site> {
  const path = '/var/www/second';
  await root(site, `install -d -o nicolas -g nicolas ${path}`);
  await nicolas(
    site,
    `[ -e ${bare} ] || git clone -q --bare /srv/git/kayart.git ${bare}
git clone -q ${bare} ${path}; cp -p .env ${path}/; cp -a --no-clobber writable vendor ${path}/ 2>/dev/null || true
cd ${path}; git reset -q --hard ${site.commits.live}; chgrp www-data .env
chgrp -R www-data writable; find writable -type d -exec chmod 2775 {} +`,
  );
  const asked = ['git', '-C', path, 'rev-parse', 'HEAD'];
  const head = async (): Promise<string> =>
    (await site.machine.exec(asked, { user: 'nicolas' })).stdout.trim();
  return { ...site, base: path, path, gitDir: `${path}/.git`, head };
}

/** A commit of the repository at `bare`, made by a shell script in a clone of it. */
async function commitIn(site: Site, bare: string, script: string): Promise<string> {
  const whole = `rm -rf /tmp/other; git clone -q ${bare} /tmp/other; cd /tmp/other
${script}
git add -A; git -c user.name=B -c user.email=b@x commit -qm 'Of another repository'; git push -q origin HEAD:main; git rev-parse HEAD`;
  const { code, stdout, stderr } = await site.machine.exec(['sh', '-e', '-c', whole], {
    user: 'nicolas',
  });
  if (code !== 0) throw new Error(stderr);
  return stdout.trim();
}

/** The user's commit with a migration that takes three seconds. */
async function slowCommit(site: Site): Promise<string> {
  const text = await fileOf(site, migration);
  const slow = text.replace(
    /(function up\(\)[^{]*\{)/,
    "$1\n        $this->db->query('SELECT SLEEP(3)');",
  );
  if (slow === text) throw new Error('The migration has no up().');
  return site.push({ [migration]: slow }, 'A slow migration');
}

/** Another repository of the same application, with a commit whose migration is its own. */
async function otherRepository(site: Site): Promise<{ second: Site; commit: string }> {
  const bare = '/srv/git/other.git';
  const second = await secondClone(site, bare);
  const text = migrationWith(
    "$this->forge->addField('id'); $this->forge->createTable('notes2');",
    "$this->forge->dropTable('notes2');",
  ).replace('CreateSessionTable', 'CreateNotes2');
  const script = `git reset -q --hard ${site.commits.live}
cat >${noteMigration} <<'END'\n${text}END`;
  const commit = await commitIn(site, bare, `${script}\ngit push -q --force origin HEAD:main`);
  return { second, commit };
}

/** Classes in the ledger, in order. */
async function migrated(site: Site): Promise<readonly string[]> {
  const { ledger } = await snapshot(site);
  return ledger.map((row) => /(\w+) \d+$/.exec(row)?.[1] ?? row);
}

async function tables(site: Site): Promise<readonly string[]> {
  const rows = await site.sql('SHOW TABLES');
  return rows.map(([name = '']) => name);
}

describe('two clones on one database', () => {
  test('the second one is refused while the first one migrates, and deploys the same commit when it waits', async () => {
    await using server = await fresh(release);
    const { site } = server;
    const second = await secondClone(site);
    const commit = await slowCommit(site);
    const { onLine, reached } = whenLogged('Migrate:');
    const first = start(site, '1', commit, {}, { onLine });
    await reached;
    const [refused, waited] = [await start(second, '2', commit), start(second, '3', commit, waits)];
    expect(errorsOf(refused)).toEqual(['database-locked']);
    expect((await first).outputs['outcome']).toBe('deployed');
    expect((await waited).outputs['outcome']).toBe('deployed');
    expect((await migrated(site)).filter((name) => name === 'CreateSessionTable')).toHaveLength(1);
    expect([await site.head(), await second.head()]).toEqual([commit, commit]);
  }, 240_000);

  test('what the first one rolls back is not what the second one migrates', async () => {
    await using server = await fresh(release);
    const { site } = server;
    const { second, commit } = await otherRepository(site);
    const broken = await site.push({ 'app/Controllers/Home.php': brokenController }, 'Broken');
    const { onLine, reached } = whenLogged('Switch:');
    const first = start(site, '1', broken, { 'undo-migrations': 'always' }, { onLine });
    await reached;
    const waited = await start(second, '2', commit, { ...waits, 'health-url': 'none' });
    expect((await first).outputs['outcome']).toBe('rolled-back');
    expect(waited.outputs['outcome']).toBe('deployed');
    const names = await migrated(site);
    expect(names).toContain('CreateNotes2');
    expect(names).not.toContain('CreateSessionTable');
    expect(await tables(site)).toEqual(expect.arrayContaining(['notes2']));
  }, 240_000);

  test('a killed run whose batch is followed by one of another repository is not rolled back over it', async () => {
    await using server = await fresh(release);
    const { site } = server;
    const { second, commit } = await otherRepository(site);
    const { onLine, reached } = whenLogged('Verify:');
    const patience = { interrupt: 0, terminate: 0 };
    const killed = { cancelAfter: reached, patience, andPost: false, onLine };
    await start(site, '1', site.commits.next, {}, killed);
    const other = await start(second, '2', commit, { ...waits, 'health-url': 'none' });
    expect(other.outputs['outcome']).toBe('deployed');
    await nicolas(site, "touch -d '10 minutes ago' .git/ci4-deploy/lock/heartbeat");
    const next = await start(site, '3', site.commits.next, waits);
    expect(othersOf(next)).toEqual(
      expect.arrayContaining(['unfinished-deploy', 'migrations-not-rolled-back']),
    );
    expect(await tables(site)).toEqual(expect.arrayContaining(['notes2', 'ci_sessions']));
    expect(await migrated(site)).toEqual(
      expect.arrayContaining(['CreateNotes2', 'CreateSessionTable']),
    );
  }, 240_000);
});
