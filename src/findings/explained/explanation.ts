/** What docs/findings.md says of a finding, below its anchor: sentences of Markdown. */
export interface Explanation {
  /** What brings it about. */
  readonly cause: string;
  /** What it means for the site and its visitors. */
  readonly site: string;
  /** What puts it right, and how to know that it did. */
  readonly remedy: string;
  /** What people take it for, and it is not. */
  readonly not: string;
}

/** An explanation for every finding of a section: one that is missing does not compile. */
export type Explained<Entries> = Readonly<Record<keyof Entries, Explanation>>;

/** An explanation by its four parts. */
export function explained(cause: string, site: string, remedy: string, not: string): Explanation {
  return { cause, site, remedy, not };
}

/** What most refusals mean for a site. */
export const untouched = 'Nothing was touched: visitors get the code that was live before.';
