// The paragraphs of a Markdown page: text between blank lines, items of lists, cells of tables, headings.

/** A text and the line that it begins at. */
export interface Part {
  readonly text: string;
  readonly line: number;
}

/** Collects lines into paragraphs; blocks of code and HTML are left out. */
class Paragraphs {
  readonly found: Part[] = [];
  #fence: string | null = null;
  #current: Part | null = null;

  take(line: string, at: number): void {
    const mark = /^\s*(```+|~~~+)/.exec(line)?.[1];
    if (this.#fence !== null || mark !== undefined) this.#code(mark);
    else if (line.startsWith('|')) this.#row(line, at);
    else if (line.trim() === '' || /^\s*<[^>]*>\s*$/.test(line)) this.close();
    else this.#text(line, at);
  }

  close(): void {
    if (this.#current !== null) this.found.push(this.#current);
    this.#current = null;
  }

  #code(mark: string | undefined): void {
    this.close();
    if (this.#fence === null) this.#fence = mark ?? null;
    else if (mark === this.#fence) this.#fence = null;
  }

  #row(line: string, at: number): void {
    this.close();
    for (const cell of line.split('|')) this.found.push({ text: cell.trim(), line: at });
  }

  #text(line: string, at: number): void {
    const begins = /^\s*(?:[-*+]|\d+\.|#+|>)\s+/;
    if (begins.test(line)) this.close();
    const text = line.trim().replace(begins, '');
    this.#current =
      this.#current === null
        ? { text, line: at }
        : { ...this.#current, text: `${this.#current.text} ${text}` };
  }
}

/** The paragraphs of a page. */
export function paragraphs(page: string): readonly Part[] {
  const all = new Paragraphs();
  page.split('\n').forEach((line, index) => {
    all.take(line, index + 1);
  });
  all.close();
  return all.found;
}
