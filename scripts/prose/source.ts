// What people read of a TypeScript file: its comments, and the sentences in its strings.
import ts from 'typescript';
import type { Part } from './markdown.ts';

/** The comments of a source, and of `all` also the sentences in its strings. */
export function prose(file: string, source: string, what: 'comments' | 'all'): readonly Part[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const lineAt = (at: number): number => tree.getLineAndCharacterOfPosition(at).line + 1;
  const found = new Map<number, Part>();
  const visit = (node: ts.Node): void => {
    for (const { pos, end } of commentsAround(node, source)) {
      found.set(pos, { text: withoutStars(source.slice(pos, end)), line: lineAt(pos) });
    }
    const text = what === 'comments' ? null : literal(node);
    const at = node.getStart();
    if (text !== null && isSentence(text)) found.set(at, { text, line: lineAt(at) });
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return [...found.values()].flatMap(({ text, line }) =>
    text.split('\n\n').map((part) => ({ text: part, line })),
  );
}

/** The sentences in the strings of a source alone: what people read in log and report. */
export function messages(file: string, source: string): readonly Part[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const found: Part[] = [];
  const visit = (node: ts.Node): void => {
    const text = literal(node);
    const line = tree.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    if (text !== null && isSentence(text)) found.push({ text, line });
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

function commentsAround(node: ts.Node, source: string): readonly ts.CommentRange[] {
  return [
    ...(ts.getLeadingCommentRanges(source, node.getFullStart()) ?? []),
    ...(ts.getTrailingCommentRanges(source, node.getEnd()) ?? []),
  ];
}

/** The text of a comment; a tag begins a paragraph. */
function withoutStars(comment: string): string {
  return comment
    .split('\n')
    .map((line) => line.replace(/^\s*(?:\/\*\*?|\*\/|\*|\/\/)\s?/, '').replace(/\*\/\s*$/, ''))
    .map((line) => (/^@\w+/.test(line) ? `\n\n${line}` : line.trim() === '' ? '\n' : line))
    .join('\n')
    .replace(/([^\n])\n([^\n])/g, '$1 $2');
}

function literal(node: ts.Node): string | null {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return null;
  return [node.head.text, ...node.templateSpans.map((span) => span.literal.text)].join('code');
}

/** Programs, statements and lists of names are no prose. */
function isSentence(text: string): boolean {
  const program = /[{}|]|&&|\$\(|<\?php|^\s*(?:SELECT|ALTER|CREATE|GRANT)\b|\n\s*\S+\s*=/.test(
    text,
  );
  return !program && /\s\S+\s/.test(text) && /[.,:;]/.test(text);
}
