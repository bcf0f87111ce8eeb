import { describe, expect, test } from '@jest/globals';
import { openDatabases } from '../../../../src/steps/database/databases.ts';
import { fakeApplication } from '../../../fakes/application.ts';
import { scripted } from '../../../fakes/scripts.ts';
import { fakeSite } from '../../../fakes/site.ts';
import { database } from '../../app/replies.ts';

const never = new AbortController().signal;

async function closed(changes: Record<string, unknown>): Promise<string> {
  const ledgerDatabase = database(changes);
  const application = fakeApplication({ ledgerDatabase });
  const found = await openDatabases(fakeSite(scripted({})), application, never);
  return found.map(({ name, message }) => `${name}: ${message}`).join('\n');
}

describe('a database that the application cannot use', () => {
  test('refuses the login', async () => {
    expect(await closed({ refused: 'Access denied' })).toMatch(
      /^database-refused: .*shop@127\.0\.0\.1.*Access denied$/,
    );
  });

  test('or does not answer: then nobody refused anything', async () => {
    expect(await closed({ refused: 'Connection refused', silent: true })).toMatch(
      /^database-unreachable: Nothing answers at 127\.0\.0\.1:3306.*: Connection refused\.$/,
    );
  });
});
