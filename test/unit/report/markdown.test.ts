import { expect, test } from '@jest/globals';
import { escape } from '../../../src/report/markdown.ts';

test.each([
  ['2026-11-25 02:56:37 it failed', '2026-11-25 02:56:37 it failed'],
  ['12:100:00', '`12:100:00`'],
  ['a:smile:b', '`a:smile:b`'],
])('%s: a time of the day is no emoji, which would be shown as code', (text, wanted) => {
  expect(escape(text)).toBe(wanted);
});
