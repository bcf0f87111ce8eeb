import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { readArguments, variableOf } from '../../../src/cli/arguments.ts';
import { inputs } from '../../../src/config/inputs.ts';

const around = { variable: () => undefined, readFile: () => 'text' };

/** Every text of a value, however deep. */
function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}

/** The command lines of a file: each is what follows the bundle in one of its texts. */
function commandLines(text: string): readonly string[] {
  return [...text.matchAll(/dist\/index\.cjs ([a-z][^\n]*)/g)].map(([, words = '']) => words);
}

test.each(['gitlab', 'forgejo'])(
  'the example for %s is YAML whose command lines are understood',
  (name) => {
    const text = readFileSync(`examples/${name}.yaml`, 'utf8');
    const lines = textsOf(parse(text)).flatMap(commandLines);
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      const words = line.replaceAll('"', '').split(' ');
      expect([line, readArguments(words, around)]).toEqual([
        line,
        expect.objectContaining({ kind: 'run' }),
      ]);
    }
    const variables = [...text.matchAll(/CI4_DEPLOY_\w+/g)].map(([variable]) => variable);
    expect(Object.keys(inputs).map(variableOf)).toEqual(expect.arrayContaining(variables));
  },
);

test('so are those of the page', () => {
  const page = readFileSync('docs/command-line.md', 'utf8');
  const lines = [...page.matchAll(/^ci4-deploy (.+)$/gm)].map(([, words = '']) => words);
  expect(lines).toHaveLength(3);
  for (const line of lines) {
    expect([line, readArguments(line.split(' '), around).kind]).toEqual([line, 'run']);
  }
});
