import { describe, expect, test } from '@jest/globals';
import type { Application } from '../../../../src/app/application.ts';
import { judge, type ServerFacts as Facts } from '../../../../src/steps/inspect/facts.ts';
import type { Fpm } from '../../../../src/steps/inspect/topics/fpm.ts';
import { pasted } from '../../../fakes/remedies.ts';

import { clone, config, deploy, fpm, healthy, php, repository, type Deploy } from './healthy.ts';

function found(facts: Partial<Facts>, inputs: Record<string, string> = {}): string[] {
  return judge({ ...healthy, ...facts }, config(inputs), repository).map(({ name }) => name);
}

function withCommit(changes: Partial<Deploy['commit']>): Partial<Facts> {
  return { deploy: { ...deploy, commit: { ...deploy.commit, ...changes } } };
}

function withTree(changes: Partial<Facts['tree']>): Partial<Facts> {
  return { tree: { ...healthy.tree, ...changes } };
}

function withFpm(changes: Partial<Fpm>): Partial<Facts> {
  return { fpm: { ...fpm, ...changes } };
}

const caching = { caches: ['configuration'] } as unknown as Application;
const nowhere = { clone: { problem: 'fatal: not a git repository' } };

describe('what inspect finds', () => {
  test('a healthy server gives no finding', () => {
    expect(found({})).toEqual([]);
  });

  test.each<[string, Partial<Facts>, string[]]>([
    [
      'no such directory',
      {
        place: { user: 'nicolas', groups: [], writer: '', state: 'absent', closed: '' },
        ...withTree(nowhere),
        environment: 'absent',
        php: { ...healthy.php, php: { problem: 'cd' } },
      },
      ['path-missing'],
    ],
    [
      'a closed directory',
      {
        place: { user: 'nicolas', groups: [], writer: '', state: 'closed', closed: '' },
        ...withTree(nowhere),
        environment: 'closed',
        php: { ...healthy.php, php: { problem: 'cd' } },
      },
      ['path-closed'],
    ],
    [
      'no spark',
      { place: { user: 'n', groups: [], writer: '', state: 'not CodeIgniter', closed: '' } },
      ['not-codeigniter'],
    ],
    [
      'not writable',
      { place: { user: 'n', groups: [], writer: '', state: 'read only', closed: '' } },
      ['path-not-writable'],
    ],
    ['no clone', withTree(nowhere), ['not-a-clone']],
    [
      "somebody else's clone",
      withTree({ clone: { problem: "fatal: detected dubious ownership in repository at '/x'" } }),
      ['git-ownership'],
    ],
    ['inside another clone', withTree({ clone: { ...clone, top: '/var/www' } }), ['not-the-root']],
    ['another branch', withTree({ clone: { ...clone, branch: 'dev' } }), ['other-branch']],
    ['detached', withTree({ clone: { ...clone, branch: '' } }), ['detached-head']],
    ['changed files', withTree({ changed: ['a.php'] }), ['dirty-tree']],
    ['changed modes', withTree({ modes: ['spark'] }), ['file-modes-changed']],
    [
      'a lock of git',
      withTree({ locks: [{ file: '/x/.git/index.lock', age: 5 }] }),
      ['git-locked'],
    ],
    [
      'unreachable',
      withCommit({ fetched: { problem: 'x' }, ancestry: 'unknown' }),
      ['commit-unreachable'],
    ],
    ['going back', withCommit({ ancestry: 'not a descendant', older: true }), ['not-a-descendant']],
    ['diverged', withCommit({ ancestry: 'not a descendant' }), ['branch-diverged']],
    [
      'history too short to tell',
      withCommit({ ancestry: 'not a descendant', shallow: true }),
      ['shallow-clone'],
    ],
    ['a shallow clone that suffices', withCommit({ shallow: true }), []],
    ['files in the way', withCommit({ inTheWay: ['x.php'] }), ['files-in-the-way']],
    ['submodules', withCommit({ submodules: { fetched: ['lib'], kept: [] } }), []],
    ['LFS not set up', withCommit({ lfs: 'missing' }), ['lfs-missing']],
    ['LFS set up', withCommit({ lfs: 'ready' }), []],
    ['LFS out of reach', withCommit({ lfs: { problem: 'x' } }), ['lfs-not-fetched']],
    ['disk full', { deploy: { ...deploy, disk: { bytes: 1e6, inodes: 1e6 } } }, ['disk-short']],
    ['no inodes', { deploy: { ...deploy, disk: { bytes: 1e9, inodes: 9 } } }, ['inodes-short']],
    ['disk that does not tell', { deploy: { ...deploy, disk: { bytes: null, inodes: null } } }, []],
    [
      'Composer missing',
      {
        deploy: {
          ...deploy,
          composer: { installed: false },
          commit: { ...deploy.commit, changed: ['composer.lock', 'composer.json'] },
        },
      },
      ['composer-missing'],
    ],
    [
      'manifest without its lock',
      withCommit({ changed: ['composer.json'] }),
      ['composer-lock-unchanged'],
    ],
    ['.env missing, which only its database can tell', { environment: 'absent' }, []],
    ['.env closed', { environment: 'closed' }, ['env-closed']],
    ['no PHP', { php: { ...healthy.php, php: { problem: 'not found' } } }, ['php-missing']],
    [
      'no mysqli',
      { php: { ...healthy.php, php: { ...php, extensions: ['intl', 'mbstring'] } } },
      ['mysqli-missing'],
    ],
    [
      'PHP older than the manifest wants',
      { php: { php, wanted: { constraint: '^8.4', least: null } } },
      ['php-too-old', 'fpm-php-too-old'],
    ],
    [
      'PHP older than the framework wants',
      { php: { php, wanted: { constraint: null, least: '8.4' } } },
      ['php-too-old', 'fpm-php-too-old'],
    ],
    [
      'another PHP on the command line',
      { php: { ...healthy.php, php: { ...php, version: '8.4.1' } } },
      ['php-versions-differ'],
    ],
    [
      'FPM without intl',
      withFpm({ php: { ...php, extensions: ['mysqli', 'mbstring'] } }),
      ['fpm-intl-missing'],
    ],
    ['no sudo', withFpm({ sudo: { problem: 'a password is required' } }), ['reload-not-allowed']],
    ['unknown unit', withFpm({ known: false, active: 'inactive' }), ['fpm-unknown']],
    ['FPM down', withFpm({ active: 'failed' }), ['fpm-inactive']],
    ['FPM broken', withFpm({ test: { problem: "unknown entry 'x'" } }), ['fpm-configuration']],
    ['FPM not testable', withFpm({ test: 'not testable', settings: null, php: null }), []],
    [
      'a reload that cuts',
      withFpm({ settings: { controlTimeout: 0, pools: [] }, inFlight: 3 }),
      ['reload-cuts-requests'],
    ],
    [
      'few workers, several pools',
      withFpm({
        settings: {
          controlTimeout: 10,
          pools: ['a', 'b'].map((name) => ({ name, user: 'u', listen: '/x', maxChildren: 1 })),
        },
      }),
      ['fpm-few-workers', 'fpm-few-workers', 'fpm-shared'],
    ],
    ['mod_php, which has no pools', withFpm({ runs: 'mod_php', settings: null }), []],
    ['Apache without PHP of its own', withFpm({ runs: 'none', php: null }), ['fpm-other-service']],
    ['no FPM to do with', { fpm: null }, []],
    [
      'no boot',
      { application: { ok: false, failure: { phase: 'boot', message: 'Error: x', at: null } } },
      ['application-does-not-boot'],
    ],
    ['caches on', { application: { ok: true, application: caching } }, ['caches-on']],
  ])('reports what it has to of %s', (_, facts, names) => {
    expect(found(facts)).toEqual(names);
  });

  test('a broken configuration of Apache is refused by Apache itself', () => {
    const facts = withFpm({ runs: 'mod_php', test: { problem: 'line 3' } });
    const [finding] = judge({ ...healthy, ...facts }, config(), repository);
    expect(finding?.message).toContain('so it would refuse to reload: line 3');
  });

  test('Apache that hands requests on: the service of PHP-FPM is the one to name', () => {
    const facts = withFpm({ runs: 'none', php: null, others: ['php8.2-fpm'] });
    const [finding] = judge({ ...healthy, ...facts }, config(), repository);
    expect(JSON.stringify(finding)).toContain('Set fpm-service to php8.2-fpm.');
  });

  test('everything at once is said at once', () => {
    const facts = {
      ...withTree({ changed: ['a'] }),
      environment: 'closed' as const,
      ...withFpm({ sudo: { problem: 'x' } }),
    };
    expect(found(facts)).toHaveLength(3);
  });

  test('verify asks nothing about a commit and its branch', () => {
    const other = {
      ...withTree({ clone: { ...clone, branch: 'dev' } }),
      deploy: null,
      purpose: 'verify' as const,
    };
    expect(found(other, { command: 'verify' })).toEqual([]);
  });

  test('another service is named', () => {
    const facts = withFpm({ known: false, active: 'inactive', others: ['php8.2-fpm'] });
    const [finding] = judge({ ...healthy, ...facts }, config(), repository);
    expect(finding?.message).toContain('but php8.2-fpm');
    expect(pasted(finding)).toBe('fpm-service: php8.2-fpm');
  });

  test('a service of another name hides nothing of the one that is there', () => {
    const known = withFpm({ known: false, active: 'inactive', others: ['php8.2-fpm'] });
    const other = { ...fpm, sudo: { problem: 'x' } };
    const facts = { ...known, otherFpm: { unit: 'php8.2-fpm', fpm: other } };
    const all = judge({ ...healthy, ...facts }, config(), repository);
    expect(all.map(({ name }) => name)).toEqual(['fpm-unknown', 'reload-not-allowed']);
    expect(pasted(all[1])).toContain('systemctl reload php8.2-fpm');
  });

  test('errors have a remedy to paste', () => {
    const all = judge(
      { ...healthy, ...withTree({ changed: ['a'] }), ...withFpm({ sudo: { problem: 'x' } }) },
      config(),
      repository,
    );
    expect(all.every((one) => pasted(one) !== '')).toBe(true);
    expect(pasted(all.find(({ name }) => name === 'reload-not-allowed'))).toContain(
      'nicolas ALL=(root) NOPASSWD: /usr/bin/systemctl reload php8.3-fpm',
    );
  });
});
