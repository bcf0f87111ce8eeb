import { expect, test } from '@jest/globals';
import { sessionFilePattern } from '../../../src/app/session-files.ts';

const id = '0123456789abcdefghijklmnopqrstuv';
const hash = 'd41d8cd98f00b204e9800998ecf8427e';

test.each([
  ['ci_session', false, `ci_session${id}`, true],
  ['ci_session', false, 'index.html', false],
  ['ci_session', false, `other${id}`, false],
  ['ci_session', false, 'ci_sessionshort', false],
  ['ci_session', true, `ci_session${hash}${id}`, true],
  ['ci_session', true, `ci_session${id}`, false],
  ['my.app', false, `my.app${id}`, true],
  ['my.app', false, `myxapp${id}`, false],
  ['__Host-sess', false, `__Host-sess${'a,-'.repeat(16)}`, true],
])('cookie %s, matchIP %s: %s is %s', (cookieName, matchIP, file, matches) => {
  const pattern = new RegExp(`^${sessionFilePattern({ cookieName, matchIP })}$`);
  expect(pattern.test(file)).toBe(matches);
});
