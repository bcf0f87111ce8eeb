import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { moments, noCommands } from '../../../src/config/settings-commands.ts';
import { readSettingsFile, severityWords } from '../../../src/config/settings-file.ts';
import { ruleNames } from '../../../src/static/judge/names.ts';

interface Schema {
  readonly properties: {
    readonly tables: {
      readonly additionalProperties: { readonly properties: Readonly<Record<string, object>> };
    };
    readonly commands: { readonly properties: object };
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
    commands: noCommands,
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

test('commands are read with what is left out', () => {
  const one = { limit: 300, mustSucceed: true, hosts: 'each', makes: [] };
  const reported = readSettingsFile(
    `commands:
  in-stage:
    - npm ci
    - run: npm run build
      makes: [public/build, public/manifest.json]
      limit: 15m
  after-switch:
    - { run: php spark warm, must-succeed: false, hosts: first }
`,
    ruleNames,
  );
  expect(reported).toMatchObject({
    commands: {
      'in-stage': [
        { ...one, run: 'npm ci', line: 3 },
        {
          ...one,
          run: 'npm run build',
          limit: 900,
          makes: ['public/build', 'public/manifest.json'],
        },
      ],
      'after-switch': [{ ...one, run: 'php spark warm', mustSucceed: false, hosts: 'first' }],
      'after-rollback': [],
    },
  });
});

test('the schema knows the commands that are read', () => {
  const { commands } = schema.properties;
  expect(Object.keys(commands.properties)).toEqual(moments);
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
  ['commands: {}\n', 0],
  ['commands:\n  before: [a]\n', 2],
  ['commands:\n  in-stage: npm ci\n', 2],
  ['commands:\n  in-stage:\n    - ""\n', 3],
  ['commands:\n  in-stage:\n    - limit: 5m\n', 3],
  ['commands:\n  in-stage:\n    - run: a\n      limit: soon\n', 4],
  ['commands:\n  in-stage:\n    - run: a\n      must-succeed: maybe\n', 4],
  ['commands:\n  in-stage:\n    - run: a\n      hosts: all\n', 4],
  ['commands:\n  in-stage:\n    - run: a\n      makes: ../public\n', 4],
  ['commands:\n  in-stage:\n    - run: a\n      makes: vendor/bin\n', 4],
  ['commands:\n  after-switch:\n    - run: a\n      makes: public/build\n', 4],
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
