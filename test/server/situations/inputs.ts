import { expect } from 'expect';
import { setTimeout as pause } from 'node:timers/promises';
import type { Site } from '../../rig/kayart.ts';
import type { RunResult } from '../../rig/runner.ts';
import { fileOf, migration, root } from '../breakages.ts';
import { deploy, type Situation } from '../situation.ts';

/** The fixture's migration with a larger column for the data. */
async function withMediumBlob(site: Site): Promise<string> {
  const text = await fileOf(site, migration);
  return site.push({ [migration]: text.replace("'BLOB'", "'MEDIUMBLOB'") }, 'More room');
}

/** Another deploy that ends a moment later. */
async function lockedFor(site: Site, seconds: number): Promise<undefined> {
  const lock = `${site.gitDir}/ci4-deploy/lock`;
  const hold = `mkdir -p ${lock} && echo berta >${lock}/owner && (setsid sh -c 'sleep ${seconds}; rm -r ${lock}' >/dev/null 2>&1 &)`;
  await site.machine.exec(['sh', '-c', hold], { user: 'nicolas' });
  return undefined;
}

/** A commit that changes one page and no handler. */
async function newPage(site: Site): Promise<string> {
  const main = `git -C /srv/git/kayart.git update-ref refs/heads/main ${site.commits.live}`;
  await site.machine.exec(['sh', '-c', main], { user: 'nicolas' });
  const name = 'app/Controllers/Home.php';
  const text = (await fileOf(site, name)).replace("return 'plain'", "return 'new'");
  return site.push({ [name]: text }, 'A new page');
}

async function newPageWithoutReload(site: Site, result: RunResult): Promise<void> {
  await pause(3000);
  expect((await site.get('/plain')).body).toBe('new');
  expect(result.summary).toContain('that made the changes');
  expect(result.summary).not.toContain('sudo -n systemctl reload');
}

/** Inputs that change how a right deploy is done. */
export const inputs: readonly Situation[] = [
  {
    name: 'through a jump host, host keys by fingerprint',
    inputs: ({ machine }) => ({
      host: `${machine.user}@127.0.0.1`,
      'proxy-jump': `${machine.user}@${machine.address}`,
      'known-hosts': '',
      'host-fingerprint': `${machine.hostFingerprint}, ${machine.address}=${machine.hostFingerprint}`,
    }),
    outcome: 'deployed',
    errors: [],
  },
  {
    name: 'waits for another deploy',
    prepare: async (site) => lockedFor(site, 3),
    inputs: () => ({ 'lock-wait': '30s' }),
    outcome: 'deployed',
    errors: [],
  },
  {
    name: 'another way to the database, all namespaces, no reload, no cache:clear',
    inputs: () => ({
      'db-host': '127.0.0.1',
      namespaces: 'all',
      'fpm-service': 'none',
      'cache-clear': 'false',
      'preserve-sessions': 'off',
    }),
    outcome: 'deployed',
    errors: [],
  },
  {
    name: 'no health-url: the report says what was not verified',
    inputs: () => ({ 'health-url': 'none' }),
    outcome: 'deployed',
    errors: [],
    says: 'not verified: Whether the site answers',
  },
  {
    name: 'a page without a session as health-url: the report says what was not verified',
    inputs: () => ({ 'health-url': 'http://kayart.test/plain', 'health-text': 'plain' }),
    outcome: 'deployed',
    errors: [],
    says: 'sets no cookie ci_session',
  },
  {
    name: 'MEDIUMBLOB is not what was asked for',
    prepare: withMediumBlob,
    outcome: 'rolled-back',
    errors: ['column-type'],
    says: 'mediumblob',
    async afterwards(site, result) {
      const again = await deploy(site, {
        commit: result.outputs['commit'] ?? '',
        inputs: { 'session-table-match': 'compatible' },
      });
      expect(again.outputs['outcome']).toBe('deployed');
    },
  },
  {
    name: 'a text that the page does not hold',
    inputs: () => ({ 'health-text': 'Bienvenue' }),
    outcome: 'rolled-back',
    errors: ['health-text-missing'],
    says: /without the text "Bienvenue"; its .* It did so before this deploy too/,
  },
  {
    name: 'no reload where opcache looks at the files itself: the new page is there all the same',
    prepare: newPage,
    inputs: () => ({ reload: 'when-needed' }),
    outcome: 'deployed',
    errors: [],
    afterwards: newPageWithoutReload,
  },
  {
    name: 'no reload is wished, and the right to it is not needed',
    async prepare(site) {
      await root(site, 'rm /etc/sudoers.d/nicolas');
      return newPage(site);
    },
    inputs: () => ({ reload: 'never' }),
    outcome: 'deployed',
    errors: [],
    afterwards: newPageWithoutReload,
  },
  {
    name: 'a reload where opcache never looks at the files again',
    async prepare(site) {
      const ini = `/etc/php/${site.machine.phpVersion}/fpm/conf.d/99-never.ini`;
      await root(
        site,
        `echo 'opcache.validate_timestamps = 0' >${ini}; systemctl restart ${site.machine.fpmService}`,
      );
      return newPage(site);
    },
    inputs: () => ({ reload: 'when-needed' }),
    outcome: 'deployed',
    errors: [],
    async afterwards(site, result) {
      expect((await site.get('/plain')).body).toBe('new');
      expect(result.summary).toContain('sudo -n systemctl reload');
    },
  },
  {
    name: 'the handler changes and nobody may reload: said who is logged out, before anything',
    inputs: () => ({ reload: 'never', 'preserve-sessions': 'required' }),
    outcome: 'refused',
    errors: ['visitors-logged-out'],
    says: 'does not reload PHP-FPM',
  },
];
