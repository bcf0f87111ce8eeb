import { unlinked, expect, test } from '@jest/globals';
import {
  ownFiles,
  placesOf,
  releaseName,
  sharedPaths,
} from '../../../src/release/directories/layout.ts';

const releases = { strategy: 'releases', base: '/srv/site', shared: ['public/up'] } as const;
const inPlace = { ...releases, strategy: 'in-place' } as const;

test('in place everything lies at the path', () => {
  expect(placesOf(inPlace)).toEqual({ path: '/srv/site', clone: '/srv/site' });
  expect([...sharedPaths(inPlace), ...ownFiles(inPlace)]).toEqual([]);
});

test('with releases the site is where the link leads', () => {
  expect(placesOf(releases)).toEqual({ path: '/srv/site/current', clone: '/srv/site/repo' });
  expect(sharedPaths(releases)).toEqual([
    ...['.env', 'writable/session', 'writable/logs', 'writable/uploads'],
    'public/up',
  ]);
  expect(ownFiles(releases)).toContain(':(exclude,literal)public/up');
});

test('a name begins with the time in UTC, and sorts by it', () => {
  const commit = 'abcdef0123'.repeat(4);
  expect(releaseName('2026-11-26T09:08:07.654Z', commit)).toBe('20261126T090807Z-abcdef0123');
});

test('what releases share is named without the link that leads there', () => {
  const releases = { strategy: 'releases', base: '/srv/site', shared: [] } as const;
  expect(unlinked(releases, '/srv/site/current/writable/session')).toBe(
    '/srv/site/shared/writable/session',
  );
  expect(unlinked(releases, '/var/lib/sessions')).toBe('/var/lib/sessions');
  const inPlace = { ...releases, strategy: 'in-place' } as const;
  expect(unlinked(inPlace, '/srv/site/writable/session')).toBe('/srv/site/writable/session');
});
