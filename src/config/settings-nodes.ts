import { isMap, isScalar, type LineCounter, type Pair } from 'yaml';

/** Something in the file is wrong; nothing of it is used then. */
export interface SettingsProblem {
  readonly line: number;
  readonly message: string;
}

/** A key with what it stands for, and the offset of the key. */
export interface SettingsPair {
  readonly key: string;
  readonly value: unknown;
  readonly place: number;
}

/** The nodes of the file, read with their lines; what is wrong is kept. */
export class SettingsNodes {
  readonly problems: SettingsProblem[] = [];
  readonly #lines: LineCounter;

  constructor(lines: LineCounter) {
    this.#lines = lines;
  }

  lineAt(offset: number): number {
    return Math.max(1, this.#lines.linePos(offset).line);
  }

  complain(offset: number, message: string): void {
    this.problems.push({ line: this.lineAt(offset), message });
  }

  /** Calls the reader of each key; others are problems. */
  each(
    node: unknown,
    at: number,
    name: string,
    readers: Readonly<Record<string, (value: unknown, at: number) => void>>,
  ): void {
    for (const { key, value, place } of this.pairs(node, at, name)) {
      const reader = Object.hasOwn(readers, key) ? readers[key] : undefined;
      if (reader !== undefined) reader(value, place);
      else
        this.complain(
          place,
          `There is no ${key} in ${name}. Known: ${Object.keys(readers).join(', ')}`,
        );
    }
  }

  pairs(node: unknown, at: number, name: string): readonly SettingsPair[] {
    if (!isMap(node)) {
      this.complain(at, `${name} must have keys and values`);
      return [];
    }
    const seen = new Set<string>();
    return node.items.map(({ key, value }: Pair) => {
      const text = isScalar(key) ? String(key.value) : '';
      const place = (isScalar(key) ? key.range?.[0] : undefined) ?? at;
      if (seen.has(text)) this.complain(place, `${text} stands twice in ${name}`);
      seen.add(text);
      return { key: text, value, place };
    });
  }
}
