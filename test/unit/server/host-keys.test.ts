import { describe, expect, test } from '@jest/globals';
import { createHmac } from 'node:crypto';
import {
  fingerprint,
  hostKeys,
  knownHostsLine,
  printLine,
  type Print,
} from '../../../src/server/host-keys.ts';

function key(last: number, type = 'ssh-ed25519'): Buffer {
  const name = Buffer.from(type);
  return Buffer.concat([
    Buffer.from([0, 0, 0, name.length]),
    name,
    Buffer.from([0, 0, 0, 1, last]),
  ]);
}

const ours = key(1);
const other = key(2);
const blob = ours.toString('base64');

function hashed(name: string): string {
  const salt = Buffer.from('0123456789abcdef0123');
  const hash = createHmac('sha1', salt).update(name).digest('base64');
  return `|1|${salt.toString('base64')}|${hash}`;
}

describe('known hosts', () => {
  test.each([
    ['plain', `www.example.org ssh-ed25519 ${blob}`],
    ['one of several names', `a,www.example.org,b ssh-ed25519 ${blob} comment`],
    ['other case', `WWW.Example.org ssh-ed25519 ${blob}`],
    ['hashed', `${hashed('www.example.org')} ssh-ed25519 ${blob}`],
    ['wildcard', `*.example.org ssh-ed25519 ${blob}`],
    ['with comments and blank lines', `# ours\r\n\r\nwww.example.org ssh-ed25519 ${blob}\r\n`],
  ])('%s is trusted', (_, line) => {
    const keys = hostKeys(line);
    expect(keys.judge('www.example.org', 22, ours)).toBe('trusted');
    expect(keys.judge('www.example.org', 22, other)).toBe('other key');
    expect(keys.problems).toEqual([]);
  });

  test('another port is another host, in brackets', () => {
    const keys = hostKeys(`[www.example.org]:2222 ssh-ed25519 ${blob}`);
    expect(keys.judge('www.example.org', 2222, ours)).toBe('trusted');
    expect(keys.judge('www.example.org', 22, ours)).toBe('unknown host');
    expect(knownHostsLine('www.example.org', 2222, ours)).toBe(
      `[www.example.org]:2222 ssh-ed25519 ${blob}`,
    );
  });

  test('a negated name does not match', () => {
    const keys = hostKeys(`*.example.org,!www.example.org ssh-ed25519 ${blob}`);
    expect(keys.judge('www.example.org', 22, ours)).toBe('unknown host');
  });

  test('a revoked key is never trusted, not even with its fingerprint', () => {
    const keys = hostKeys(`@revoked * ssh-ed25519 ${blob}`, [printOf(ours)]);
    expect(keys.judge('www.example.org', 22, ours)).toBe('revoked');
  });

  test('a dot in a name is no wildcard', () => {
    const keys = hostKeys(`www.example.org ssh-ed25519 ${blob}`);
    expect(keys.judge('wwwxexample.org', 22, ours)).toBe('unknown host');
  });

  test('what cannot be used is reported by its line', () => {
    const text = `www.example.org ssh-ed25519 AAAA\n@cert-authority * ssh-ed25519 ${blob}\nnonsense`;
    expect(hostKeys(text).problems).toEqual([
      expect.stringMatching(/^Line 1 .*not a known_hosts line/),
      expect.stringMatching(/^Line 2 .*certificate authority/),
      expect.stringMatching(/^Line 3 /),
    ]);
  });

  test('the types known for a host come first when the server is asked', () => {
    const rsa = key(3, 'ssh-rsa').toString('base64');
    const keys = hostKeys(`a ssh-rsa ${rsa}\nb ssh-ed25519 ${blob}`);
    expect(keys.types('a', 22)).toEqual(['ssh-rsa']);
  });
});

function printOf(blobOf: Buffer, host = 'www.example.org', port?: number): Print {
  return { host, port, print: fingerprint(blobOf) };
}

describe('fingerprints', () => {
  const gate = 'gate.example.org';

  test('each counts for its own host alone', () => {
    const keys = hostKeys('', [printOf(ours), printOf(other, gate)]);
    expect(keys.judge('www.example.org', 22, ours)).toBe('trusted');
    expect(keys.judge('WWW.example.org', 2222, ours)).toBe('trusted');
    expect(keys.judge(gate, 22, other)).toBe('trusted');
    // The gate shows its own key in place of the server's, and the other way round.
    expect(keys.judge('www.example.org', 22, other)).toBe('other key');
    expect(keys.judge(gate, 22, ours)).toBe('other key');
    expect(keys.judge('elsewhere', 22, ours)).toBe('unknown host');
  });

  test('of two machines behind one name each has its port', () => {
    const keys = hostKeys('', [printOf(ours), printOf(other, 'www.example.org', 2222)]);
    expect(keys.judge('www.example.org', 22, ours)).toBe('trusted');
    expect(keys.judge('www.example.org', 2222, ours)).toBe('other key');
    expect(keys.judge('www.example.org', 2222, other)).toBe('trusted');
  });

  test('what is missing is added where the others are', () => {
    expect(hostKeys('', [printOf(ours)]).source).toBe('host-fingerprint');
    expect(hostKeys('x', [printOf(ours)]).source).toBe('known-hosts');
    expect(printLine(gate, 22, ours)).toBe(`${gate}=${fingerprint(ours)}`);
    expect(printLine(gate, 2222, ours)).toBe(`[${gate}]:2222=${fingerprint(ours)}`);
    expect(printLine('::1', 22, ours)).toBe(`[::1]=${fingerprint(ours)}`);
  });
});
