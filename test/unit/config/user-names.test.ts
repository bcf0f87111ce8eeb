import { expect, test } from '@jest/globals';
import { userNames } from '../../../src/config/user-names.ts';

test.each([
  [
    { host: 'nicolas@a, b', user: ' anna ', 'proxy-jump': 'gate@c:2222' },
    ['anna', 'gate', 'nicolas'],
  ],
  [{ 'db-user': 'kayart', password: 'x', host: 'b' }, ['kayart']],
  [{ host: '@@' }, []],
])('the users of %j', (given, names) => {
  expect([...userNames(new Map(Object.entries(given)))].toSorted()).toEqual(names);
});
