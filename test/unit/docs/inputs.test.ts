import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { inputs } from '../../../src/config/inputs.ts';

const action = parse(readFileSync('action.yml', 'utf8')) as { readonly inputs: object };
const names = Object.keys(inputs).toSorted();

test('action.yml has exactly the inputs that the code reads', () => {
  expect(Object.keys(action.inputs).toSorted()).toEqual(names);
});

test('the README names each of them', () => {
  const readme = readFileSync('README.md', 'utf8');
  expect(names.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
});
