import { describe, expect, test } from '@jest/globals';
import { fingerprints } from '../../../src/config/fingerprints.ts';
import { Mistyped } from '../../../src/config/parsers.ts';

const print = `SHA256:${'a'.repeat(43)}`;
const of = (host: string | null, port?: number): object => ({ host, port, print });

describe('host-fingerprint', () => {
  test.each([
    [print, [of(null)]],
    [`${print}=`, [of(null)]],
    [`gate.example.org=${print}`, [of('gate.example.org')]],
    [`gate.example.org:2222=${print}=`, [of('gate.example.org', 2222)]],
    [`[gate.example.org]:2222=${print}`, [of('gate.example.org', 2222)]],
    [`[2001:db8::1]=${print}`, [of('2001:db8::1')]],
    [`${print}, 10.0.0.1=${print}\n  [::1]:22=${print}`, [of(null), of('10.0.0.1'), of('::1', 22)]],
  ])('%j', (text, found) => {
    expect(fingerprints(text)).toEqual(found);
  });

  test.each([
    'MD5:aa',
    'SHA256:short',
    `=${print}`,
    `nicolas@gate=${print}`,
    `gate:0=${print}`,
    `gate:65536=${print}`,
    `gate=other=${print}`,
    `-oProxyCommand=${print}`,
  ])('%j is refused', (text) => {
    expect(() => fingerprints(text)).toThrow(Mistyped);
  });
});
