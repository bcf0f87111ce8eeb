// Writes the tables of docs/findings.md from the registry in src/findings; with --check it only compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { argv, exit, stderr } from 'node:process';
import { withTables } from '../src/findings/page.ts';

const file = 'docs/findings.md';
const page = readFileSync(file, 'utf8');
const made = withTables(page);
if (!argv.includes('--check')) writeFileSync(file, made);
else if (made !== page) {
  stderr.write(`${file} is not what the registry says: node scripts/findings-page.mjs\n`);
  exit(1);
}
