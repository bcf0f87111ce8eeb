import { expect, test } from '@jest/globals';
import { mayPaste } from '../../server/measure.ts';
import { errorsOfServers, notPasted } from '../../server/not-pasted.ts';
import { all } from '../../server/situations/all.ts';

test('every error of a server has a row that may paste its remedy, or a reason why none does', () => {
  const rows = new Set(all.filter(mayPaste).flatMap(({ errors }) => errors));
  const left = errorsOfServers().filter((name) => !rows.has(name) && !(name in notPasted));
  expect(left).toEqual([]);
});
