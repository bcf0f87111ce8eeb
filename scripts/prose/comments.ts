// What people read of YAML: its comments, and the descriptions of an action.
import type { Part } from './markdown.ts';

/** The comments of a file, lines that follow each other as one text, and each description. */
export function comments(source: string): readonly Part[] {
  const found: Part[] = [];
  let last = -1;
  for (const [index, row] of source.split('\n').entries()) {
    const [, description] = /^\s*description:\s+(.*)$/.exec(row) ?? [];
    const [, text = description] = /^(?:\s*|.*\s)#\s+(.*)$/.exec(row) ?? [];
    if (text === undefined) continue;
    const previous = found.at(-1);
    if (previous !== undefined && description === undefined && last === index - 1) {
      found[found.length - 1] = { ...previous, text: `${previous.text} ${text}` };
    } else found.push({ text, line: index + 1 });
    last = index;
  }
  return found;
}
