import type { Log, ReportingDescriptor, Result } from 'sarif';
import type { Finding, Severity } from '../finding.ts';

const levels: Readonly<Record<Severity, Result.level>> = {
  error: 'error',
  warning: 'warning',
  notice: 'note',
};

/** The findings that have a place, in the format of code scanning (SARIF 2.1.0). */
export function sarif(findings: readonly Finding[]): Log {
  const placed = findings.filter(({ at }) => at !== undefined);
  return {
    version: '2.1.0',
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    runs: [
      {
        tool: { driver: { name: 'ci4-deploy', rules: rulesOf(placed) } },
        results: placed.map(result),
      },
    ],
  };
}

function rulesOf(findings: readonly Finding[]): ReportingDescriptor[] {
  const names = [...new Set(findings.map(({ name }) => name))].toSorted();
  return names.map((id) => ({ id, shortDescription: { text: id.replaceAll('-', ' ') } }));
}

function result({ name, severity, message, remedy, at }: Finding): Result {
  const text = remedy === undefined ? message : `${message}\n\n${remedy}`;
  return {
    ruleId: name,
    level: levels[severity],
    message: { text },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(at?.file ?? ''), uriBaseId: '%SRCROOT%' },
          region: { startLine: at?.line ?? 1 },
        },
      },
    ],
  };
}
