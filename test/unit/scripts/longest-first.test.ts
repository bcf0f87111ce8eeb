import { existsSync } from 'node:fs';
import { expect, test } from '@jest/globals';

interface Test {
  readonly path: string;
}

const program = '../../../scripts/longest-first.mjs';
const { default: LongestFirst, longest } = (await import(program)) as {
  readonly default: new () => { readonly sort: (tests: readonly Test[]) => readonly Test[] };
  readonly longest: readonly string[];
};

test('every file that is begun first is there', () => {
  expect(longest.filter((name) => !existsSync(`.${name}`))).toEqual([]);
});

test('the longest is begun first, and then the larger of those that are short', () => {
  const paths = ['scripts/build.mjs', 'package.json', 'scripts/suite.mjs'].map((one) => ({
    path: one,
  }));
  const long = { path: `.${longest[0]}` };
  const sorted = new LongestFirst().sort([...paths, long]);
  expect(sorted[0]).toBe(long);
  expect(sorted).toHaveLength(4);
});
