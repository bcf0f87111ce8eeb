import { describe, expect, test } from '@jest/globals';
import { rootCertificates } from 'node:tls';
import { inspect } from 'node:util';
import { ConfigError, parse } from '../../../src/config/config.ts';

const enough = {
  host: 'nicolas@www.example.org',
  'ssh-key': 'KEY\n',
  'known-hosts': 'www.example.org ssh-ed25519 AAAA',
  commit: 'a'.repeat(40),
  branch: 'main',
};

function read(changes: Record<string, string> = {}): ReturnType<typeof parse> {
  return parse(new Map(Object.entries({ ...enough, ...changes })));
}

function problems(changes: Record<string, string>): readonly string[] {
  try {
    read(changes);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map(({ message }) => message);
    throw error;
  }
  return [];
}

describe('inputs', () => {
  test('release directories lie at a path that .env can hold', () => {
    const path = "/var/www/Nicolas' site";
    expect(problems({ path, strategy: 'releases' })).toEqual([
      expect.stringContaining('.env could not hold it'),
    ]);
    expect(problems({ path })).toEqual([]);
  });

  test('the smallest set is enough, everything else has its default', () => {
    const config = read();
    expect(config.target).toEqual({ user: 'nicolas', host: 'www.example.org', port: 22 });
    expect(config['fpm-service']).toBe('auto');
    expect(config['step-timeout']).toBe(600);
    expect(config.path).toBe('/var/www/kayart');
    expect(config['session-table-match']).toBe('exact');
  });

  test('user and port of the host text win over the inputs', () => {
    const config = read({ host: 'eve@h.example:2222', user: 'nicolas', port: '22' });
    expect(config.target).toEqual({ user: 'eve', host: 'h.example', port: 2222 });
  });

  test('a key keeps its last line end, other values lose the blanks around them', () => {
    const config = read({ path: ' /srv/site/ ' });
    expect(config['ssh-key']?.reveal()).toBe('KEY\n');
    expect(config.path).toBe('/srv/site');
  });

  test('what releases share: paths below the application, once each', () => {
    const { shared } = read({ shared: 'public/uploads/, ./storage\npublic/uploads' });
    expect(shared).toEqual(['public/uploads', 'storage']);
    expect(read({ shared: 'writable/exports' }).shared).toEqual(['writable/exports']);
    const settings = 'app/Config/Database.php';
    expect(read({ shared: settings }).shared).toEqual([settings]);
  });

  test.each([
    '/srv/uploads',
    '../uploads',
    'public/../..',
    'app/Config',
    'vendor',
    'writable',
    'writable/cache',
    'writable/cache/x',
    'writable/uploads/photos',
    'public/up, public/up/photos',
    'public/*',
    '.git/hooks',
  ])('releases do not share %s', (shared) => {
    expect(problems({ shared })).toEqual([expect.stringContaining('cannot be shared')]);
  });

  test('every problem is reported at once, each with a remedy', () => {
    const found = problems({
      host: '',
      'ssh-key': '',
      'known-hosts': '',
      'session-table-match': 'exakt',
      'cache-clear': 'yes',
      'connect-timeout': '30',
      ssh_key: 'x',
    });
    expect(found).toEqual([
      expect.stringContaining('no input ssh_key.'),
      expect.stringContaining('connect-timeout must be a number and a unit'),
      expect.stringContaining('cache-clear must be true or false'),
      expect.stringContaining('match must be one of: exact, compatible'),
      expect.stringContaining('Input host is missing'),
      expect.stringContaining('Input ssh-key is missing'),
      expect.stringContaining('Input known-hosts is missing'),
    ]);
  });

  test.each([
    ['host', '-oProxyCommand=x'],
    ['host', 'a b'],
    ['host', 'h:0'],
    ['host', 'h:70000'],
    ['path', 'var/www'],
    ['path', '/var/www/../etc'],
    ['commit', 'main'],
    ['branch', '--upload-pack=x'],
    ['branch', 'a..b'],
    ['remote', '-x'],
    ['php', '-r'],
    ['fpm-service', '--now'],
    ['fpm-service', 'a b'],
    ['health-url', 'ftp://x'],
    ['health-url', 'https://anna:hunter2@x.example/'],
    ['health-address', 'anna@127.0.0.1'],
    ['health-address', 'http://127.0.0.1'],
    ['health-address', '127.0.0.1:0'],
    ['health-auth', 'anna'],
    ['health-auth', ':hunter2'],
    ['health-auth', 'anna:hunter2\nX-Header: 1'],
    ['health-ca', '/etc/ssl/ca.pem'],
    ['health-ca', '-----BEGIN CERTIFICATE-----\nhunter2\n-----END CERTIFICATE-----'],
    ['health-timeout', '30'],
    ['health-status', '99'],
    ['health-status', '300-200'],
    ['health-retries', '-1'],
    ['lock-wait', '1d'],
    ['db-port', '0'],
    ['host-fingerprint', 'MD5:aa'],
    ['port', '22.5'],
  ])('%s refuses %s', (name, value) => {
    expect(problems({ [name]: value })).toHaveLength(1);
  });

  test('several hosts are said to come later, not silently cut', () => {
    expect(problems({ host: 'a@x, a@y' })).toEqual([expect.stringContaining('several hosts')]);
  });

  test('the password is for the server alone: a host in between needs a key, or its own', () => {
    const through = { 'ssh-key': '', password: 'hunter2', 'proxy-jump': 'a@gate' };
    expect(problems(through)).toEqual([expect.stringContaining('proxy-jump-password is missing')]);
    expect(problems({ ...through, 'proxy-jump-password': 'hunter3' })).toEqual([]);
    expect(problems({ 'proxy-jump': 'a@gate', password: 'hunter2' })).toEqual([]);
  });

  test('nor is the password of one host in between sent to another', () => {
    const word = expect.stringContaining('proxy-jump-password is for one host in between');
    expect(problems({ 'proxy-jump': 'a@gate, b@inner', 'proxy-jump-password': 'x' })).toEqual([
      word,
    ]);
    expect(problems({ 'proxy-jump-password': 'x' })).toEqual([word]);
  });

  test('verify needs no commit', () => {
    expect(problems({ command: 'verify', commit: '', branch: '' })).toEqual([]);
  });

  test('a secret is never shown, not even when it is mistyped or printed by accident', () => {
    const config = read({ 'db-password': 'hunter2', password: 'hunter3' });
    const shown = `${JSON.stringify(config)}${inspect(config, { depth: 9 })}${String(config.password)}`;
    expect(shown).not.toMatch(/hunter|KEY/);
    expect(config.secrets.map((secret) => secret.reveal()).sort()).toEqual([
      'KEY\n',
      'hunter2',
      'hunter3',
    ]);
  });

  test.each([
    ['health-url', 'https://anna:hunter2@x.example/'],
    ['health-auth', 'hunter2'],
    ['health-ca', '-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----'],
  ])('what is secret in a mistyped %s is not repeated', (name, value) => {
    expect(problems({ [name]: value })).toEqual([expect.not.stringContaining('hunter2')]);
  });

  test('an address is a host with or without a port', () => {
    const address = (text: string): unknown => read({ 'health-address': text })['health-address'];
    expect(address('127.0.0.1')).toEqual({ host: '127.0.0.1', port: undefined });
    expect(address('[::1]:8443')).toEqual({ host: '::1', port: 8443 });
  });

  test('a login loses the line end it gained when it was pasted, and keeps its colons', () => {
    expect(read({ 'health-auth': 'anna:a:b \n' })['health-auth']?.reveal()).toBe('anna:a:b ');
  });

  test('certificates are taken out of the text around them', () => {
    const pem = rootCertificates[0] ?? '';
    expect(read({ 'health-ca': `# ours\n${pem}\n${pem}` })['health-ca']).toBe(`${pem}\n${pem}`);
  });

  test('statuses are ranges', () => {
    expect(read({ 'health-status': '200-299, 401' })['health-status']).toEqual([
      { from: 200, to: 299 },
      { from: 401, to: 401 },
    ]);
  });
});

test.each([
  ['carry-sessions', 'preserve-sessions'],
  ['match', 'session-table-match'],
  ['db-may-be-used', 'allow-nonempty-database'],
  ['jump', 'proxy-jump'],
])('the former name %s is answered with %s', (former, name) => {
  expect(problems({ [former]: 'x' })).toEqual([`Input ${former} is called ${name} now.`]);
});
