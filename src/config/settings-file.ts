import { isScalar, LineCounter, parseDocument, visit, type Document } from 'yaml';
import type { Severity } from '../finding.ts';
import { noCommands, readCommands, type OwnCommands } from './settings-commands.ts';
import { SettingsNodes, type SettingsProblem } from './settings-nodes.ts';
import { readTables, type DescribedTable } from './settings-tables.ts';

/** What `.ci4-deploy.yml` says. */
export interface FileSettings {
  /** Severities by the names of rules. */
  readonly severities: ReadonlyMap<string, Severity | 'off'>;
  /** Tables of the application, as they must be. */
  readonly tables: readonly DescribedTable[];
  /** What a deploy runs on the server. */
  readonly commands: OwnCommands;
}

/** Far more than any table takes to describe. */
const largest = 256 * 1024;

/** Words for the severity of a rule. */
export const severityWords = ['error', 'warning', 'notice', 'off'] as const;

/** Reads the file. Every unknown key and mistyped value is a problem with its line. */
export function readSettingsFile(
  text: string,
  ruleNames: readonly string[],
): FileSettings | readonly SettingsProblem[] {
  const lines = new LineCounter();
  const nodes = new SettingsNodes(lines);
  if (text.length > largest) {
    nodes.complain(0, `The file has more than ${largest / 1024} KiB, so it was not read`);
    return nodes.problems;
  }
  // The library compares each key with each other one: `nodes` looks for keys that come twice, in one pass.
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false });
  for (const error of document.errors) {
    nodes.complain(error.pos[0], wordsFor(error));
  }
  for (const { line, name } of aliasesIn(document, lines)) {
    nodes.problems.push({
      line,
      message: `*${name} is an alias of YAML, which is not read here. Write out what it stands for`,
    });
  }
  const severities = new Map<string, Severity | 'off'>();
  const tables: DescribedTable[] = [];
  let commands = noCommands;
  if (nodes.problems.length === 0 && document.contents !== null) {
    nodes.each(document.contents, 0, 'the file', {
      check: (check, at) => {
        nodes.each(check, at, 'check', {
          rules: (rules, from) => {
            readRules(nodes, rules, from, ruleNames, severities);
          },
        });
      },
      tables: (node, at) => tables.push(...readTables(nodes, node, at)),
      commands: (node, at) => {
        commands = readCommands(nodes, node, at);
      },
    });
  }
  return nodes.problems.length > 0 ? nodes.problems : { severities, tables, commands };
}

/** The words of the library are for those who use it; these are for who wrote the file. */
function wordsFor({ code, message }: { readonly code: string; readonly message: string }): string {
  if (code === 'MULTIPLE_DOCS') {
    return 'The file holds several documents of YAML. Leave out the line ---, or all behind it';
  }
  if (/call stack/i.test(message)) return 'The file is nested too deeply to be read';
  return (
    (message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '') || 'This is no YAML'
  );
}

function aliasesIn(
  document: Document.Parsed,
  lines: LineCounter,
): readonly { readonly line: number; readonly name: string }[] {
  const found: { line: number; name: string }[] = [];
  visit(document, {
    Alias: (_, node) => {
      found.push({
        line: Math.max(1, lines.linePos(node.range?.[0] ?? 0).line),
        name: node.source,
      });
    },
  });
  return found;
}

function readRules(
  nodes: SettingsNodes,
  node: unknown,
  at: number,
  ruleNames: readonly string[],
  severities: Map<string, Severity | 'off'>,
): void {
  for (const { key, value, place } of nodes.pairs(node, at, 'rules')) {
    const word = isScalar(value) ? String(value.value) : '';
    const severity = severityWords.find((one) => one === word);
    if (!ruleNames.includes(key)) {
      nodes.complain(place, `There is no rule ${key}. The rules are listed in docs/findings.md`);
    } else if (severity === undefined) {
      nodes.complain(place, `${key} must be one of: ${severityWords.join(', ')}`);
    } else severities.set(key, severity);
  }
}
