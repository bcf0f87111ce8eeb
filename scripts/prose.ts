// Counts what a reader stumbles over: sentences of more than 25 words, words outside the field's own, passives that are
// riddles, and links that lead nowhere. In pages, comments and messages; of pages in French the sentences and links alone.
import { globSync, readFileSync } from 'node:fs';
import { exit, stdout } from 'node:process';
import { comments } from './prose/comments.ts';
import { brokenLinks } from './prose/links.ts';
import { paragraphs, type Part } from './prose/markdown.ts';
import { riddles } from './prose/riddles.ts';
import { longSentences } from './prose/sentences.ts';
import { messages, prose } from './prose/source.ts';
import { stopList, stopped } from './prose/stop-list.ts';

const pages = ['*.md', 'docs/**/*.md', '.github/**/*.md', 'examples/**/*.md'];
const sources = ['src/**/*.ts', 'scripts/**/*.{ts,mjs}', 'test/**/*.ts'];
const others = [
  ...['action.yml', 'check/action.yml', 'check/*.sh', 'src/php/*.php', 'examples/*.{yml,yaml}'],
  ...['.github/**/*.yml', '.github/**/*.sh'],
];
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

function lookForRiddles(file: string, parts: readonly Part[]): void {
  for (const { text, line } of parts) {
    for (const words of riddles(text)) report(file, line, `"${words}": who does it?`);
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
  const parts = paragraphs(page);
  lookForSentences(file, parts);
  for (const { text, line } of brokenLinks(file)) report(file, line, text);
  if (file.endsWith('.fr.md')) continue;
  lookForWords(file, page);
  lookForRiddles(file, parts);
}
for (const file of globSync(sources).filter((name) => !left.includes(name))) {
  const source = readFileSync(file, 'utf8');
  // Strings of tests are programs and pages of others more often than sentences of ours.
  lookForSentences(file, prose(file, source, file.startsWith('test/') ? 'comments' : 'all'));
  if (file.startsWith('src/')) lookForRiddles(file, messages(file, source));
  lookForWords(file, source);
}
for (const file of globSync(others, { exclude: ['**/node_modules/**'] })) {
  const source = readFileSync(file, 'utf8');
  if (file.endsWith('.yml')) lookForSentences(file, comments(source));
  lookForWords(file, source);
}
stdout.write(`${faults} sentences, words, riddles and links to rewrite\n`);
exit(faults === 0 ? 0 : 1);
