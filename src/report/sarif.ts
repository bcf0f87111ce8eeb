import type { Log, ReportingDescriptor, Result } from 'sarif';
import { cleaned } from './harmless.ts';
import type { Finding, Severity } from '../finding.ts';
import { remedyText } from '../remedy.ts';

const levels: Readonly<Record<Severity, Result.level>> = {
  error: 'error',
  warning: 'warning',
  notice: 'note',
};

/** The findings that have a place, in the format of code scanning (SARIF 2.1.0). */
export function sarif(findings: readonly Finding[]): Log {
  const placed = cleaned(findings).filter(({ at }) => at !== undefined);
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

function result({ name, severity, message, remedies = [], at }: Finding): Result {
  // A message of SARIF may hold links, [text](address) (SARIF 2.1.0, 3.11.6); ours has none.
  const text = [message, remedyText(remedies, '')]
    .filter((part) => part !== '')
    .join('\n\n')
    .replaceAll('](', '] (');
  return {
    ruleId: name,
    level: levels[severity],
    message: { text },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: address(at?.file ?? ''), uriBaseId: '%SRCROOT%' },
          region: { startLine: at?.line ?? 1 },
        },
      },
    ],
  };
}

/** A path as an address relative to the root: nothing in a name is a scheme, a question or a fragment. */
function address(file: string): string {
  return file.split('/').map(encodeURIComponent).join('/');
}
