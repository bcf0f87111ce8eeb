// Prints sentences of more than 25 words, and words of the stop list, in pages, comments and messages.
import { globSync, readFileSync } from 'node:fs';
import { exit, stdout } from 'node:process';
import { paragraphs, type Part } from './prose/markdown.ts';
import { longSentences } from './prose/sentences.ts';
import { prose } from './prose/source.ts';
import { stopList, stopped } from './prose/stop-list.ts';

const pages = ['*.md', 'docs/*.md', '.github/*.md'];
const sources = ['src/**/*.ts', 'scripts/**/*.{ts,mjs}', 'test/**/*.ts'];
// What is generated, and what has to hold the words.
const left = ['src/php/programs.ts', 'scripts/prose/stop-list.ts', 'test/unit/docs/prose.test.ts'];

let faults = 0;
function report(file: string, line: number, words: string): void {
  faults += 1;
  stdout.write(`${file}:${line}: ${words}\n`);
}

function lookForSentences(file: string, parts: readonly Part[]): void {
  for (const { text, line } of parts) {
    for (const { sentence, words } of longSentences(text)) {
      report(file, line, `${words} words: ${sentence}`);
    }
  }
}

function lookForWords(file: string, text: string): void {
  text.split('\n').forEach((content, index) => {
    for (const word of stopped(content)) {
      report(file, index + 1, `"${word}": better ${stopList[word] ?? ''}`);
    }
  });
}

for (const file of globSync(pages)) {
  const page = readFileSync(file, 'utf8');
  lookForSentences(file, paragraphs(page));
  if (!file.endsWith('.fr.md')) lookForWords(file, page);
}
for (const file of globSync(sources).filter((name) => !left.includes(name))) {
  const source = readFileSync(file, 'utf8');
  // Strings of tests are programs and pages of others more often than sentences of ours.
  lookForSentences(file, prose(file, source, file.startsWith('test/') ? 'comments' : 'all'));
  lookForWords(file, source);
}
for (const file of ['action.yml', 'check/action.yml', ...globSync('src/php/*.php')]) {
  lookForWords(file, readFileSync(file, 'utf8'));
}
stdout.write(`${faults} sentences and words to rewrite\n`);
exit(faults === 0 ? 0 : 1);
