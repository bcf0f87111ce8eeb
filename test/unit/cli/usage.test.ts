import { globSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { readArguments } from '../../../src/cli/arguments.ts';
import { usage } from '../../../src/cli/usage.ts';
import { commands, inputs } from '../../../src/config/inputs.ts';

test('the usage explains every command, names every flag, and fits a terminal', () => {
  const text = usage();
  for (const command of commands) expect(text).toMatch(new RegExp(`^  ${command} +\\w.{10}`, 'm'));
  for (const name of Object.keys(inputs)) expect(text).toContain(name);
  expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
});

/** The words of every line of a page or an example that calls the program. */
const typed = globSync(['*.md', 'docs/*.md', 'examples/*.yaml']).flatMap((page) => {
  const called = /^(?:\s*(?:- |run: )?node \S+dist\/index\.cjs|ci4-deploy) (.*[^.\n])$/gm;
  return [...readFileSync(page, 'utf8').matchAll(called)]
    .map(([line, words = '']) => [line.trim(), words.replaceAll('"', '').split(' ')] as const)
    .filter(([, [first = '']]) => first.startsWith('-') || commands.some((one) => one === first));
});

test('pages and examples call it', () => {
  expect(typed.length).toBeGreaterThan(5);
});

test.each(typed)('%s is understood', (_line, words) => {
  const around = { variable: () => undefined, readFile: () => 'x' };
  expect(readArguments(words, around)).toMatchObject({ kind: expect.stringMatching(/run|usage/) });
});
