import { expect, test } from '@jest/globals';
import { Secret } from '../../../../src/secret.ts';
import { maskPassword } from '../../../../src/steps/database/databases.ts';

test.each([
  ['hunter2', ['hunter2']],
  ['kayart', []],
])('the password %s of the user kayart: hidden unless it is that name', (password, wanted) => {
  const masks: string[] = [];
  const mask = (value: string): void => {
    masks.push(value);
  };
  maskPassword({ mask }, { user: 'kayart', password: new Secret(password) });
  expect(masks).toEqual(wanted);
});
