import { expect, test } from '@jest/globals';
import { notPasted, withLines } from '../../server/not-pasted.ts';
import { all } from '../../server/situations/all.ts';

test('every finding with lines to paste has a row of the table, or a reason why none pastes it', () => {
  const rows = new Set(all.flatMap(({ errors, also = [] }) => [...errors, ...also]));
  const left = withLines().filter((name) => !rows.has(name) && !(name in notPasted));
  expect(left).toEqual([]);
});

test('a reason is given only for findings that print lines', () => {
  const names: readonly string[] = withLines();
  expect(Object.keys(notPasted).filter((name) => !names.includes(name))).toEqual([]);
});
