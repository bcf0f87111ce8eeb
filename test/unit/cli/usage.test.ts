import { expect, test } from '@jest/globals';
import { usage } from '../../../src/cli/usage.ts';
import { commands, inputs } from '../../../src/config/inputs.ts';

test('the usage explains every command, names every flag, and fits a terminal', () => {
  const text = usage();
  for (const command of commands) expect(text).toMatch(new RegExp(`^  ${command} +\\w.{10}`, 'm'));
  for (const name of Object.keys(inputs)) expect(text).toContain(name);
  expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
});
