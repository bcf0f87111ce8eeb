import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { readSettingsFile, severityWords } from '../../../src/config/settings-file.ts';
import { ruleNames } from '../../../src/static/judge/names.ts';

interface Schema {
  readonly properties: {
    readonly tables: {
      readonly additionalProperties: { readonly properties: Readonly<Record<string, object>> };
    };
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
  const reported = readSettingsFile(
    'check:\n  rules:\n    column-type: off\n    table-engine: notice\n',
    ruleNames,
  );
  expect(reported).toEqual({
    severities: new Map([
      ['column-type', 'off'],
      ['table-engine', 'notice'],
    ]),
    tables: [],
  });
});

test('tables are read with the lines of what they describe', () => {
  const reported = readSettingsFile(
    `tables:
  orders:
    columns:
      id: int unsigned NOT NULL AUTO_INCREMENT
      note: text
    primary key: id
    unique keys: [note, [id, note]]
    indexes:
      - note
`,
    ruleNames,
  );
  expect(reported).toMatchObject({
    tables: [
      {
        name: 'orders',
        line: 2,
        columns: [
          { name: 'id', sql: 'int unsigned NOT NULL AUTO_INCREMENT', line: 4 },
          { name: 'note', sql: 'text', line: 5 },
        ],
        primaryKey: { columns: ['id'], line: 6 },
        uniqueKeys: [{ columns: ['note'] }, { columns: ['id', 'note'], line: 7 }],
        indexes: [{ columns: ['note'], line: 9 }],
      },
    ],
  });
});

test('the schema knows the parts of a table', () => {
  const { properties } = schema.properties.tables.additionalProperties;
  const all = Object.keys(properties).map(
    (one) => `    ${one}: ${one === 'columns' ? '{ a: int }' : '[a]'}\n`,
  );
  expect(readSettingsFile(`tables:\n  t:\n${all.join('')}`, ruleNames)).toHaveProperty('tables');
});

test.each([
  ['', 0],
  ['tables: {}\n', 0],
  ['tables: []\n', 1],
  ['tables:\n  t:\n    columns: {}\n', 2],
  ['tables:\n  t:\n    columns:\n      a: 5\n', 4],
  ['tables:\n  t:\n    columns:\n      a: int\n      a: int\n', 5],
  ['tables:\n  t:\n    columns:\n      a: int\n    primary_key: a\n', 5],
  ['tables:\n  t:\n    columns:\n      a: int\n    primary key: {}\n', 5],
  ['tables:\n  t:\n    columns:\n      a: int\n    indexes: a\n', 5],
  ['tables:\n  t:\n    columns:\n      a: int\n    indexes: [a, [1]]\n', 5],
  ['tables:\n  toString:\n    columns:\n      a: int\n    toString: b\n', 5],
  ['# nothing\n', 0],
  ['check:\n', 1],
  ['chekc: {}\n', 1],
  ['check:\n  rules:\n    column-typo: off\n', 3],
  ['check:\n  rules:\n    column-type: of\n', 3],
  ['check:\n  rules:\n    column-type: off\n    column-type: error\n', 4],
  ['- check\n', 1],
  ['check: [\n', 2],
])('%j: the line of the problem', (text, line) => {
  const reported = readSettingsFile(text, ruleNames);
  expect('severities' in reported ? 0 : reported[0]?.line).toBe(line);
});
