/** What the demonstration prints: its own lines with the seconds since the start, everything else beside a bar. */
export class Screen {
  readonly #began = performance.now();
  readonly #write: (text: string) => void;

  /** `write` gets whole lines. */
  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  say(text: string): void {
    const seconds = ((performance.now() - this.#began) / 1000).toFixed(1).padStart(6);
    this.#write(`[${seconds} s] ${text}\n`);
  }

  quote(text: string): void {
    for (const line of text.replace(/\n+$/, '').split('\n')) this.#write(`           │ ${line}\n`);
  }

  table(rows: readonly (readonly [string, string | number])[]): void {
    const width = Math.max(...rows.map(([name]) => name.length));
    for (const [name, value] of rows) this.quote(`${name.padEnd(width)}  ${value}`);
  }
}
