import { expect } from 'expect';
import type { Site } from '../../rig/kayart.ts';
import { fileOf, migration } from '../deeds.ts';
import { deploy, type Situation } from '../situation.ts';

/** The fixture's migration with a larger column for the data. */
async function withMediumBlob(site: Site): Promise<string> {
  const text = await fileOf(site, migration);
  return site.push({ [migration]: text.replace("'BLOB'", "'MEDIUMBLOB'") }, 'More room');
}

/** Another deploy that ends a moment later. */
async function lockedFor(site: Site, seconds: number): Promise<undefined> {
  const lock = `${site.path}/.git/ci4-deploy/lock`;
  const hold = `mkdir -p ${lock} && echo berta >${lock}/owner && (setsid sh -c 'sleep ${seconds}; rm -r ${lock}' >/dev/null 2>&1 &)`;
  await site.machine.exec(['sh', '-c', hold], { user: 'nicolas' });
  return undefined;
}

/** Inputs that change how a right deploy is done. */
export const inputs: readonly Situation[] = [
  {
    name: 'through a jump host, host keys by fingerprint',
    inputs: ({ machine }) => ({
      host: `${machine.user}@127.0.0.1`,
      jump: `${machine.user}@${machine.address}`,
      'known-hosts': '',
      'host-fingerprint': machine.hostFingerprint,
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
    }),
    outcome: 'deployed',
    errors: [],
  },
  {
    name: 'no health-url: the report says what was not proved',
    inputs: () => ({ 'health-url': 'none' }),
    outcome: 'deployed',
    errors: [],
    says: 'not proved: Whether the site answers',
  },
  {
    name: 'a page without a session as health-url: the report says what was not proved',
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
        inputs: { match: 'compatible' },
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
];
