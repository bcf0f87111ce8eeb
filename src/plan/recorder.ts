import { isError, type Finding } from '../finding.ts';
import { Stopped, type RanCommand, type Recorded } from './results.ts';

/** Takes down what one step has to say. What was said before a failure is kept. */
export class Recorder implements Recorded {
  readonly findings: Finding[] = [];
  readonly unverified: string[] = [];
  readonly rollbackNotes: string[] = [];
  readonly ready: string[] = [];
  readonly did: string[] = [];
  answers: number | null = null;
  readonly ran: RanCommand[] = [];

  /** Records findings; each is said once. */
  find(...findings: readonly Finding[]): void {
    for (const finding of findings) {
      const same = (other: Finding): boolean =>
        other.name === finding.name && other.message === finding.message;
      if (!this.findings.some(same)) this.findings.push(finding);
    }
  }

  /** @throws Stopped when an error was found so far */
  stopAtErrors(): void {
    if (this.findings.some(isError)) throw new Stopped('errors were found');
  }

  /** A copy that nothing is added to any more. */
  get recorded(): Recorded {
    const { findings, unverified, rollbackNotes, ready, did, answers, ran } = this;
    return {
      findings: [...findings],
      unverified: [...unverified],
      rollbackNotes: [...rollbackNotes],
      ready: [...ready],
      did: [...did],
      answers,
      ran: [...ran],
    };
  }
}
