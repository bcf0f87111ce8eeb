/** Counts how often a server was waited for. What is asked while another answer is still due is the same wait. */
export class Waits {
  #over = 0;

  /** The longest chain of waits, each begun after the end of the one before. */
  get count(): number {
    return this.#over;
  }

  /** A wait begins. Answers how to end it; one that is never ended does not count. */
  begin(): () => void {
    const own = this.#over + 1;
    return () => {
      this.#over = Math.max(this.#over, own);
    };
  }
}
