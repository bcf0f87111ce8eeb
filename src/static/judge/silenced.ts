import type { FileSettings } from '../../config/settings-file.ts';
import { settingsFile } from '../../config/settings-path.ts';
import { warningFinding, type Finding, type Severity } from '../../finding.ts';
import type { Changes } from './changes.ts';
import type { Ignored } from './ignores.ts';

/** What the settings file says in the checkout, and in the base; null where nothing is compared with a base. */
export interface Settings {
  readonly own: FileSettings;
  readonly text: string;
  readonly base: FileSettings | null;
}

type Level = Severity | 'off';
const order: readonly Level[] = ['error', 'warning', 'notice', 'off'];

/**
 * The severities that count, and what is said of those that do not. A pull request makes rules stricter at once, and
 * weaker only once it is merged. Else it could switch off what is found of it.
 */
export function severitiesThatCount({ own, base, text }: Settings): {
  readonly severities: ReadonlyMap<string, Level>;
  readonly findings: readonly Finding[];
} {
  if (base === null) return { severities: own.severities, findings: [] };
  const severities = new Map(base.severities);
  const findings: Finding[] = [];
  for (const [rule, level] of own.severities) {
    const before = base.severities.get(rule);
    if (level === before) continue;
    if (isStricter(level, before)) severities.set(rule, level);
    else findings.push(lowered(rule, before, level, lineOf(text, rule)));
  }
  return { severities, findings };
}

function isStricter(level: Level, before: Level | undefined): boolean {
  return before === undefined ? level === 'error' : order.indexOf(level) < order.indexOf(before);
}

function lowered(rule: string, before: Level | undefined, level: Level, line: number): Finding {
  return {
    ...warningFinding(
      'rule-lowered',
      `This pull request sets the rule ${rule} to ${level}. The check goes by the base (${before ?? 'not set there'}) until this is merged.`,
      'If the rule is wrong for this repository, merge the change of .ci4-deploy.yml by itself first.',
    ),
    at: { file: settingsFile, line },
  };
}

function lineOf(text: string, key: string): number {
  return (
    Math.max(
      0,
      text.split('\n').findIndex((row) => row.trimStart().startsWith(`${key}:`)),
    ) + 1
  );
}

/** Tables that the base describes and this pull request does not: nobody compares them any more. */
export function tablesLeftOut({ own, base }: Settings): readonly Finding[] {
  const names = new Set(own.tables.map(({ name }) => name));
  const gone = (base?.tables ?? []).filter(({ name }) => !names.has(name));
  return gone.map(({ name }) => ({
    ...warningFinding(
      'described-table-left-out',
      `This pull request takes the table ${name} out of .ci4-deploy.yml, so it is not compared any more.`,
      'Look whether it was on purpose.',
    ),
    at: { file: settingsFile, line: 1 },
  }));
}

/** What comments took out that the base does not have: the pull request silences its own findings, so they are shown. */
export async function silencedHere(
  ignored: readonly Ignored[],
  changes: Changes | null,
): Promise<readonly Finding[]> {
  if (changes === null) return [];
  const findings: Finding[] = [];
  for (const one of ignored) {
    const before = (await changes.before(one.at.file)) ?? '';
    if (before.split('\n').some((row) => row.trim() === one.comment)) continue;
    findings.push({
      ...warningFinding(
        'finding-ignored',
        `A comment of this pull request takes out ${one.rule}. Its reason: ${one.reason}. What was found: ${one.found}`,
        'Look whether the reason holds.',
      ),
      at: one.at,
    });
  }
  return findings;
}
