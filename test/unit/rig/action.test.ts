import { destination } from '../../fakes/workflow.ts';
import { expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { inputs, type Input } from '../../../src/config/inputs.ts';
import { outputs } from '../../../src/report/publish.ts';
import type { Report } from '../../../src/report/report.ts';

interface Reported {
  readonly description: string;
  readonly default?: string;
}

const action = parse(
  await readFile(new URL('../../../action.yml', import.meta.url), 'utf8'),
) as Record<'inputs' | 'outputs', Record<string, Reported>>;
const table = Object.entries<Input<unknown>>(inputs);
const known = Object.keys(inputs);

test('action.yml and the table have the same inputs', () => {
  expect(Object.keys(action.inputs).toSorted()).toEqual(known.toSorted());
});

test.each(table)(
  'the default of %s is the one of the table',
  (name, { parse: read, otherwise }) => {
    const reported = action.inputs[name];
    if (name === 'commit' || name === 'branch') {
      expect(reported?.default).toBe(
        name === 'commit' ? '${{ github.sha }}' : '${{ github.ref_name }}',
      );
    } else if (reported?.default === undefined) {
      expect([null, '', []]).toContainEqual(otherwise);
    } else {
      expect(read(reported.default)).toEqual(otherwise);
      expect(reported.description).toContain(`Default ${reported.default}.`);
    }
  },
);

test.each(table)('the description of %s says where a secret comes from', (name, { secret }) => {
  expect(action.inputs[name]?.description.includes('from a secret')).toBe(secret);
});

test('action.yml and the report have the same outputs', () => {
  const empty: Report = {
    outcome: 'deployed',
    command: '',
    hosts: [],
    commit: '',
    migrations: [],
    batch: null,
    columns: [],
    findings: [],
    unverified: [],
    rollbackNotes: [],
    ready: [],
    visitors: null,
    roundTrips: 0,
    seconds: 0,
  };
  expect(Object.keys(action.outputs)).toEqual(Object.keys(outputs(empty, destination)));
});
