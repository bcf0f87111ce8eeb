import { destination } from '../../fakes/workflow.ts';
import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { inputsPage, partsOf, type Action } from '../../../scripts/inputs/page.ts';
import { inputs } from '../../../src/config/inputs.ts';
import { outputs } from '../../../src/report/publish.ts';
import type { Report } from '../../../src/report/report.ts';

const read = (file: string): Action => parse(readFileSync(file, 'utf8')) as Action;
const action = read('action.yml');
const check = read('check/action.yml');
const page = readFileSync('docs/inputs.md', 'utf8');
const names = Object.keys(inputs).toSorted();

test('action.yml has exactly the inputs that the code reads', () => {
  expect(Object.keys(action.inputs).toSorted()).toEqual(names);
});

test('action.yml has exactly the outputs that the code sets', () => {
  const empty: Report = {
    ...{ outcome: 'deployed', command: 'deploy', commit: '', migrations: [], batch: null },
    ...{ columns: [], findings: [], seconds: 0, hosts: [] },
    ...{ unverified: [], ready: [], rollbackNotes: [] },
  } as unknown as Report;
  expect(Object.keys(action.outputs)).toEqual(Object.keys(outputs(empty, destination)));
});

test('docs/inputs.md is what action.yml says', () => {
  expect(page).toBe(inputsPage(action, check));
});

test('docs/inputs.md has each input once among those of the action', () => {
  const [own = ''] = page.split('## Inputs of check/action.yml');
  const listed = [...own.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name = '']) => name);
  expect(listed.toSorted()).toEqual(names);
});

describe('a description', () => {
  test.each([
    ['The port. Format a number. Default 22.', 'The port. Format a number.', '22'],
    ['The server. Format a name. No default.', 'The server. Format a name.', ''],
    ['The key. Format text. No default; this or password is required.', 'The key. Format text.'],
    ['The pool. Format a name. Left out by default.', 'The pool. Format a name.', ''],
    ['What to do. One of a, b.', 'What to do. One of a, b.', ''],
  ])('%s', (description, what, otherwise = 'this or password is required') => {
    expect(partsOf(description)).toEqual([what, otherwise]);
  });
});
