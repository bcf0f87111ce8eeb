import { harmless } from './harmless.ts';

// What GitHub makes links, people, pictures or formulas of after Markdown is read, so that no backslash helps: addresses,
// @mentions, #1 and GH-1, commit ids, :emoji:, $math$ (github.github.com/gfm, docs.github.com, Working with advanced
// formatting). In code it does not look. A time of the day is no emoji.
const becomesMore =
  /:\/\/|www\.|[@$]|#[\w-]|GH-\d|:(?!\d\d:)[\w+-]+:|(?<![0-9a-z])[0-9a-f]{7,40}(?![0-9a-z])/i;
// A bar would end the cell of a table even in code, and a backtick would end the code.
const words = /[^\s|`]+/g;

/**
 * Text of strangers in one line of Markdown: no link, picture, heading, list, HTML or table border comes out of it.
 * Words of which GitHub would make more are shown as code, where they can also be copied.
 */
export function escape(text: string): string {
  const line = harmless(text)
    .replace(/\s*\n\s*/g, ' ')
    .trim();
  let done = '';
  let at = 0;
  for (const { 0: word, index } of line.matchAll(words)) {
    if (!becomesMore.test(word)) continue;
    const core = word.replace(/^[("'[]+/, '').replace(/[.,;!?)\]"']+$/, '');
    const code = becomesMore.test(core) ? core : word;
    const start = index + word.indexOf(code);
    done += `${signs(line.slice(at, start))}\`${code}\``;
    at = start + code.length;
  }
  return beginning(`${done}${signs(line.slice(at))}`);
}

function signs(text: string): string {
  return text
    .replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? sign)
    .replace(/([\\`*_{}[\]()#+!|~@])/g, '\\$1');
}

/** What begins a line may be no item of a list and no rule. */
function beginning(text: string): string {
  return text.replace(/^[-=]/, '\\$&').replace(/^(\d{1,9})\.(?=\s|$)/, '$1\\.');
}

/** Lines to copy, in a fence that nothing inside can close. It stands in a list item as well as alone. */
export function fenced(text: string, language = '', indent = '  '): string {
  const lines = harmless(text).split('\n');
  const runs = [...text.matchAll(/`+/g)].map(([run]) => run.length + 1);
  const fence = '`'.repeat(runs.reduce((most, one) => Math.max(most, one), 3));
  return [`${fence}${language}`, ...lines, fence].map((line) => `${indent}${line}`).join('\n');
}

/**
 * Lines to copy, whole on every screen. A fence does not break a line that is longer than the screen; code in a paragraph
 * does. Each line stands alone, so that what is copied has the line ends that it had.
 */
export function copyable(text: string, indent: string): string {
  const lines = harmless(text).split('\n');
  // An empty line would end the paragraph, and what was copied would lack it.
  if (lines.some((line) => line.trim() === '')) return fenced(text, '', indent);
  return lines.map((line) => `${indent}${code(line)}`).join('\\\n');
}

/** One line as code that nothing in it can end. */
function code(line: string): string {
  const runs = [...line.matchAll(/`+/g)].map(([run]) => run.length);
  const sign = '`'.repeat(Math.max(0, ...runs) + 1);
  const pad = /^[ `]|[ `]$/.test(line) ? ' ' : '';
  return `${sign}${pad}${line}${pad}${sign}`;
}

/** Markdown that is out of sight until asked for; it is read as Markdown only after an empty line. */
export function folded(title: string, content: string, indent = ''): string {
  const parts = [`<details><summary>${title}</summary>`, '', content, '', '</details>'];
  return parts
    .map((part) => (part === '' || part === content ? part : `${indent}${part}`))
    .join('\n');
}

/** A list under its own heading; nothing where there are no items. */
export function list(title: string, items: readonly string[]): string {
  if (items.length === 0) return '';
  return `### ${title}\n\n${itemised(items)}`;
}

/** Texts of strangers as a list. */
export function itemised(items: readonly string[]): string {
  return items.map((item) => `- ${escape(item)}`).join('\n');
}

/** A table; its cells are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(head),
    line(head.map((one) => (one === 'Seconds' ? '---:' : '---'))),
    ...rows.map(line),
  ].join('\n');
}

/** The beginning of a page, in whole lines, that is no larger than so many bytes. */
export function cut(page: string, bytes: number): string {
  if (Buffer.byteLength(page) <= bytes) return page;
  const kept = Buffer.from(page).subarray(0, bytes).toString();
  return `${kept.slice(0, kept.lastIndexOf('\n'))}\n\n(cut)\n`;
}
