import { describe, expect, test } from '@jest/globals';
import { comments } from '../../../scripts/prose/comments.ts';
import { paragraphs } from '../../../scripts/prose/markdown.ts';
import { riddles } from '../../../scripts/prose/riddles.ts';
import { longSentences } from '../../../scripts/prose/sentences.ts';
import { messages, prose } from '../../../scripts/prose/source.ts';
import { stopped } from '../../../scripts/prose/stop-list.ts';

const words = (count: number): string => Array.from({ length: count }, () => 'word').join(' ');

describe('sentences', () => {
  test.each([
    ['25 words', `${words(25)}.`, 0],
    ['26 words', `${words(26)}.`, 1],
    ['two of 20', `${words(20)}. ${words(20)}!`, 0],
    ['code counts once', `${words(20)} \`${words(20)}\`.`, 0],
    ['a dot inside a word ends nothing', `${words(20)} a.b ${words(10)}.`, 1],
    ['e.g. ends nothing', `${words(20)} e.g. ${words(10)}.`, 1],
  ])('are counted right: %s', (_, text, count) => {
    expect(longSentences(text)).toHaveLength(count);
  });
});

test('the paragraphs of a page: lists, cells and headings by themselves, no code', () => {
  const page = '# A\n\none\ntwo\n\n- item\n  goes on\n- next\n\n| a | b |\n\n```sh\ncode\n```\n';
  const texts = paragraphs(page).map(({ text }) => text);
  expect(texts.filter((text) => text !== '')).toEqual([
    'A',
    'one two',
    'item goes on',
    'next',
    'a',
    'b',
  ]);
});

test('comments and sentences of a source, not its programs', () => {
  const source = [
    '/** One',
    ' * two.',
    ' * @returns three',
    ' */',
    'const a = `Say, ${b} and this.`;',
    'const c = `if [ x ]; then y && z; fi`;',
  ].join('\n');
  const texts = prose('a.ts', source, 'all').map(({ text }) => text.trim());
  expect(texts.filter((text) => text !== '')).toEqual([
    'One two.',
    '@returns three',
    'Say, code and this.',
  ]);
  expect(prose('a.ts', source, 'comments').some(({ text }) => text.includes('Say'))).toBe(false);
});

test('words of the stop list, also in identifiers', () => {
  expect(stopped('The site is ill, was taken back')).toEqual(['ill', 'taken back']);
  expect(stopped('const siteIll = phpTold(x)')).toEqual(['ill', 'told']);
  expect(stopped('still, will, retold')).toEqual([]);
});

test('passives that leave the doer to guess', () => {
  expect(riddles('It is said that what was seen there, as it is meant, is said\nlater.')).toEqual([
    'it is said',
    'what was seen',
    'it is meant',
    'is said',
  ]);
  expect(
    riddles('The report says what git said. This is said by git. Nothing was touched.'),
  ).toEqual([]);
});

test('messages of a source are its sentences without its comments', () => {
  const source = "// It is said.\nconst a = 'The server answers, it is said.';\nconst b = 'x';";
  expect(messages('a.ts', source)).toEqual([{ text: 'The server answers, it is said.', line: 2 }]);
});

test('comments of YAML, and descriptions', () => {
  const source = '# One\n# two.\non: push # three\ninputs:\n  a:\n    b: 1 # c\n';
  expect(comments(source).map(({ text }) => text)).toEqual(['One two. three', 'c']);
  expect(comments('a:\n  description: Four.\n')).toEqual([{ text: 'Four.', line: 2 }]);
});
