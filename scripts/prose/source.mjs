// What people read of a TypeScript file: its comments, and the sentences in its strings.
import ts from 'typescript';

/** Text with the line it begins at. */
export function prose(file, source) {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const lineAt = (at) => tree.getLineAndCharacterOfPosition(at).line + 1;
  const found = new Map();
  const visit = (node) => {
    const around = [
      ...(ts.getLeadingCommentRanges(source, node.getFullStart()) ?? []),
      ...(ts.getTrailingCommentRanges(source, node.getEnd()) ?? []),
    ];
    for (const { pos, end } of around) {
      if (!found.has(pos))
        found.set(pos, { text: comment(source.slice(pos, end)), line: lineAt(pos) });
    }
    const text = literal(node);
    if (text !== null && isSentence(text))
      found.set(node.getStart(), { text, line: lineAt(node.getStart()) });
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return [...found.values()].flatMap(({ text, line }) =>
    text.split('\n\n').map((part) => ({ text: part, line })),
  );
}

function comment(text) {
  return text
    .split('\n')
    .map((line) => line.replace(/^\s*(?:\/\*\*?|\*\/|\*|\/\/)\s?/, '').replace(/\*\/\s*$/, ''))
    .map((line) => (/^@\w+/.test(line) ? `\n\n${line}` : line.trim() === '' ? '\n' : line))
    .join('\n')
    .replace(/([^\n])\n([^\n])/g, '$1 $2');
}

function literal(node) {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return null;
  return [node.head.text, ...node.templateSpans.map((span) => span.literal.text)].join('code');
}

/** Programs, statements and paths are no prose. */
function isSentence(text) {
  return (
    /\s\S+\s/.test(text) &&
    !/[{}|]|&&|\$\(|<\?php|^\s*(?:SELECT|ALTER|CREATE|GRANT)\b|\n\s*\S+\s*=/.test(text)
  );
}
