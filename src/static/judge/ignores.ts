import { type Finding, type Severity, remedies } from '../../finding.ts';
import { ruleNames } from './names.ts';

const mark = /(?:\/\/|#|\/?\*)\s*ci4-deploy-ignore\b\s*([^:\s]*)\s*(?::\s*(.*?))?\s*(?:\*\/)?\s*$/;

/** A finding that a comment took out. */
export interface Ignored {
  readonly rule: string;
  readonly reason: string;
  /** The finding's own words. */
  readonly found: string;
  /** The line of the comment, trimmed, and where it stands. */
  readonly comment: string;
  readonly at: { readonly file: string; readonly line: number };
}

/**
 * Takes out the findings that a comment on their line, or on the line above, says to ignore, with its reason:
 * `// ci4-deploy-ignore rule-name: reason`. A comment without a reason or with an unknown name ignores nothing and is
 * an error itself.
 * @param texts all files that comments may stand in, by path
 */
export function withoutIgnored(
  findings: readonly Finding[],
  texts: ReadonlyMap<string, string>,
): { readonly left: readonly Finding[]; readonly ignored: readonly Ignored[] } {
  const { comments, problems } = commentsIn(texts);
  const left: Finding[] = [];
  const ignored: Ignored[] = [];
  for (const one of findings) {
    const { name, at, message } = one;
    const comment = at === undefined ? undefined : comments.get(key(name, at.file, at.line));
    if (comment === undefined) left.push(one);
    else ignored.push({ ...comment, found: message });
  }
  return { left: [...left, ...problems], ignored };
}

type Comment = Omit<Ignored, 'found'>;

/** The comments by the findings they take out, and those that ignore nothing. */
function commentsIn(texts: ReadonlyMap<string, string>): {
  readonly comments: ReadonlyMap<string, Comment>;
  readonly problems: readonly Finding[];
} {
  const comments = new Map<string, Comment>();
  const problems: Finding[] = [];
  for (const [file, text] of texts) {
    if (!text.includes('ci4-deploy-ignore')) continue;
    for (const [index, row] of text.split('\n').entries()) {
      const found = mark.exec(row);
      if (found === null) continue;
      const [, rule = '', reason = ''] = found;
      const at = { file, line: index + 1 };
      const problem = problemOf(rule, reason);
      if (problem !== null) problems.push(badIgnore(problem, file, at.line));
      else {
        const comment = { rule, reason, comment: row.trim(), at };
        for (const line of [at.line, at.line + 1]) comments.set(key(rule, file, line), comment);
      }
    }
  }
  return { comments, problems };
}

function key(name: string, file: string, line: number): string {
  return `${name} ${line} ${file}`;
}

function problemOf(name: string, reason: string): string | null {
  if (!ruleNames.includes(name)) return `there is no rule "${name}"`;
  return reason === '' ? 'it gives no reason' : null;
}

function badIgnore(problem: string, file: string, line: number): Finding {
  return {
    name: 'ignore-comment',
    severity: 'error',
    message: `This comment ignores nothing: ${problem}.`,
    remedies: remedies('// ci4-deploy-ignore rule-name: the reason why it does no harm here'),
    at: { file, line },
  };
}

/** The findings with the severities that were set for them; those that are off are left out. */
export function withSeverities(
  findings: readonly Finding[],
  severities: ReadonlyMap<string, Severity | 'off'>,
): readonly Finding[] {
  return findings.flatMap((one) => {
    const severity = severities.get(one.name) ?? one.severity;
    return severity === 'off' ? [] : [{ ...one, severity }];
  });
}
