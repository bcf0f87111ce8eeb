import { expect, test } from '@jest/globals';
import { CommandFailed } from '../../../src/server/failures.ts';

test('what a failed command said last is short, however long its lines are', () => {
  const stderr = `first\n${'x'.repeat(10_000_000)}\n${'last\n'.repeat(4)}`;
  const { tail } = new CommandFailed('h', 'php', { exit: { code: 1 }, stdout: '', stderr });
  expect(tail).toBe(`${'x'.repeat(500)}...\nlast\nlast\nlast\nlast`);
});
