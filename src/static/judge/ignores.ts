import type { Finding, Severity } from '../../finding.ts';
import { ruleNames } from './names.ts';

const mark = /(?:\/\/|#|\/?\*)\s*ci4-deploy-ignore\b\s*([^:\s]*)\s*(?::\s*(.*?))?\s*(?:\*\/)?\s*$/;

/**
 * Takes out the findings that a comment on their line, or on the line above, says to ignore, with its reason:
 * `// ci4-deploy-ignore rule-name: reason`. A comment without a reason or with an unknown name ignores nothing and is
 * an error itself.
 * @param texts all files that comments may stand in, by path
 */
export function withoutIgnored(
  findings: readonly Finding[],
  texts: ReadonlyMap<string, string>,
): readonly Finding[] {
  const ignored = new Set<string>();
  const problems: Finding[] = [];
  for (const [file, text] of texts) {
    if (!text.includes('ci4-deploy-ignore')) continue;
    for (const [at, row] of text.split('\n').entries()) {
      const found = mark.exec(row);
      if (found === null) continue;
      const [, name = '', reason = ''] = found;
      const problem = problemOf(name, reason);
      const line = at + 1;
      if (problem !== null) problems.push(badIgnore(problem, file, line));
      else for (const one of [line, line + 1]) ignored.add(key(name, file, one));
    }
  }
  const left = findings.filter(
    ({ name, at }) => at === undefined || !ignored.has(key(name, at.file, at.line)),
  );
  return [...left, ...problems];
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
    remedy: '// ci4-deploy-ignore rule-name: the reason why it does no harm here',
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
