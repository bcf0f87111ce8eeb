import { describe, expect, test } from '@jest/globals';
import { maintenance, titleOf } from '../../../src/net/page.ts';
import type { Visit } from '../../../src/net/visit.ts';

const page: Visit = {
  status: 200,
  body: '',
  cookies: new Map(),
  ending: 'here',
  addresses: ['http://a.test/'],
  retryAfter: null,
  challenge: null,
  loggedIn: false,
};

test.each([
  ['<title>\n Kay &amp; Art&#233; </title>', 'Kay & Arté'],
  ['<TITLE lang="fr">Bienvenue</TITLE>', 'Bienvenue'],
  [`<title>${'x'.repeat(200)}</title>`, 'x'.repeat(80)],
  ['<title> </title>', null],
  ['{"title": 1}', null],
  ['<title>&#1114112;&nonsense;</title>', '&#1114112;&nonsense;'],
])('the title of %j', (body, title) => {
  expect(titleOf(body)).toBe(title);
});

describe('a maintenance page', () => {
  test.each<[string, Partial<Visit>, string]>([
    ['503 that says when', { status: 503, retryAfter: '120' }, 'it sends Retry-After: 120'],
    [
      '503 with a title',
      { status: 503, body: '<title>Site en maintenance</title>' },
      'its title is "Site en maintenance"',
    ],
    ['503 with words', { status: 503, body: 'We will be back soon!' }, 'its text says so'],
    [
      'a healthy status',
      { body: '<title>Down for maintenance</title>' },
      'its title is "Down for maintenance"',
    ],
  ])('is recognised: %s', (_name, changes, sign) => {
    expect(maintenance({ ...page, ...changes })).toBe(sign);
  });

  test.each<[string, Partial<Visit>]>([
    ['an overloaded PHP-FPM', { status: 503, body: '<h1>503 Service Unavailable</h1>' }],
    ['a garage', { body: '<title>Car maintenance in Bern</title><p>maintenance</p>' }],
    ['an error that mentions it', { status: 500, body: 'class Maintenance not found' }],
    ['a page that is limited', { status: 429, retryAfter: '5' }],
  ])('not %s', (_name, changes) => {
    expect(maintenance({ ...page, ...changes })).toBeNull();
  });
});
