/** A statement of the program stops it: a database error, or `throw`. It is thrown, and PHP's own try can catch it. */
export class Thrown extends Error {
  override readonly name = 'Thrown';
  readonly line: number;
  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}
