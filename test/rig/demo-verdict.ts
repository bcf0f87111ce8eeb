import type { Fault } from './demo-faults.ts';
import type { Site } from './kayart.ts';
import type { RunResult } from './runner.ts';
import { visitors, type Seen } from './visitors.ts';

/** What the site is, apart from its visitors. */
export interface Standing {
  readonly commit: string;
  /** The columns of ci_sessions; empty when there is no such table. */
  readonly table: string;
  /** How many rows it has; empty when there is no such table. */
  readonly rows: string;
  /** Whether somebody new can log in and be counted. */
  readonly serves: boolean;
}

/** Looks at the site from outside. */
export async function standing(site: Site): Promise<Standing> {
  const columns = await site.sql(
    'SELECT column_name, column_type FROM information_schema.columns ' +
      "WHERE table_schema = DATABASE() AND table_name = 'ci_sessions' ORDER BY ordinal_position",
  );
  const counted = columns.length === 0 ? [] : await site.sql('SELECT COUNT(*) FROM ci_sessions');
  // Only now, so that the newcomer is not among the rows.
  await using newcomer = visitors(site.url, 1);
  const serves = await newcomer.arrived.then(
    () => true,
    () => false,
  );
  const table = columns.map((column) => column.join(' ')).join(', ');
  return { commit: await site.head(), table, rows: counted[0]?.[0] ?? '', serves };
}

/** What a demonstration has to judge by. */
export interface Evidence {
  readonly fault: Fault | undefined;
  readonly commit: string;
  readonly before: Standing;
  readonly after: Standing;
  readonly result: RunResult;
  readonly seen: Seen;
  readonly secrets: readonly string[];
}

/** What was promised and did not happen; nothing when all is well. */
export function broken(evidence: Evidence): string[] {
  const { fault, after, result, secrets } = evidence;
  const outcome = result.outputs['outcome'] ?? '(none)';
  const checks: readonly (readonly [boolean, string])[] = [
    ...(fault === undefined ? green(evidence) : red(evidence, fault)),
    [result.postExitCode === 0, `the post step ended with ${result.postExitCode ?? 'a signal'}`],
    [after.serves, 'somebody new cannot log in afterwards'],
    [result.summary !== '', 'there is no step summary'],
    [result.leaks(secrets).length === 0, leakReported(result, secrets)],
  ];
  return checks
    .filter(([kept]) => !kept)
    .map(
      ([, reported]) =>
        `${reported} (outcome ${outcome}, exit status ${result.exitCode ?? 'none'})`,
    );
}

function green({ commit, after, result }: Evidence): (readonly [boolean, string])[] {
  return [
    [result.exitCode === 0 && result.outputs['outcome'] === 'deployed', 'the deploy is not green'],
    [after.commit === commit, `the site is at ${after.commit}, not at ${commit}`],
    [after.table !== '', 'there is no table ci_sessions'],
  ];
}

function red(
  { before, after, result, seen }: Evidence,
  fault: Fault,
): (readonly [boolean, string])[] {
  const outcome = result.outputs['outcome'] ?? '';
  const quiet = seen.failed + seen.loggedOut + seen.lost === 0;
  return [
    [
      result.exitCode === 1 && fault.outcomes.includes(outcome),
      'the deploy is not red as promised',
    ],
    [
      after.commit === before.commit,
      `the site is at ${after.commit}, not back at ${before.commit}`,
    ],
    [after.table === before.table, 'the table ci_sessions is not as it was'],
    [quiet || fault.noticed, 'visitors noticed something'],
  ];
}

function leakReported(result: RunResult, secrets: readonly string[]): string {
  return `a secret can be read: ${result.leaks(secrets).join(', ')}`;
}
