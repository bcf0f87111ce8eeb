// The paragraphs of a Markdown page: text between blank lines, items of lists, cells of tables, headings.

/** Text with the line it begins at; code blocks and HTML are left out. */
export function paragraphs(page) {
  const found = [];
  let fence = null;
  let current = null;
  const close = () => {
    if (current !== null) found.push(current);
    current = null;
  };
  page.split('\n').forEach((line, at) => {
    const mark = /^\s*(```+|~~~+)/.exec(line)?.[1];
    if (fence !== null || mark !== undefined) {
      close();
      fence = fence === null ? mark : mark === fence ? null : fence;
      return;
    }
    if (line.startsWith('|')) {
      close();
      for (const cell of line.split('|')) found.push({ text: cell.trim(), line: at + 1 });
      return;
    }
    if (line.trim() === '' || /^\s*<[^>]*>\s*$/.test(line)) {
      close();
      return;
    }
    if (/^\s*(?:[-*+]|\d+\.|#+|>)\s/.test(line)) close();
    const text = line.trim().replace(/^(?:[-*+]|\d+\.|#+|>)\s+/, '');
    current =
      current === null ? { text, line: at + 1 } : { ...current, text: `${current.text} ${text}` };
  });
  close();
  return found;
}
