import { expect, test } from '@jest/globals';
import type { Application } from '../../../../src/app/application.ts';
import { judgeSessionSettings } from '../../../../src/steps/database/session-settings.ts';

test.each([
  [true, 'ci_sessions', 0],
  [true, 'shop.sessions', 0],
  [true, '', 1],
  [true, '/var/www/site/writable/session', 1],
  [true, 'C:\\site\\session', 1],
  [false, '/var/www/site/writable/session', 0],
])('in a database: %p, savePath %j', (inDatabase, savePath, count) => {
  const session = { inDatabase, savePath, driver: 'DatabaseHandler', source: 'Config\\Session' };
  const found = judgeSessionSettings({ session } as unknown as Application);
  expect(found.map(({ name }) => name)).toEqual(Array(count).fill('save-path-is-no-table'));
});
