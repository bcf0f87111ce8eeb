import { describe, expect, test } from '@jest/globals';
import { paragraphs } from '../../../scripts/prose/markdown.ts';
import { longSentences } from '../../../scripts/prose/sentences.ts';
import { prose } from '../../../scripts/prose/source.ts';
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
