import { describe, expect, test } from '@jest/globals';
import { finding } from '../../../src/report/failure.ts';
import { Stopped } from '../../../src/plan/results.ts';
import {
  Cancelled,
  CommandFailed,
  ConnectionLost,
  LoginFailed,
  type LoginFault,
} from '../../../src/server/failures.ts';
import { pasted } from '../../fakes/remedies.ts';
import { advice } from '../../../src/remedy.ts';

const hostKey: LoginFault = {
  kind: 'host key refused',
  offered: 'SHA256:abc',
  type: 'ed25519',
  source: 'known-hosts',
  line: 'h ssh-ed25519 AAAA',
  known: 'other key',
  unusable: [],
};
const faults: readonly LoginFault[] = [
  hostKey,
  { kind: 'name not found' },
  { kind: 'port closed' },
  { kind: 'no answer', seconds: 30 },
  { kind: 'connection closed', early: false, said: '' },
  { ...hostKey, known: 'unknown host', source: 'host-fingerprint', line: 'h=SHA256:abc' },
  { ...hostKey, known: 'revoked', type: 'rsa' },
  {
    kind: 'login refused',
    fingerprint: 'SHA256:ours',
    publicKey: 'ssh-ed25519 AAAA ci4-deploy',
    methods: ['publickey'],
    partial: false,
    unanswered: [],
  },
  {
    kind: 'login refused',
    fingerprint: undefined,
    publicKey: undefined,
    methods: [],
    partial: false,
    unanswered: ['Code:'],
  },
  { kind: 'no common algorithm', what: 'MACs', ours: ['hmac-sha2-256'], theirs: ['hmac-sha1'] },
  {
    kind: 'key not readable',
    problem: 'it is the public key.',
    remedy: [advice('Paste another.')],
  },
  { kind: 'other', problem: 'x' },
];

describe('what was thrown becomes a sentence with a remedy', () => {
  test.each(faults)('login: $kind', (fault) => {
    const [reported] = finding(new LoginFailed('nicolas@h:22', fault));
    expect(reported?.severity).toBe('error');
    expect(reported?.name).toMatch(/^ssh-[a-z-]+$/);
    expect(pasted(reported)).not.toBe('');
    expect(`${reported?.message ?? ''}${pasted(reported)}`).not.toContain('undefined');
  });

  test('a changed host key names the offered key and the line to paste', () => {
    const [reported] = finding(new LoginFailed('nicolas@h:22', hostKey));
    expect(reported?.message).toContain('SHA256:abc');
    expect(pasted(reported)).toContain('h ssh-ed25519 AAAA');
  });

  test('a failed command names the server, the command, its end and its last words', () => {
    const output = { exit: { code: 3 }, stdout: '', stderr: 'disk full\n' };
    const [reported] = finding(new CommandFailed('nicolas@h:22', 'git merge', output));
    expect(reported?.message).toBe(
      'On nicolas@h:22 this failed (exit status 3): git merge: disk full',
    );
  });

  test('a lost connection does not say how the work ended', () => {
    expect(finding(new ConnectionLost('h'))[0]?.message).toContain('not known');
  });

  test.each([new Cancelled('SIGINT'), new Stopped('errors'), undefined])(
    '%s is no finding',
    (failure) => {
      expect(finding(failure)).toEqual([]);
    },
  );

  test('a fault of our own is reported with its place', () => {
    expect(finding(new TypeError('oops'))[0]).toMatchObject({ name: 'unexpected' });
  });
});
