import { describe, expect, test } from '@jest/globals';
import { installGitLfs, removeGitLfs } from '../rig/git-lfs.ts';
import { chosen, type Release } from '../rig/releases.ts';
import { brokenController, migration, root } from './breakages.ts';
import { aside, deployed, emptied, isLive, nicolas, paste, place, sources } from './emptied.ts';
import { served, withLarge } from './large-file.ts';
import { regularVisitor } from './regular-visitor.ts';
import { ended, errorsOf, othersOf } from './situation.ts';
import { umask077 } from './situations/healthy.ts';
import { start } from './start.ts';
import { whenLogged } from './when-logged.ts';

const home = 'app/Controllers/Home.php';
const killed = { patience: { interrupt: 0, terminate: 0 } };

const releases = await chosen();
const [newest] = releases.slice(-1);
if (newest === undefined) throw new Error('There is no CodeIgniter release at hand.');

describe.each(releases)('a first deploy, CodeIgniter $version', (release: Release) => {
  test.each(sources)(
    'source: %s: the layout is made, the commit is live, and what comes after is as usual',
    async (source) => {
      await using server = await emptied(release);
      const { site } = server;
      const before = await place(site);
      const planned = await deployed(site, source, { command: 'plan' });
      expect(ended(planned)).toEqual(['passed', []]);
      expect(await place(site)).toEqual(before);

      const first = await deployed(site, source);
      expect(ended(first)).toEqual(['deployed', []]);
      expect(othersOf(first)).not.toContain('site-unhealthy-before-deploy');
      expect(first.outputs['previous-commit']).toBe('');
      await isLive(site);
      expect(ended(await deployed(site, source))).toEqual(['already-live', []]);

      const anna = await regularVisitor(site, 'anna');
      const none = await deployed(site, source, { command: 'rollback' });
      expect(ended(none)).toEqual(['refused', ['no-earlier-deploy']]);
      const commit = await site.push({ 'public/robots.txt': '' }, 'A second one');
      expect(ended(await deployed(site, source, {}, { commit }))).toEqual(['deployed', []]);
      const back = await deployed(site, source, { command: 'rollback' });
      expect(ended(back)).toEqual(['deployed', []]);
      expect([await site.head(), await anna.noticed()]).toEqual([site.commits.next, null]);
    },
    240_000,
  );
});

describe('a first deploy', () => {
  test.each(sources)(
    'source: %s: what fails leaves the place as it was',
    async (source) => {
      await using server = await emptied(newest);
      const { site } = server;
      const before = await place(site);
      const broken = await site.push({ [home]: brokenController }, 'Throw at home');
      const unhealthy = await deployed(site, source, {}, { commit: broken });
      expect(ended(unhealthy)).toEqual(['rolled-back', ['site-unhealthy']]);
      expect(await place(site)).toEqual(before);

      const syntax = await site.push({ [home]: '<?php class {' }, 'Break');
      const refused = await deployed(site, source, {}, { commit: syntax });
      expect(ended(refused)).toEqual(['refused', ['syntax-error']]);
      expect(await place(site)).toEqual(before);

      const { stdout } = await site.machine.exec([
        ...['git', '-c', 'safe.directory=*', '-C', '/srv/git/kayart.git'],
        ...['show', `${site.commits.next}:${migration}`],
      ]);
      const throwing = stdout.replace(
        /(function up\(\)[^{]*\{)/,
        "$1 throw new \\Exception('No');",
      );
      const good = await site.machine.exec([
        ...['git', '-c', 'safe.directory=*', '-C', '/srv/git/kayart.git'],
        ...['show', `${site.commits.next}:${home}`],
      ]);
      const files = { [home]: good.stdout, [migration]: throwing };
      const commit = await site.push(files, 'Throw while migrating');
      const failed = await deployed(site, source, {}, { commit });
      expect(ended(failed)).toEqual(['rolled-back', ['migration-failed']]);
      expect(await place(site)).toEqual(before);

      expect(ended(await deployed(site, source))).toEqual(['deployed', []]);
      await isLive(site);
    },
    240_000,
  );

  test.each(['Stage:', 'Confirm:'])(
    'killed at %s: another commit is live after the next run',
    async (at) => {
      await using server = await emptied(newest);
      const { site } = server;
      const before = await place(site);
      const moment = whenLogged(at);
      const stopped = { ...killed, onLine: moment.onLine, cancelAfter: moment.reached };
      // Its post phase is there, and then it is not.
      await start(site, '1', site.commits.next, {}, stopped);
      expect(await place(site)).toEqual(before);
      const again = whenLogged(at);
      const gone = { ...killed, onLine: again.onLine, cancelAfter: again.reached, andPost: false };
      await start(site, '2', site.commits.next, {}, gone);
      const state = `${site.gitDir}/ci4-deploy`;
      await nicolas(site, `touch -d '10 minutes ago' ${state}/lock/heartbeat`);
      const result = await start(site, '3', site.commits.live, { 'lock-wait': '2m' });
      expect(ended(result)).toEqual(['deployed', []]);
      expect(othersOf(result)).toContain('unfinished-deploy');
      await isLive(site, site.commits.live);
    },
    300_000,
  );

  test('what it cannot know is said, and it is green once the printed lines were pasted', async () => {
    await using server = await emptied(newest);
    const { site } = server;
    const nginx = '/etc/nginx/sites-enabled/kayart';
    await root(
      site,
      `mv ${nginx} ${aside}/; systemctl reload nginx; rm -r ${site.base}; gpasswd -d nicolas www-data; rm -f "$(command -v setfacl)"`,
    );
    const nothing = await start(site, '1', site.commits.next);
    expect(ended(nothing)).toEqual(['refused', ['no-release', 'shared-missing']]);
    await paste(site, nothing, 'no-release');
    const empty = await start(site, '2', site.commits.next);
    expect(ended(empty)).toEqual(['refused', ['shared-missing']]);
    await paste(site, empty, 'shared-missing');
    const before = await place(site);
    const unset = await start(site, '3', site.commits.next);
    expect(unset.outputs['outcome']).toBe('refused');
    expect(await place(site)).toEqual(before);
    await root(site, `cat ${aside}/.env >${site.base}/shared/.env`);

    const unserved = await start(site, '4', site.commits.next);
    expect(ended(unserved)).toEqual(['refused', expect.arrayContaining(['first-not-served'])]);
    expect(await place(site)).toEqual(before);
    await paste(site, unserved, 'first-not-served');
    const closed = await start(site, '5', site.commits.next);
    expect(ended(closed)).toEqual(['refused', expect.arrayContaining(['writable-closed-to-fpm'])]);
    expect(await place(site)).toEqual(before);
    for (const name of errorsOf(closed)) await paste(site, closed, name);
    const result = await start(site, '6', site.commits.next);
    expect(ended(result)).toEqual(['deployed', []]);
    expect(await site.head()).toBe(site.commits.next);
    const anna = await regularVisitor(site, 'anna');
    expect(await anna.noticed()).toBeNull();
  }, 300_000);

  test('what is not a place for it is refused, and nothing of it is touched', async () => {
    await using server = await emptied(newest);
    const { site } = server;
    await nicolas(site, `echo hello >${site.base}/index.html`);
    const before = await place(site);
    const occupied = await start(site, '1', site.commits.next);
    expect(ended(occupied)).toEqual(['refused', ['no-release']]);
    expect(occupied.log.join('\n')).toContain('index.html');
    expect(await place(site)).toEqual(before);
    await nicolas(site, `rm ${site.base}/index.html`);
    // Somebody else is served under the address.
    await root(
      site,
      `sed -i 's#root [^;]*;#root /var/www/html;#' /etc/nginx/sites-enabled/kayart; echo '<?php echo "other";' >/var/www/html/index.php; systemctl reload nginx`,
    );
    const other = await start(site, '2', site.commits.next);
    expect(ended(other)).toEqual(['refused', ['first-not-served']]);
    // Who wants it all the same, without a visit, gets it.
    const unseen = await start(site, '3', site.commits.next, { 'health-url': 'none' });
    expect(ended(unseen)).toEqual(['deployed', []]);
    expect(await site.head()).toBe(site.commits.next);
  }, 240_000);

  test('a server that may not fetch: green once the printed lines were pasted', async () => {
    await using server = await emptied(newest);
    const { site } = server;
    await nicolas(site, 'rm ~/.gitconfig');
    const before = await place(site);
    const refused = await start(site, '1', site.commits.next);
    expect(ended(refused)).toEqual(['refused', ['commit-unreachable']]);
    expect(await place(site)).toEqual(before);
    await paste(site, refused, 'commit-unreachable');
    expect(await nicolas(site, `git -C ${site.gitDir} config core.sshCommand`)).toContain('ssh -i');
    await nicolas(site, `git -C ${site.gitDir} remote set-url origin /srv/git/kayart.git`);
    expect(ended(await start(site, '2', site.commits.next))).toEqual(['deployed', []]);
    await isLive(site);
  }, 240_000);

  test('Apache, a login with umask 077 and files in Git LFS: green once the printed lines were pasted', async () => {
    await using server = await emptied(newest, 'apache');
    const { site } = server;
    await umask077(site);
    await root(site, `chmod 700 ${site.base}/shared`);
    await installGitLfs(site.machine);
    const commit = await withLarge(site, 'a');
    await removeGitLfs(site.machine);
    const before = await place(site);
    const refused = await start(site, '1', commit);
    expect(ended(refused)).toEqual(['refused', ['lfs-missing', 'env-closed-to-fpm']]);
    expect(await place(site)).toEqual(before);
    await installGitLfs(site.machine);
    for (const name of errorsOf(refused)) await paste(site, refused, name);
    const result = await start(site, '2', commit);
    expect(ended(result)).toEqual(['deployed', []]);
    expect(othersOf(result)).not.toContain('fpm-not-asked');
    expect(await served(site)).toBe('100000 a');
    await isLive(site, commit);
  }, 240_000);
});
