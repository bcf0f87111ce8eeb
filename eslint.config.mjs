import js from '@eslint/js';
import tseslint from 'typescript-eslint';
import { rooms } from './scripts/rooms.mjs';

const adapters = [
  'src/server/ssh/**',
  'src/schema/mysql/**',
  'src/report/actions.ts',
  'src/runner.ts',
  'src/checkout/**',
  'src/login.ts',
  'src/start.ts',
  'src/action.ts',
  'src/command-line.ts',
  'src/until-cancelled.ts',
  'src/run.ts',
  'src/run-check.ts',
  'src/run-plan.ts',
];
const libraries = {
  regex: '^(@actions/|node-ssh|ssh2|mysql2|node:fs|node:child_process|node:net|node:process)',
  message: 'Only an adapter knows a library or the machine: go through its port.',
};
const protocols = {
  regex: '^node:(http|https|http2|tls|dns|dgram)',
  message: 'Only src/net speaks HTTP and TLS.',
};

// Every room that `room` does not see. The files beside the rooms (finding, secret) are seen by all.
const unseen = (room, seen) =>
  `^(\\.\\./)+(?!(${seen.join('|') || '-'})(/|\\.ts$))(${Object.keys(rooms)
    .filter((other) => other !== room)
    .join('|')})/`;

const direction = Object.entries(rooms).map(([room, { sees: seen }]) => ({
  files: [`src/${room}/**`],
  ignores: adapters,
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          libraries,
          ...(room === 'net' ? [] : [protocols]),
          {
            regex: unseen(room, seen),
            message: `src/${room} may import ${seen.join(', ') || 'nothing'} (ARCHITECTURE.md).`,
          },
          {
            regex:
              '(^|/)(ssh/|mysql/(mysql|scratch)\\.ts$|actions\\.ts$|checkout/|login\\.ts$|run(-check)?\\.ts$|action\\.ts$|command-line\\.ts$|start\\.ts$)',
            message: 'Adapters are known to run.ts and action.ts alone.',
          },
        ],
      },
    ],
    'no-restricted-globals': [
      'error',
      { name: 'process', message: 'Only action.ts knows the process.' },
      { name: 'console', message: 'Say it through the report.' },
    ],
  },
}));

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'src/php/programs.ts'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      complexity: ['error', 10],
    },
  },
  ...direction,
  {
    files: ['src/*/**/*.ts'],
    ignores: ['src/steps/database/described.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ImportExpression',
          message:
            'Who may import whom is checked for import declarations alone: use one, or load it in run.ts.',
        },
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      'max-lines-per-function': 'off',
      'no-restricted-properties': [
        'error',
        { object: 'jest', property: 'mock', message: 'Use a fake port.' },
        { object: 'jest', property: 'unstable_mockModule', message: 'Use a fake port.' },
        { object: 'jest', property: 'spyOn', message: 'Use a fake port.' },
      ],
    },
  },
  {
    files: ['test/server/situations/**', 'test/server/{breakages,measure,situation}.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { name: '@jest/globals', message: 'npm run situations runs without jest: use expect.' },
      ],
    },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        Buffer: 'readonly',
      },
    },
  },
);
