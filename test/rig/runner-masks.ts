/** `***` in place of every masked value; values that overlap or touch become one, as in the runner. */
export function masked(text: string, masks: Iterable<string>): string {
  const spans = [...masks].flatMap((mask) => occurrences(text, mask));
  spans.sort((a, b) => a.from - b.from);
  let shown = '';
  let at = 0;
  for (const [index, { from, to }] of spans.entries()) {
    if (index === 0 || from > at) shown += `${text.slice(at, from)}***`;
    at = Math.max(at, to);
  }
  return shown + text.slice(at);
}

interface Span {
  readonly from: number;
  readonly to: number;
}

function occurrences(text: string, mask: string): Span[] {
  const found: Span[] = [];
  if (mask === '') return found;
  for (let from = text.indexOf(mask); from >= 0; from = text.indexOf(mask, from + 1)) {
    found.push({ from, to: from + mask.length });
  }
  return found;
}
