// Writes docs/inputs.md from action.yml and check/action.yml; with --check it only compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { argv, exit, stderr } from 'node:process';
import { parse } from 'yaml';
import { inputsPage, type Action } from './inputs/page.ts';

const file = 'docs/inputs.md';
const read = (name: string): Action => parse(readFileSync(name, 'utf8')) as Action;
const made = inputsPage(read('action.yml'), read('check/action.yml'));
if (!argv.includes('--check')) writeFileSync(file, made);
else if (made !== readFileSync(file, 'utf8')) {
  stderr.write(`${file} is not what action.yml says: node scripts/inputs-page.ts\n`);
  exit(1);
}
