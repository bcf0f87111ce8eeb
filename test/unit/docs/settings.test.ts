import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { readSettingsFile, severityWords } from '../../../src/config/settings-file.ts';
import { ruleNames } from '../../../src/static/judge/names.ts';

interface Schema {
  readonly properties: {
    readonly check: { readonly properties: { readonly rules: { readonly properties: object } } };
  };
  readonly definitions: { readonly severity: { readonly enum: readonly string[] } };
}

const schema = JSON.parse(readFileSync('docs/ci4-deploy.schema.json', 'utf8')) as Schema;

test('the schema of .ci4-deploy.yml knows the rules and severities that the code knows', () => {
  const { rules } = schema.properties.check.properties;
  expect(Object.keys(rules.properties)).toEqual(ruleNames.toSorted());
  expect(schema.definitions.severity.enum).toEqual(severityWords);
});

test('severities are read by rule', () => {
  const told = readSettingsFile(
    'check:\n  rules:\n    column-type: off\n    table-engine: notice\n',
    ruleNames,
  );
  expect(told).toEqual({
    severities: new Map([
      ['column-type', 'off'],
      ['table-engine', 'notice'],
    ]),
  });
});

test.each([
  ['', 0],
  ['# nothing\n', 0],
  ['check:\n', 1],
  ['chekc: {}\n', 1],
  ['check:\n  rules:\n    column-typo: off\n', 3],
  ['check:\n  rules:\n    column-type: of\n', 3],
  ['check:\n  rules:\n    column-type: off\n    column-type: error\n', 4],
  ['- check\n', 1],
  ['check: [\n', 2],
])('%j: the line of the problem', (text, line) => {
  const told = readSettingsFile(text, ruleNames);
  expect('severities' in told ? 0 : told[0]?.line).toBe(line);
});
