import { expect, test } from '@jest/globals';
import {
  ownFiles,
  placesOf,
  releaseName,
  sharedPaths,
  unlinked,
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
  const [session, elsewhere] = ['/srv/site/current/writable/session', '/var/lib/sessions'];
  expect(unlinked(releases, session)).toBe('/srv/site/shared/writable/session');
  expect(unlinked(releases, elsewhere)).toBe(elsewhere);
  expect(unlinked(inPlace, '/srv/site/writable/session')).toBe('/srv/site/writable/session');
});
