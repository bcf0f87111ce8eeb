import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { explanations } from '../../../src/findings/explained/all.ts';
import type { Explanation } from '../../../src/findings/explained/explanation.ts';
import { withTables } from '../../../src/findings/page.ts';
import { sections } from '../../../src/findings/registry.ts';

const page = readFileSync('docs/findings.md', 'utf8');

test('the tables of docs/findings.md are those of the registry', () => {
  expect(page).toBe(withTables(page));
});

test('a table that lacks a finding, or has another severity, is written again', () => {
  const [line = ''] = /\| \[`locked`\].*\n/.exec(page) ?? [];
  expect(line).toContain('error');
  expect(withTables(page.replace(line, ''))).toBe(page);
  expect(withTables(page.replace(line, line.replace('error', 'notice')))).toBe(page);
});

test('an explanation that was edited on the page is written again', () => {
  const [text = ''] = /### `locked`\n[\s\S]*?(?=\n### )/.exec(page) ?? [];
  for (const part of ['Cause', 'For the site', 'Remedy', 'What it is not']) {
    expect(text).toMatch(new RegExp(`^- \\*\\*${part}\\.\\*\\* .{20}`, 'm'));
  }
  expect(withTables(page.replace(text, ''))).toBe(page);
  expect(withTables(page.replace(text, text.replace('Cause', 'Reason')))).toBe(page);
});

test('every finding has its anchor, once, and four texts of its own', () => {
  const anchors = [...page.matchAll(/^### `([a-z-]+)`$/gm)].map(([, name]) => name);
  const names = Object.values(sections).flatMap((entries) => Object.keys(entries));
  expect(anchors).toEqual(names);
  const texts = Object.values(explanations).flatMap((one) => Object.values(one));
  const causes = texts.map(({ cause }: Explanation) => cause);
  expect(new Set(causes).size).toBe(causes.length);
  const parts = texts.flatMap(({ cause, site, remedy, not }: Explanation) => [
    cause,
    site,
    remedy,
    not,
  ]);
  expect(parts.filter((part) => part.length < 5)).toEqual([]);
});

test('every heading with a table is a section, and no name stands in two', () => {
  const headings = page.split('\n## ').filter((part) => part.includes('\n| name |'));
  expect(headings.map((part) => part.split('\n')[0])).toEqual(Object.keys(sections));
  const names = Object.values(sections).flatMap((entries) => Object.keys(entries));
  expect(new Set(names).size).toBe(names.length);
});

test('every name in the registry is one that the code can report', () => {
  const code = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.startsWith('findings/'))
    .map((name) => readFileSync(join('src', name), 'utf8'))
    .join('\n');
  const composed = /^stranded-|^(?:fpm-)?(?:mysqli|intl|mbstring)-missing$/;
  const names = Object.values(sections).flatMap((entries) => Object.keys(entries));
  expect(names.filter((name) => !composed.test(name) && !code.includes(`'${name}'`))).toEqual([]);
});
