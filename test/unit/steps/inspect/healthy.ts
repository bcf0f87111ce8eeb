import type { Application } from '../../../../src/app/application.ts';
import { parse, type Config } from '../../../../src/config/config.ts';
import { placesOf } from '../../../../src/release/directories/layout.ts';
import type { ServerFacts as Facts } from '../../../../src/steps/inspect/facts.ts';
import type { Clone } from '../../../../src/steps/inspect/topics/clone.ts';
import type { Fpm } from '../../../../src/steps/inspect/topics/fpm.ts';

export const repository = 'git@github.com:nicolas/kayart.git';

/** Settings of a run, with what a test changes. */
export function config(changes: Record<string, string> = {}): Config {
  const given = {
    host: 'nicolas@www.example.org',
    'ssh-key': 'k',
    'fpm-service': 'php8.3-fpm',
    'known-hosts': 'x',
    commit: 'a'.repeat(40),
    branch: 'main',
    ...changes,
  };
  const parsed = parse(new Map(Object.entries(given)));
  return { ...parsed, ...placesOf(parsed) };
}

export type Deploy = NonNullable<Facts['deploy']>;

export const clone: Clone = {
  top: '/srv/sites/kayart',
  path: '/srv/sites/kayart',
  gitDir: '/var/www/kayart/.git',
  head: 'b'.repeat(40),
  branch: 'main',
};
export const php = { version: '8.3.6', extensions: ['Core', 'mysqli', 'intl', 'mbstring'] };
export const fpm: Fpm = {
  known: true,
  active: 'active',
  others: [],
  sudo: 'allowed',
  test: 'ok',
  settings: {
    controlTimeout: 10,
    pools: [{ name: 'www', user: 'www-data', listen: '/run/php/php8.3-fpm.sock', maxChildren: 10 }],
  },
  php,
  inFlight: 0,
  file: '/etc/php/8.3/fpm/php-fpm.conf',
  binary: '/usr/sbin/php-fpm8.3',
  runs: 'PHP-FPM',
};
export const deploy: Deploy = {
  commit: {
    fetched: 'ok',
    ancestry: 'descendant',
    shallow: false,
    ownCommits: [],
    older: false,
    changed: [],
    inTheWay: [],
    submodules: null,
    onBranch: true,
    wasPushed: false,
    overruled: [],
    lfs: 'none',
    size: { bytes: 3e6, files: 800 },
    url: 'git@github.com:nicolas/kayart.git',
  },
  disk: { bytes: 1e9, inodes: 1e6 },
  composer: { installed: true },
};
/** A server on which inspect finds nothing. */
export const healthy: Facts = {
  others: { holder: null, unfinished: '', pinned: '' },
  place: { user: 'nicolas', groups: ['www-data'], writer: 'www-data', state: 'ok', closed: '' },
  releases: {
    current: 'not asked',
    occupied: [],
    unmakeable: false,
    missing: [],
    closed: [],
    foreign: [],
    own: { files: [], folders: [] },
  },
  adopted: null,
  tree: { clone, changed: [], modes: [], locks: [] },
  environment: 'ok',
  php: { php, wanted: { constraint: '^8.1', least: '8.1' } },
  fpm,
  otherFpm: null,
  hidden: { flagged: [], edited: [] },
  web: { unknown: 'not asked' },
  settings: { exit: { code: 0 }, stdout: '', stderr: '' },
  // Only whether it answered, and what it caches, matters here.
  application: { ok: true, application: { caches: [] as readonly string[] } as Application },
  deploy,
  purpose: 'deploy',
  remote: null,
};
