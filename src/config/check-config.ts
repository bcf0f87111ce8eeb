import { Secret } from '../secret.ts';
import { inInputs } from '../remedy.ts';
import { ConfigError, problem, readAll, unknownInputs, type Problem } from './config.ts';
import { reached, type GivenDatabase } from './database-urls.ts';
import type { Inputs } from './inputs.ts';
import type { ServerName } from './parsers.ts';

/** What the command `check` takes of the inputs. */
export interface CheckConfig {
  /** The branch or commit to compare with; null where there is none. */
  readonly base: string | null;
  /** Where the application lies below the checkout; `.` for the checkout itself. */
  readonly directory: string;
  readonly match: 'proposed' | 'compatible';
  readonly namespaces: Inputs['namespaces'];
  readonly server: ServerName | null;
  readonly sarifFile: string | null;
  /** With a base: what the base has not, or everything. */
  readonly report: Inputs['report'];
}

/** What running the migrations takes besides. */
export interface TrialConfig {
  /** Throw-away databases, at least one. */
  readonly databases: readonly GivenDatabase[];
  /** They may hold something, which stays. */
  readonly mayBeUsed: boolean;
  /** PHP of the runner. */
  readonly php: string;
  /** Seconds that one run of PHP may take. */
  readonly limit: number;
  readonly match: 'proposed' | 'compatible';
  readonly namespaces: Inputs['namespaces'];
}

/**
 * Reads the inputs of a check; it needs no server, so none of theirs is missed. `trial` is null without a database.
 * @param pullRequestBase what the runner says a pull request is for; empty elsewhere
 * @throws ConfigError with every problem at once
 */
export function parseCheck(
  given: ReadonlyMap<string, string>,
  pullRequestBase: string,
): { readonly config: CheckConfig; readonly trial: TrialConfig | null } {
  const problems = unknownInputs(given);
  const read = readAll(given, problems);
  const databases = [...(read.databases ?? []), ...single(read, problems)];
  if (problems.length > 0) throw new ConfigError(problems);
  const { namespaces, php } = read;
  const match = read['session-table-match'] === 'exact' ? 'proposed' : 'compatible';
  const limit = read['step-timeout'];
  const mayBeUsed = read['allow-nonempty-database'];
  return {
    config: {
      base: read.base ?? (pullRequestBase === '' ? null : pullRequestBase),
      directory: read.directory === '' ? '.' : read.directory,
      match,
      namespaces,
      server: read['db-version'],
      sarifFile: read['sarif-file'],
      report: read.report,
    },
    trial: databases.length === 0 ? null : { databases, mayBeUsed, php, limit, match, namespaces },
  };
}

/** The one database of the inputs db-*: a check asks no application for what is left out. */
function single(read: Inputs, problems: Problem[]): readonly GivenDatabase[] {
  const { 'db-host': host, 'db-name': database, 'db-user': user, 'db-password': password } = read;
  if (read['db-socket'] !== null)
    problems.push(
      problem('Input db-socket is not for a check, which connects by db-host and db-port.'),
    );
  const parts = { 'db-host': host, 'db-name': database, 'db-user': user };
  if (Object.values(parts).every((one) => one === null) && password === null) return [];
  if (host === null || database === null || user === null) {
    const missing = Object.entries(parts).flatMap(([name, value]) =>
      value === null ? [name] : [],
    );
    problems.push(
      problem(
        `Input ${missing.join(', ')} is missing: a throw-away database of a check takes db-host, db-name and db-user.`,
        inInputs('Set all of them, or the input databases.'),
      ),
    );
    return [];
  }
  const address = { host: reached(host), port: read['db-port'] ?? 3306 };
  return [{ address, user, password: password ?? new Secret(''), database }];
}
