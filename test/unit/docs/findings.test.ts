import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { withTables } from '../../../src/findings/page.ts';
import { sections } from '../../../src/findings/registry.ts';

const page = readFileSync('docs/findings.md', 'utf8');

test('the tables of docs/findings.md are those of the registry', () => {
  expect(page).toBe(withTables(page));
});

test('a table that lacks a finding, or has another severity, is written again', () => {
  const [line = ''] = /\| `locked`.*\n/.exec(page) ?? [];
  expect(withTables(page.replace(line, ''))).toBe(page);
  expect(withTables(page.replace(line, line.replace('error', 'notice')))).toBe(page);
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
