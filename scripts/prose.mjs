// Prints sentences of more than 25 words, and words of the stop list, in pages, comments and messages.
import { globSync, readFileSync } from 'node:fs';
import { argv, exit, stdout } from 'node:process';
import { paragraphs } from './prose/markdown.mjs';
import { longSentences } from './prose/sentences.mjs';
import { prose } from './prose/source.mjs';
import { stopList, stopped } from './prose/stop-list.mjs';

const pages = ['*.md', 'docs/*.md', '.github/*.md'];
const sources = ['src/**/*.ts', 'scripts/**/*.mjs', 'test/**/*.ts'];
const generated = ['src/php/programs.ts', 'scripts/prose/stop-list.mjs'];

let faults = 0;
function say(file, line, words) {
  faults += 1;
  if (!argv.includes('--count')) stdout.write(`${file}:${line}: ${words}\n`);
}

function look(file, parts) {
  for (const { text, line } of parts) {
    for (const { sentence, words } of longSentences(text))
      say(file, line, `${words} words: ${sentence}`);
  }
}

function lookForWords(file, text) {
  text.split('\n').forEach((content, at) => {
    for (const word of stopped(content)) say(file, at + 1, `"${word}": better ${stopList[word]}`);
  });
}

for (const file of globSync(pages)) {
  const page = readFileSync(file, 'utf8');
  look(file, paragraphs(page));
  if (!file.endsWith('.fr.md')) lookForWords(file, page);
}
for (const file of globSync(sources).filter((name) => !generated.includes(name))) {
  const source = readFileSync(file, 'utf8');
  look(file, prose(file, source));
  lookForWords(file, source);
}
for (const file of ['action.yml', 'check/action.yml', ...globSync('src/php/*.php')]) {
  lookForWords(file, readFileSync(file, 'utf8'));
}
stdout.write(`${faults} sentences and words to rewrite\n`);
exit(faults === 0 ? 0 : 1);
