import { describe, expect, test } from '@jest/globals';
import type { Site } from '../rig/kayart.ts';
import { chosen, type Release } from '../rig/releases.ts';
import { run, type RunOptions, type RunResult } from '../rig/runner.ts';
import { brokenController, migration, root } from './breakages.ts';
import { checkedOut } from './checkout.ts';
import { regularVisitor } from './regular-visitor.ts';
import { errorsOf, fresh, inputsFor, othersOf, remedyOf } from './situation.ts';
import { start } from './start.ts';
import { whenLogged } from './when-logged.ts';

const aside = '/srv/aside';
const sources = ['fetch', 'push'] as const;
const home = 'app/Controllers/Home.php';
const killed = { patience: { interrupt: 0, terminate: 0 } };

async function as(site: Site, user: string, script: string): Promise<string> {
  const asUser = { user, cwd: '/' };
  const { code, stdout, stderr } = await site.machine.exec(['sh', '-e', '-c', script], asUser);
  if (code !== 0) throw new Error(`${script}: ${stderr}`);
  return stdout.trim();
}

async function nicolas(site: Site, script: string): Promise<string> {
  return as(site, site.machine.user, script);
}

/** A server with its database and its web server, where nothing is but the settings, and nobody was ever deployed. */
async function emptied(release: Release): Promise<Awaited<ReturnType<typeof fresh>>> {
  const server = await fresh(release, { strategy: 'releases' });
  const { site } = server;
  const { name } = site.database;
  await root(
    site,
    `mkdir ${aside}; cp -a ${site.base}/shared/.env ${aside}; [ ! -e ${site.path}/vendor ] || cp -a ${site.path}/vendor ${aside}
rm -rf ${site.base}/*; install -d -o nicolas -g nicolas ${site.base}/shared; cp -a ${aside}/.env ${site.base}/shared/`,
  );
  const tables = await site.sql(
    `SELECT table_name FROM information_schema.tables WHERE table_schema = '${name}'`,
  );
  for (const [table = ''] of tables) await site.sql(`DROP TABLE \`${table}\``);
  await nicolas(
    site,
    `git config --global url./srv/git/kayart.git.insteadOf git@github.com:example/kayart.git`,
  );
  return server;
}

/** Everything below the path, and the tables, but for the ledger: CodeIgniter makes that, and it is left empty. */
async function place(site: Site): Promise<readonly string[]> {
  const { stdout } = await site.machine.exec([
    'sh',
    '-c',
    `find ${site.base} -printf '%y %m %U %G %p %l\\n' | sort`,
  ]);
  const tables = await site.sql(
    `SELECT table_name FROM information_schema.tables WHERE table_schema = '${site.database.name}' AND table_name <> 'migrations'`,
  );
  return [...stdout.trim().split('\n'), ...tables.flat()];
}

async function deployed(
  site: Site,
  source: (typeof sources)[number],
  inputs: Readonly<Record<string, string>> = {},
  options: Partial<RunOptions> & { readonly commit?: string } = {},
): Promise<RunResult> {
  const { commit = site.commits.next, ...others } = options;
  using workspace = await checkedOut(site);
  return await run({
    inputs: { ...inputsFor(site), source, ...inputs },
    context: { sha: commit, workspace: workspace.folder },
    ...others,
  });
}

function ended(result: RunResult): readonly unknown[] {
  return [result.outputs['outcome'], errorsOf(result)];
}

/** Lines of a finding, as root: those without sudo as the deploy user. */
async function paste(site: Site, result: RunResult, name: string): Promise<void> {
  // Nobody reaches GitHub from here for its key.
  const lines = remedyOf(result, name).split('\n');
  for (const line of lines.filter((one) => !one.startsWith('ssh-keyscan'))) {
    await (line.includes('sudo ') ? root(site, line.replaceAll('sudo ', '')) : nicolas(site, line));
  }
}

async function isLive(site: Site, commit = site.commits.next): Promise<void> {
  expect(await site.head()).toBe(commit);
  const anna = await regularVisitor(site, 'anna');
  expect(await anna.noticed()).toBeNull();
  const left = `cd ${site.base}; ls -A; ls -A releases | wc -l; ls -A repo/ci4-deploy`;
  expect((await nicolas(site, left)).split('\n')).toEqual([
    ...['current', 'releases', 'repo', 'shared'],
    ...['1', 'releases.jsonl'],
  ]);
}

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
});
