import type { Command, Output } from './server/command.ts';

/** The log of a run as a person reads it. GitHub's log is one adapter (`report/log.ts`). */
export interface Log {
  /** Seconds since the run began. */
  readonly seconds: number;
  /** Begins a group of lines under this title and ends the one before. */
  group(title: string): void;
  /** Ends the group that is open. */
  close(): void;
  /** Says lines of plain text; whatever they hold, none is taken for a command of the runner. */
  say(text: string): void;
  /** The commands of one round trip with what they printed. */
  round(commands: readonly Command[], outputs: readonly Output[]): void;
}
