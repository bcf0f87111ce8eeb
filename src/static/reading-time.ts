/** Seconds for a check that only reads, in all; what is left then is not read. */
export const longest = 10;

/** The time that reading took so far, without what ran in between. */
export class ReadingTime {
  readonly #seconds: () => number;
  #spent = 0;
  #began: number;

  /** @param seconds a clock */
  constructor(seconds: () => number) {
    this.#seconds = seconds;
    this.#began = seconds();
  }

  /** Waits for what is no reading. */
  async without<Result>(work: Promise<Result> | undefined): Promise<Result | undefined> {
    this.#spent += this.#seconds() - this.#began;
    try {
      return await work;
    } finally {
      this.#began = this.#seconds();
    }
  }

  readonly isOver = (): boolean => this.#spent + this.#seconds() - this.#began > longest;
}
