/** A statement of the program stops it: a database error, or `throw`. It is thrown, and PHP's own try can catch it. */
export class Thrown extends Error {
  override readonly name = 'Thrown';
  readonly line: number;
  /** Removes what was written down of it: the program caught it, and went on. */
  readonly caught: () => void;
  constructor(message: string, line: number, caught: () => void = () => undefined) {
    super(message);
    this.line = line;
    this.caught = caught;
  }
}
