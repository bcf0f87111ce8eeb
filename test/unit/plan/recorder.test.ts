import { expect, test } from '@jest/globals';
import { errorFinding, warningFinding } from '../../../src/finding.ts';
import { Recorder } from '../../../src/plan/recorder.ts';
import { Stopped } from '../../../src/plan/results.ts';

const warning = warningFinding('cleanup-failed', 'a', 'b');

test('a finding is recorded once, and again with other words or another name', () => {
  const recorder = new Recorder();
  recorder.find(warning, warning);
  recorder.find({ ...warning, message: 'c' }, { ...warning, name: 'tables-left' });
  expect(recorder.findings).toEqual([
    warning,
    { ...warning, message: 'c' },
    { ...warning, name: 'tables-left' },
  ]);
});

test('only an error stops', () => {
  const recorder = new Recorder();
  recorder.find(warning);
  recorder.stopAtErrors();
  recorder.find(errorFinding('table-missing', 'a', 'b'), warning);
  expect(() => {
    recorder.stopAtErrors();
  }).toThrow(new Stopped('errors were found'));
});

test('what was taken from it does not grow', () => {
  const recorder = new Recorder();
  recorder.find(warning);
  recorder.unverified.push('one.');
  recorder.rollbackNotes.push('two.');
  const { recorded } = recorder;
  recorder.find({ ...warning, message: 'later' });
  recorder.unverified.push('later');
  recorder.rollbackNotes.push('later');
  expect(recorded).toEqual({
    findings: [warning],
    unverified: ['one.'],
    rollbackNotes: ['two.'],
    did: [],
    answers: null,
    ran: [],
    ready: [],
  });
});
