const lineEnd = /\r\n?/g;
// C0 but tab and line feed, DEL, C1: they would repaint a log, begin an escape sequence or end a line.
// eslint-disable-next-line no-control-regex -- these are what is looked for
const control = /[\x01-\x08\x0b-\x1f\x7f-\x9f]|\p{Cs}/gu;
// Formats (bidirectional controls, zero-width signs, tags), line separators, and letters that show nothing. Variation
// selectors stay: emoji in the subjects of commits have them, and alone they show nothing else.
const unseen = /(?![\ufe0e\ufe0f])[\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * Text that says only what is seen of it. No line end but `\n`, no sign that is invisible, turns the others round or repaints them. And nothing that the runner finds as a command in the middle of a line. What was replaced is seen.
 * Once is as good as twice.
 */
export function harmless(text: string): string {
  return text
    .replace(lineEnd, '\n')
    .replaceAll('##[', '# #[')
    .replaceAll('\0', ' ')
    .replace(control, '�')
    .replace(unseen, named);
}

/** `[U+202E]`: in a name that is wrong the sign itself matters. */
function named(sign: string): string {
  const point = (sign.codePointAt(0) ?? 0).toString(16).toUpperCase();
  return `[U+${point.padStart(4, '0')}]`;
}

/** The same value with every text in it made harmless; what is neither text, list nor plain object stays. */
export function cleaned<T>(value: T): T {
  return clean(value) as T;
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return harmless(value);
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== 'object' || value === null) return value;
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, clean(one)]));
}
