import { describe, expect, test } from '@jest/globals';
import {
  flag,
  list,
  object,
  orNull,
  read,
  text,
  Unreadable,
  whole,
} from '../../../src/app/shape.ts';

const Shape = object({
  name: text,
  port: whole,
  on: flag,
  hosts: list(object({ user: text })),
  note: orNull(text),
});
const right = { name: 'a', port: 1, on: true, hosts: [{ user: 'b' }], note: null };

describe('an answer from outside', () => {
  test('is read as it is, without the fields that nobody knows', () => {
    expect(read(Shape, { ...right, more: 1 })).toEqual(right);
  });

  const secret = 'hunter2';
  test.each([
    [{ name: 1 }, 'name is not text'],
    [{ name: undefined }, 'name is missing'],
    [{ port: secret }, 'port is not a whole number'],
    [{ port: 1.5 }, 'port is not a whole number'],
    [{ port: 2 ** 60 }, 'port is not a whole number'],
    [{ on: secret }, 'on is not true or false'],
    [{ hosts: secret }, 'hosts is not a list'],
    [{ hosts: [{ user: 'b' }, secret] }, 'hosts[1] is no object'],
    [{ hosts: [{ user: 3 }] }, 'hosts[0].user is not text'],
    [{ note: 3 }, 'note is not text'],
    [{ note: undefined }, 'note is missing'],
  ])('is refused with the name of the field, never with its value: %j', (changes, says) => {
    const reading = (): unknown => read(Shape, { ...right, ...changes });
    expect(reading).toThrow(new Unreadable(says));
  });

  test('that is no object at all is refused, too', () => {
    for (const value of [null, 'x', undefined]) {
      expect(() => read(Shape, value)).toThrow(Unreadable);
    }
  });
});
