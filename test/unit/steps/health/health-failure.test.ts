import { describe, expect, test } from '@jest/globals';
import type { Visit } from '../../../../src/net/visit.ts';
import { parse, type Config } from '../../../../src/config/config.ts';
import { doubts, healthFailure } from '../../../../src/steps/health/health-failure.ts';
import { remedyText } from '../../../../src/remedy.ts';

const url = new URL('http://a.test/');
const healthy: Visit = {
  status: 200,
  body: '<title>Kay Art</title>Welcome',
  cookies: new Map(),
  ending: 'here',
  addresses: ['http://a.test/'],
  retryAfter: null,
  challenge: null,
  loggedIn: false,
};
const basic = { status: 401, challenge: 'Basic realm="staging"' };

function config(inputs: Record<string, string>): Config {
  const given = { host: 'n@a.test', 'ssh-key': 'k', 'known-hosts': 'x', command: 'verify' };
  return parse(new Map(Object.entries({ ...given, ...inputs })));
}

const strict = { 'health-status': '200' };
const login = { 'health-auth': 'anna:secret' };

describe('an unhealthy answer', () => {
  test.each<[string, Record<string, string>, Partial<Visit>, string, string, string | undefined]>([
    ['an error', {}, { status: 500 }, 'site-unhealthy', 'status 500', undefined],
    [
      'a login that is not given',
      strict,
      basic,
      'health-unauthorised',
      'health-auth is not set',
      'secrets.HEALTH_AUTH',
    ],
    [
      'a login that is refused, whatever health-status accepts',
      login,
      { ...basic, loggedIn: true },
      'health-unauthorised',
      'does not accept the user and password',
      'password file',
    ],
    [
      'a login asked for by the other host',
      login,
      { ...basic, addresses: ['http://a.test/', 'http://www.a.test/'] },
      'health-unauthorised',
      'where health-auth is not sent: it is for http://a.test alone',
      'health-url: http://www.a.test/',
    ],
    [
      'another kind of login',
      strict,
      { status: 401, challenge: 'Bearer' },
      'health-unauthorised',
      'not HTTP basic authentication',
      'that everybody may see',
    ],
    [
      'maintenance',
      {},
      { status: 503, retryAfter: '60' },
      'site-in-maintenance',
      'looks like a maintenance page: it sends Retry-After: 60',
      'End the maintenance',
    ],
    [
      'a loop',
      {},
      { status: 302, ending: 'loop', addresses: ['http://a.test/', 'http://a.test/'] },
      'health-redirects',
      'in a loop: http://a.test/ -> http://a.test/',
      'proxyIPs',
    ],
    [
      'too many redirects',
      {},
      { status: 302, ending: 'too many', addresses: ['0', '1', '2', '3', '4', '5', '6'] },
      'health-redirects',
      'more than 5 redirects: 0 -> 1',
      'proxyIPs',
    ],
    [
      'a text that is not there',
      { 'health-text': 'Bienvenue' },
      {},
      'health-text-missing',
      'without the text "Bienvenue"; its title is "Kay Art"',
      "page's source",
    ],
  ])('%s is a failure, with its cause', (_name, inputs, changes, name, says, remedy) => {
    const found = healthFailure(config(inputs), url, { ...healthy, ...changes });
    expect(found).toMatchObject({ name, says: expect.stringContaining(says) });
    if (remedy === undefined) expect(found).not.toHaveProperty('remedies');
    else expect(remedyText(found?.remedies ?? [])).toContain(remedy);
    expect(JSON.stringify(found)).not.toMatch(/secret"|Welcome|staging/);
  });

  test.each<[string, Record<string, string>, Partial<Visit>]>([
    ['a page', { 'health-text': 'Welcome' }, {}],
    ['single sign-on elsewhere', {}, { status: 302, ending: 'elsewhere' }],
    ['a login, when the status is accepted', {}, basic],
  ])('not %s', (_name, inputs, changes) => {
    expect(healthFailure(config(inputs), url, { ...healthy, ...changes })).toBeNull();
  });
});

describe('a healthy answer that proves little', () => {
  const of = (changes: Partial<Visit>): ReturnType<typeof doubts> =>
    doubts(config({}), url, { ...healthy, ...changes });

  test('a page leaves nothing in doubt', () => {
    expect(of({})).toEqual([]);
  });

  test('behind single sign-on nothing was seen', () => {
    const addresses = ['http://a.test/', 'https://sso.test/login'];
    expect(of({ status: 302, ending: 'elsewhere', addresses })).toEqual([
      { unverified: expect.stringContaining('another host, https://sso.test/login') },
    ]);
  });

  test('behind a login nothing was seen, and the input that helps is named', () => {
    expect(of(basic)).toEqual([
      {
        unverified: expect.stringContaining('answered with status 401'),
        finding: expect.objectContaining({ name: 'health-unauthorised', severity: 'warning' }),
      },
    ]);
  });

  test('a maintenance page that answers 200', () => {
    expect(of({ body: '<title>Under maintenance</title>' })).toMatchObject([
      { finding: { name: 'site-in-maintenance', severity: 'warning' } },
    ]);
  });
});
