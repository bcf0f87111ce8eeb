import { isMap, isScalar, LineCounter, parseDocument, type Pair } from 'yaml';
import type { Severity } from '../finding.ts';

/** What `.ci4-deploy.yml` says. */
export interface FileSettings {
  /** Severities by the names of rules. */
  readonly severities: ReadonlyMap<string, Severity | 'off'>;
}

/** Something in the file is wrong; nothing of it is used then. */
export interface SettingsProblem {
  readonly line: number;
  readonly message: string;
}

export const settingsFile = '.ci4-deploy.yml';

/** Words for the severity of a rule. */
export const severityWords = ['error', 'warning', 'notice', 'off'] as const;

/** Reads the file. Every unknown key and mistyped value is a problem with its line. */
export function readSettingsFile(
  text: string,
  ruleNames: readonly string[],
): FileSettings | readonly SettingsProblem[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const reader = new Reader(lines, ruleNames);
  for (const error of document.errors) {
    reader.complain(error.pos[0], error.message.split('\n')[0] ?? 'This is no YAML');
  }
  if (reader.problems.length === 0) reader.read(document.contents);
  return reader.problems.length > 0 ? reader.problems : { severities: reader.severities };
}

class Reader {
  readonly problems: SettingsProblem[] = [];
  readonly severities = new Map<string, Severity | 'off'>();
  readonly #lines: LineCounter;
  readonly #ruleNames: readonly string[];

  constructor(lines: LineCounter, ruleNames: readonly string[]) {
    this.#lines = lines;
    this.#ruleNames = ruleNames;
  }

  complain(offset: number, message: string): void {
    this.problems.push({ line: Math.max(1, this.#lines.linePos(offset).line), message });
  }

  read(contents: unknown): void {
    if (contents === null) return;
    this.#each(contents, 0, 'the file', {
      check: (check, at) => {
        this.#each(check, at, 'check', {
          rules: (rules, from) => {
            this.#rules(rules, from);
          },
        });
      },
    });
  }

  /** Calls the reader of each key; others are problems. */
  #each(
    node: unknown,
    at: number,
    name: string,
    readers: Readonly<Record<string, (value: unknown, at: number) => void>>,
  ): void {
    for (const { key, value, place } of this.#pairs(node, at, name)) {
      const reader = readers[key];
      if (reader !== undefined) reader(value, place);
      else
        this.complain(
          place,
          `There is no ${key} in ${name}. Known: ${Object.keys(readers).join(', ')}`,
        );
    }
  }

  #rules(node: unknown, at: number): void {
    for (const { key, value, place } of this.#pairs(node, at, 'rules')) {
      const word = isScalar(value) ? String(value.value) : '';
      const severity = severityWords.find((one) => one === word);
      if (!this.#ruleNames.includes(key)) {
        this.complain(place, `There is no rule ${key}. The rules are listed in docs/findings.md`);
      } else if (severity === undefined) {
        this.complain(place, `${key} must be one of: ${severityWords.join(', ')}`);
      } else this.severities.set(key, severity);
    }
  }

  #pairs(
    node: unknown,
    at: number,
    name: string,
  ): readonly { key: string; value: unknown; place: number }[] {
    if (!isMap(node)) {
      this.complain(at, `${name} must have keys and values`);
      return [];
    }
    return node.items.map(({ key, value }: Pair) => ({
      key: isScalar(key) ? String(key.value) : '',
      value,
      place: (isScalar(key) ? key.range?.[0] : undefined) ?? at,
    }));
  }
}
