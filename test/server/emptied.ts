import { expect } from 'expect';
import type { Site } from '../rig/kayart.ts';
import type { Release } from '../rig/releases.ts';
import { run, type RunOptions, type RunResult } from '../rig/runner.ts';
import type { WebServer } from '../rig/web-servers.ts';
import { root } from './breakages.ts';
import { checkedOut } from './checkout.ts';
import { regularVisitor } from './regular-visitor.ts';
import { fresh, inputsFor, remedyOf } from './situation.ts';

/** Where what the server had before is kept. */
export const aside = '/srv/aside';
/** How a commit comes to the server. */
export const sources = ['fetch', 'push'] as const;

/** What somebody does as the deploy user, outside of the site. Answers what it printed. */
export async function nicolas(site: Site, script: string): Promise<string> {
  const asUser = { user: site.machine.user, cwd: '/' };
  const { code, stdout, stderr } = await site.machine.exec(['sh', '-e', '-c', script], asUser);
  if (code !== 0) throw new Error(`${script}: ${stderr}`);
  return stdout.trim();
}

/** A server with its database and its web server, where nothing is but the settings, and nobody was ever deployed. */
export async function emptied(
  release: Release,
  web: WebServer = 'nginx',
): Promise<Awaited<ReturnType<typeof fresh>>> {
  const server = await fresh(release, { strategy: 'releases', web });
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
export async function place(site: Site): Promise<readonly string[]> {
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

/** A deploy with a checkout at hand, as a job has one. */
export async function deployed(
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

/** Lines of a finding, as root: those without sudo as the deploy user. */
export async function paste(site: Site, result: RunResult, name: string): Promise<void> {
  // Nobody reaches GitHub from here for its key, or a server of packages.
  const lines = remedyOf(result, name).split('\n');
  for (const line of lines.filter((one) => !/^ssh-keyscan|apt-get/.test(one))) {
    await (line.includes('sudo ') ? root(site, line.replaceAll('sudo ', '')) : nicolas(site, line));
  }
}

/** The commit is live, somebody is there all the while, and nothing is left beside it. */
export async function isLive(site: Site, commit = site.commits.next): Promise<void> {
  expect(await site.head()).toBe(commit);
  const anna = await regularVisitor(site, 'anna');
  expect(await anna.noticed()).toBeNull();
  const left = `cd ${site.base}; ls -A; ls -A releases | wc -l; ls -A repo/ci4-deploy`;
  expect((await nicolas(site, left)).split('\n')).toEqual([
    ...['current', 'releases', 'repo', 'shared'],
    ...['1', 'releases.jsonl'],
  ]);
}
