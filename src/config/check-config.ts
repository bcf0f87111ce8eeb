import { ConfigError, readAll, unknownInputs } from './config.ts';
import type { Inputs } from './inputs.ts';
import type { ServerName } from './parsers.ts';

/** What the command `check` takes of the inputs. */
export interface CheckConfig {
  /** The branch or commit to compare with; null where there is none. */
  readonly base: string | null;
  /** Where the application lies below the checkout; `.` for the checkout itself. */
  readonly directory: string;
  readonly match: Inputs['match'];
  readonly namespaces: Inputs['namespaces'];
  readonly server: ServerName | null;
  readonly sarifFile: string | null;
}

/**
 * Reads the inputs of a check; it needs no server, so none of theirs is missed.
 * @param pullRequestBase what the runner says a pull request is for; empty elsewhere
 * @throws ConfigError with every problem at once
 */
export function parseCheck(
  given: ReadonlyMap<string, string>,
  pullRequestBase: string,
): CheckConfig {
  const problems = unknownInputs(given);
  const read = readAll(given, problems);
  if (problems.length > 0) throw new ConfigError(problems);
  return {
    base: read.base ?? (pullRequestBase === '' ? null : pullRequestBase),
    directory: read.directory === '' ? '.' : read.directory,
    match: read.match,
    namespaces: read.namespaces,
    server: read['db-version'],
    sarifFile: read['sarif-file'],
  };
}
