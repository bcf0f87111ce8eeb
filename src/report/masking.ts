import { harmless } from './harmless.ts';

/** Values that must be seen nowhere, and texts without them: for what GitHub does not mask itself. */
export class Masking {
  readonly #secrets = new Set<string>();

  /**
   * From here on `***` stands in the place of the value. What is printed was made harmless, and counts in that shape as well.
   * @returns the texts that are masked now
   */
  add(value: string): readonly string[] {
    const parts = [value, ...value.split(/\r?\n/)].flatMap((part) => [part, harmless(part)]);
    const shown = [...new Set(parts)].filter((part) => part.trim() !== '');
    for (const one of shown) this.#secrets.add(one);
    return shown;
  }

  /** A text without them. */
  masked(text: string): string {
    const longestFirst = [...this.#secrets].toSorted((a, b) => b.length - a.length);
    return longestFirst.reduce((so, secret) => so.replaceAll(secret, '***'), text);
  }
}
