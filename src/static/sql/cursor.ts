import { MeetsHole, NotUnderstood, type Token } from './tokens.ts';

/** A place in a statement, moving forward. Words are compared without regard to case. */
export class Cursor {
  readonly #tokens: readonly Token[];
  #place = 0;

  constructor(all: readonly Token[]) {
    this.#tokens = all;
  }

  get done(): boolean {
    return this.#place >= this.#tokens.length;
  }

  peek(ahead = 0): Token | undefined {
    return this.#tokens[this.#place + ahead];
  }

  /** Whether these words or signs come next. */
  sees(words: string): boolean {
    return words.split(' ').every((word, ahead) => {
      const next = this.peek(ahead);
      const plain = next?.kind === 'word' || next?.kind === 'sign';
      return plain && next.text.toUpperCase() === word;
    });
  }

  /** Passes these words when they come next. */
  takes(...choices: readonly string[]): boolean {
    const found = choices.find((words) => this.sees(words));
    if (found === undefined) return false;
    this.#place += found.split(' ').length;
    return true;
  }

  /** @throws NotUnderstood where something else comes next */
  must(words: string): void {
    if (!this.takes(words)) throw this.lost();
  }

  next(): Token {
    const token = this.peek();
    if (token === undefined) throw new NotUnderstood('the end of the statement');
    this.#place += 1;
    return token;
  }

  /** The next piece, where it matters what it says. */
  known(): Token {
    if (this.peek()?.kind.endsWith('hole') === true) throw new MeetsHole();
    return this.next();
  }

  /** Passes all that is left. */
  skip(): void {
    this.#place = this.#tokens.length;
  }

  /** A name of a table, column or key. */
  name(): string {
    const token = this.known();
    if (token.kind !== 'name' && token.kind !== 'word') throw new NotUnderstood(`"${token.text}"`);
    return token.text;
  }

  /** A table name; one with a schema in front is in no database that is followed here. */
  tableName(): string {
    const name = this.name();
    if (this.sees('.')) throw new NotUnderstood('a table of a named database');
    return name;
  }

  /** What stands in parentheses, as its own statement; the cursor is behind them afterwards. */
  parenthesised(): Cursor {
    this.must('(');
    const begin = this.#place;
    for (let depth = 1; depth > 0;) {
      const { kind, text } = this.next();
      if (kind === 'sign' && text === '(') depth += 1;
      if (kind === 'sign' && text === ')') depth -= 1;
    }
    return new Cursor(this.#tokens.slice(begin, this.#place - 1));
  }

  /** The rest, cut at the commas outside of parentheses; the cursor is at the end afterwards. */
  parts(): readonly Cursor[] {
    const parts: Token[][] = [[]];
    let depth = 0;
    while (!this.done) {
      const token = this.next();
      if (token.kind === 'sign' && token.text === '(') depth += 1;
      if (token.kind === 'sign' && token.text === ')') depth -= 1;
      if (depth === 0 && token.kind === 'sign' && token.text === ',') parts.push([]);
      else parts.at(-1)?.push(token);
    }
    return parts.map((part) => new Cursor(part));
  }

  /** The error for what comes next. */
  lost(): NotUnderstood {
    if (this.peek()?.kind.endsWith('hole') === true) return new MeetsHole();
    return new NotUnderstood(`"${this.peek()?.text ?? 'the end of the statement'}"`);
  }

  /** The rest in words. */
  rest(): string {
    return this.#tokens
      .slice(this.#place)
      .map(({ text }) => text)
      .join(' ');
  }
}
