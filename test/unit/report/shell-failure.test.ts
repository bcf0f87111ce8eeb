import { describe, expect, test } from '@jest/globals';
import { shellFinding } from '../../../src/report/shell-failure.ts';
import { NoShell, type ShellFault } from '../../../src/server/failures.ts';
import { pasted } from '../../fakes/remedies.ts';

const ended = (said: string, status: number | null = 1): ShellFault => ({
  kind: 'ended',
  said,
  status,
});

describe('a login that runs no command of ours', () => {
  test.each([
    [ended('Password change required but no TTY available.'), 'run out', /^sudo chage -d .* n$/],
    [
      ended('Your account has expired; please contact'),
      'account has run out',
      /^sudo chage -E -1 n$/,
    ],
    [
      ended('This account is currently not available.'),
      'nologin',
      /^sudo usermod -s \/bin\/bash n$/,
    ],
    [ended('rbash: line 1: exec: restricted'), 'restricted', /^sudo usermod -s \/bin\/bash n$/],
    [ended('This service allows sftp connections only.'), 'internal-sftp', /Match block/],
    [ended('', 0), 'ended at once with exit status 0', /getent passwd n/],
    [ended('Bye', null), 'ended at once. The server said: Bye', /getent passwd n/],
    [{ kind: 'silent', seconds: 30 } as const, 'within 30 s', /getent passwd n/],
  ])('%j', (fault, says, remedy) => {
    const found = shellFinding(new NoShell('n@h:22', fault));
    expect([found.name, found.severity]).toEqual(['ssh-no-shell', 'error']);
    expect(found.message).toContain(says);
    expect(pasted(found)).toMatch(remedy);
  });

  test('a server that opens no session has the setting to change', () => {
    const found = shellFinding(new NoShell('n@h:22', { kind: 'no session' }));
    expect(found.name).toBe('ssh-no-session');
    expect(pasted(found)).toContain('MaxSessions 10');
  });
});
