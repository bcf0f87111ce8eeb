import { describe, expect, test } from '@jest/globals';
import { masked } from '../../rig/runner-masks.ts';
import { parsePairs } from '../../rig/runner-files.ts';
import { evaluate, inputVariables } from '../../rig/runner-manifest.ts';
import { parseCommand } from '../../rig/workflow-commands.ts';

describe('a line is read as a command', () => {
  test.each([
    ['::error::no', 'error', {}, 'no'],
    ['  \t::error::no', 'error', {}, 'no'],
    ['\u0085::error::no', 'error', {}, 'no'],
    ['::Error::no', 'error', {}, 'no'],
    ['::debug::', 'debug', {}, ''],
    ['::group::a::b', 'group', {}, 'a::b'],
    ['::error file=a.php,line=3::no', 'error', { file: 'a.php', line: '3' }, 'no'],
    ['::error File=a.php, title=x=y,empty=::no', 'error', { file: 'a.php', title: 'x=y' }, 'no'],
    ['::error file=a%2Cb%3Ac%25::1%0A2%0D%25', 'error', { file: 'a,b:c%' }, '1\n2\r%'],
    ['::error::%250A', 'error', {}, '%0A'],
    ['::error::%3A%2C', 'error', {}, '%3A%2C'],
    ['##[error]no', 'error', {}, 'no'],
    ['text ##[error]no', 'error', {}, 'no'],
    ['##[error file=a.php;line=3]%5D%3B', 'error', { file: 'a.php', line: '3' }, '];'],
  ])('%j', (line, name, properties, data) => {
    const found = parseCommand(line);
    expect(found).toMatchObject({ name, data });
    expect(Object.fromEntries(found?.properties ?? [])).toEqual(properties);
  });

  test.each([
    'text ::error::no',
    '::error:no',
    '::nothing::x',
    '::error',
    '##[error',
    '#[error]no',
    '',
  ])('not %j', (line) => {
    expect(parseCommand(line)).toBeNull();
  });
});

describe('the files of a step', () => {
  test.each([
    ['a=1\nb=x=y\n', { a: '1', b: 'x=y' }],
    ['a<<END\nEND\n', { a: '' }],
    ['a<<END\none\n\n two\nEND\nb=2', { a: 'one\n\n two', b: '2' }],
    ['a<<END\nEND \nEND\n', { a: 'END ' }],
    ['a=1<<2\n', { a: '1<<2' }],
    ['a=1\na=2\n\n', { a: '2' }],
    ['', {}],
  ])('%j', (text, pairs) => {
    expect(Object.fromEntries(parsePairs(text))).toEqual(pairs);
  });

  test.each([
    ['nothing', "Invalid format 'nothing'"],
    ['a<<END\none', "Matching delimiter not found 'END'"],
    ['<<END\nEND', 'Name must not be empty'],
    ['a<<\n', 'delimiter must not be empty'],
  ])('refused: %j', (text, message) => {
    expect(() => parsePairs(text)).toThrow(message);
  });
});

test.each([
  ['no secret', ['hidden'], 'no secret'],
  ['a hidden b hidden', ['hidden'], 'a *** b ***'],
  ['longer-one', ['longer', 'longer-one'], '***'],
  ['abcde', ['abc', 'cde'], '***'],
  ['abcd', ['ab', 'cd'], '***'],
  ['aaa', ['aa'], '***'],
  ['text', [''], 'text'],
])('masks: %j without %j is %j', (text, masks, shown) => {
  expect(masked(text, masks)).toBe(shown);
});

describe('defaults', () => {
  test.each([
    ['plain', 'plain'],
    ['${{ github.sha }}', 'abc'],
    ['${{github.sha}}-${{ github.ref_name }}', 'abc-main'],
  ])('%j', (text, value) => {
    expect(evaluate(text, { sha: 'abc', ref_name: 'main' })).toBe(value);
  });

  test.each(['${{ github.token }}', '${{ secrets.KEY }}', "${{ github.sha || 'x' }}"])(
    'refused: %j',
    (text) => {
      expect(() => evaluate(text, { sha: 'abc' })).toThrow('cannot evaluate');
    },
  );

  test('only a missing input gets its default', () => {
    const inputs = new Map([
      ['port', '22'],
      ['path', '/var/www'],
      ['a b', ''],
    ]);
    const manifest = { name: 'x', inputs, using: 'node24', main: 'x', post: undefined };
    expect(inputVariables(manifest, { Port: '', 'ssh-keys': 'k' }, {})).toEqual({
      variables: { INPUT_PORT: '', INPUT_PATH: '/var/www', INPUT_A_B: '', 'INPUT_SSH-KEYS': 'k' },
      unexpected: ['ssh-keys'],
    });
  });
});
