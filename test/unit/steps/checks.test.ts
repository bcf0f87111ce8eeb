import { describe, expect, test } from '@jest/globals';
import type { Application } from '../../../src/app/application.ts';
import { parse, type Config } from '../../../src/config/config.ts';
import { judge } from '../../../src/steps/inspect/checks.ts';
import type { Facts } from '../../../src/steps/inspect/facts.ts';

const healthy: Facts = {
  user: 'nicolas',
  place: 'ok',
  clone: {
    top: '/var/www/kayart',
    gitDir: '/var/www/kayart/.git',
    head: 'b'.repeat(40),
    branch: 'main',
  },
  dirty: [],
  fetched: 'ok',
  ancestry: 'descendant',
  changed: [],
  inTheWay: [],
  environment: 'ok',
  php: { version: '8.3.6', mysqli: true },
  sudo: 'allowed',
  fpm: { known: true, active: 'active' },
  fpmTest: 'ok',
  // Only whether it answered matters here.
  application: { ok: true, application: {} as Application },
};

function config(changes: Record<string, string> = {}): Config {
  const given = {
    host: 'nicolas@www.example.org',
    'ssh-key': 'k',
    'known-hosts': 'x',
    commit: 'a'.repeat(40),
    branch: 'main',
    ...changes,
  };
  return parse(new Map(Object.entries(given)));
}

function found(facts: Partial<Facts>, inputs: Record<string, string> = {}): string[] {
  return judge({ ...healthy, ...facts }, config(inputs)).map(({ name }) => name);
}

const noClone = { problem: 'fatal: not a git repository' };

describe('what inspect refuses', () => {
  test('a healthy server gives no finding', () => {
    expect(found({})).toEqual([]);
  });

  test.each<[string, Partial<Facts>, string[]]>([
    [
      'no such directory',
      { place: 'absent', clone: noClone, environment: 'absent', php: { problem: 'cd' } },
      ['path-missing'],
    ],
    [
      'a closed directory',
      { place: 'closed', clone: noClone, environment: 'closed', php: { problem: 'cd' } },
      ['path-closed'],
    ],
    ['no spark', { place: 'not CodeIgniter' }, ['not-codeigniter']],
    ['not writable', { place: 'read only' }, ['path-not-writable']],
    [
      'no clone',
      { clone: noClone, ancestry: 'unknown', fetched: { problem: 'x' } },
      ['not-a-clone'],
    ],
    [
      'inside another clone',
      { clone: { top: '/var/www', gitDir: '/var/www/.git', head: 'b', branch: 'main' } },
      ['not-the-root'],
    ],
    [
      'another branch',
      { clone: { top: '/var/www/kayart', gitDir: 'x', head: 'b', branch: 'dev' } },
      ['other-branch'],
    ],
    [
      'detached',
      { clone: { top: '/var/www/kayart', gitDir: 'x', head: 'b', branch: '' } },
      ['other-branch'],
    ],
    ['changed files', { dirty: ['a.php'] }, ['dirty-tree']],
    ['unreachable', { fetched: { problem: 'x' }, ancestry: 'unknown' }, ['commit-unreachable']],
    ['going back', { ancestry: 'not a descendant' }, ['not-a-descendant']],
    ['files in the way', { inTheWay: ['x.php'] }, ['files-in-the-way']],
    ['.env missing', { environment: 'absent' }, ['env-missing']],
    ['.env closed', { environment: 'closed' }, ['env-closed']],
    ['no PHP', { php: { problem: 'not found' } }, ['php-missing']],
    ['no mysqli', { php: { version: '8.3.6', mysqli: false } }, ['mysqli-missing']],
    ['no sudo', { sudo: { problem: 'a password is required' } }, ['reload-not-allowed']],
    ['unknown unit', { fpm: { known: false, active: 'inactive' } }, ['fpm-unknown']],
    ['FPM down', { fpm: { known: true, active: 'failed' } }, ['fpm-inactive']],
    ['FPM broken', { fpmTest: { problem: "unknown entry 'x'" } }, ['fpm-configuration']],
    ['FPM not testable', { fpmTest: 'not testable' }, []],
    [
      'no boot',
      { application: { ok: false, failure: { stage: 'boot', message: 'Error: x', at: null } } },
      ['application-does-not-boot'],
    ],
  ])('%s', (_, facts, names) => {
    expect(found(facts)).toEqual(names);
  });

  test('everything at once is said at once', () => {
    expect(found({ dirty: ['a'], environment: 'absent', sudo: { problem: 'x' } })).toHaveLength(3);
  });

  test('without a service to reload nothing is said of PHP-FPM', () => {
    const unit = { fpm: { known: false, active: '' } };
    expect(found(unit, { 'fpm-service': 'none' })).toEqual([]);
  });

  test('verify asks nothing about a commit', () => {
    const other = { clone: { top: '/var/www/kayart', gitDir: 'x', head: 'b', branch: 'dev' } };
    expect(found(other, { command: 'verify' })).toEqual([]);
  });

  test('every finding has a remedy to paste', () => {
    const all = judge(
      { ...healthy, dirty: ['a'], environment: 'absent', sudo: { problem: 'x' }, inTheWay: ['b'] },
      config(),
    );
    expect(all.every(({ remedy }) => remedy !== undefined && remedy !== '')).toBe(true);
    expect(all.find(({ name }) => name === 'reload-not-allowed')?.remedy).toContain(
      'nicolas ALL=(root) NOPASSWD: /usr/bin/systemctl reload php8.3-fpm',
    );
  });
});
