import { isError, type Finding } from '../finding.ts';
import { everyRule } from '../schema/rules/all.ts';
import { describedRules } from '../static/judge/described-names.ts';
import { isChanged, type Changes } from '../static/judge/changes.ts';
import type { Judgement } from '../static/judge/judge.ts';
import { wasShown, withdrawn } from './refuted.ts';
import type { Tried } from './trial.ts';

/** Names that say of the live table what reading has its own name for. */
const sameCause: Readonly<Record<string, readonly string[]>> = {
  'table-missing': ['session-table-not-created', 'session-table-in-other-group', 'migration-fails'],
  'rollback-incomplete': ['migration-down-empty'],
};
/** What running proves, reading foresaw: the proof is said, at the line that reading knows. */
const proves: Readonly<Record<string, string>> = {
  'migration-failed': 'migration-fails',
  'old-table-survives': 'session-table-conditional',
};
const doubts = [
  'session-table-unresolved',
  'session-settings-unresolved',
  'described-table-unresolved',
];
const tableRules = new Set<string>(everyRule.map(({ name }) => name));

/**
 * What reading and running found, every finding once; of several databases those with the same finding are named in it.
 * What is no error counts where the pull request changes the file: old migrations are nothing of its.
 */
export function merged(
  read: Judgement,
  tried: readonly Tried[],
  changes: Changes | null,
): Judgement {
  const proved = perServer(tried)
    .filter((one) => isError(one) || isChanged(one.at?.file ?? '', changes))
    .map((one) => atKnownLine(one, read.findings));
  const fresh = proved.filter((one) => !read.findings.some((known) => says(known, one)));
  const allJudged = tried.length > 0 && tried.every(({ judged }) => judged);
  const kept = read.findings.filter(
    (one) =>
      !fresh.some((other) => proves[other.name] === one.name && sameFile(one, other)) &&
      !(doubts.includes(one.name) && (allJudged || fresh.some((other) => stops(other, one)))),
  );
  const isProved = (one: Finding): boolean => proved.some((proof) => says(one, proof));
  const refuted = kept.filter((one) => wasShown(one, tried) && !isProved(one));
  const rest = kept.filter((one) => !refuted.includes(one));
  // A doubt that running ends is no mistake.
  const mistakes = refuted.filter(({ name }) => !doubts.includes(name));
  const columns = read.columns.length > 0 ? read.columns : (tried[0]?.database.columns ?? []);
  return { findings: [...rest, ...fresh, ...withdrawn(mistakes)], columns };
}

/** The same finding of several servers becomes one that names them. */
function perServer(tried: readonly Tried[]): readonly Finding[] {
  const found = new Map<string, { readonly finding: Finding; readonly on: string[] }>();
  for (const { database, findings } of tried) {
    for (const finding of findings) {
      const key = JSON.stringify([finding.name, finding.message, finding.at]);
      const entry = found.get(key) ?? { finding, on: [] };
      entry.on.push(database.product);
      found.set(key, entry);
    }
  }
  return [...found.values()].map(({ finding, on }) => {
    const servers = [...new Set(on)].filter((one) => one !== '');
    if (servers.length === 0) return finding;
    return { ...finding, message: `On ${servers.join(' and ')}: ${finding.message}` };
  });
}

/** The exception of a failed query comes from the framework; reading knows which line said it. */
function atKnownLine(finding: Finding, read: readonly Finding[]): Finding {
  const foreseen = read.find((one) => one.name === proves[finding.name] && sameFile(one, finding));
  return foreseen?.at === undefined ? finding : { ...finding, at: foreseen.at };
}

/** Whether reading has said already what running found. */
function says(known: Finding, proof: Finding): boolean {
  if (sameCause[proof.name]?.includes(known.name) === true) return true;
  if (known.name !== proof.name) return false;
  if (Object.hasOwn(describedRules, known.name)) return known.at?.line === proof.at?.line;
  return !tableRules.has(proof.name) || sameColumn(known, proof);
}

/** Rules about a column name it first, as `ci_sessions.data`; those about keys and options have one verdict. */
function sameColumn(known: Finding, proof: Finding): boolean {
  const about = (one: Finding): string | undefined =>
    /\.(id|ip_address|timestamp|data)\b/.exec(one.message)?.[0];
  return !known.name.startsWith('column-') || about(known) === about(proof);
}

/** A migration that failed is the reason why nothing is known from there on. */
function stops(proof: Finding, doubt: Finding): boolean {
  return proof.name === 'migration-failed' && sameFile(proof, doubt);
}

function sameFile(one: Finding, other: Finding): boolean {
  return one.at !== undefined && one.at.file === other.at?.file;
}
