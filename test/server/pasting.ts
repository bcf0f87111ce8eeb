import { isDeepStrictEqual } from 'node:util';
import type { Entry } from '../../src/findings/entry.ts';
import { sections, type FindingName } from '../../src/findings/registry.ts';
import type { Finding } from '../../src/finding.ts';
import type { Instruction, Remedy } from '../../src/remedy.ts';
import { blocks } from '../../src/report/to-paste.ts';
import type { Site } from '../rig/kayart.ts';
import type { RunResult } from '../rig/runner.ts';
import { root } from './breakages.ts';
import { isLogout, visited } from './clicking.ts';
import { developer, developerAt, workplace } from './computer.ts';
import { deploy, errorsOf, lastSentence, snapshot } from './situation.ts';

/** What came of pasting what a run printed, and of the runs after it. */
export interface Pasted {
  /** Names of the findings whose remedies were pasted, in their order. */
  readonly names: readonly FindingName[];
  /** What a visitor who was logged in noticed all the while; none may be. */
  readonly noticed: readonly string[];
  /** Lines that failed, with what they said; none may. */
  readonly failed: readonly string[];
  /** Errors that the remedies caused: the first run did not have them. */
  readonly caused: readonly string[];
  /** Those of the names that the last run finds all the same. */
  readonly left: readonly string[];
  /** How the last run ended, and how many there were after the first. */
  readonly outcome: string;
  readonly errors: readonly string[];
  readonly runs: number;
}

/** What a run is given. */
export interface Given {
  readonly inputs: Readonly<Record<string, string>>;
  readonly commit: string;
}

const green = ['deployed', 'already-live'];

/** The most runs that any of it may take. */
const mostRuns = 3;

/** Names of all findings whose remedies this process has pasted, in whatever way. */
export const everPasted = new Set<FindingName>();

/**
 * Whether a test can paste all of a remedy: nobody here has a page of GitHub, or judgement. What only shows something puts
 * nothing right.
 */
export function isPasteable(remedy: Remedy): boolean {
  const printsKey = remedy.some(({ lines }) => lines.some((line) => /^cat .*\.pub$/.test(line)));
  const can = (one: Instruction): boolean => (one.where === 'github' ? printsKey : canPaste(one));
  return remedy.every(can) && remedy.some(({ shows }) => shows !== true);
}

/** That its visitors are logged out is a decision, and no remedy to try. */
const decides = 'preserve-sessions: off';

function canPaste({ where, lines }: Instruction): boolean {
  if (lines.includes(decides)) return false;
  return lines.length > 0 && !['workflow', 'repository'].includes(where);
}

/** The first remedy of a finding that can be pasted. */
export function remedyToPaste({ remedies = [] }: Finding): Remedy | undefined {
  return remedies.find(isPasteable);
}

function toPaste(one: Finding): readonly { readonly name: FindingName; readonly remedy: Remedy }[] {
  const remedy = remedyToPaste(one);
  return remedy === undefined ? [] : [{ name: one.name, remedy }];
}

/** Names of the findings that the remedy of another one puts right too, as they say. */
function partsOf(findings: readonly Finding[], name: FindingName): readonly FindingName[] {
  const says = `Part of the remedy of ${name}.`;
  const parts = findings.filter(({ remedies = [] }) =>
    remedies.flat().some(({ what }) => what === says),
  );
  for (const part of parts) everPasted.add(part.name);
  return parts.map((part) => part.name);
}

/** Pastes the remedy of a finding. Answers what the next run is given, and the lines that failed. */
async function pasteOf(
  site: Site,
  name: FindingName,
  remedy: Remedy,
  given: Given,
): ReturnType<typeof pasteRemedy> {
  everPasted.add(name);
  return pasteRemedy(site, remedy, given);
}

async function pasteRemedy(
  site: Site,
  remedy: Remedy,
  given: Given,
): Promise<Given & { readonly failed: readonly string[] }> {
  let { inputs, commit } = given;
  let key = '';
  const failed: string[] = [];
  for (const one of remedy) {
    if (one.where === 'inputs') inputs = { ...inputs, ...inputsOf(one) };
    else if (one.where === 'github') await addDeployKey(site, key);
    else {
      const said = await paste(site, one);
      failed.push(...said.failed);
      key = /^ssh-\S+ \S+.*$/m.exec(said.stdout)?.[0] ?? key;
    }
    if (one.where === 'clone') commit = await headOf(site);
  }
  return { inputs, commit, failed };
}

/**
 * Pastes what a red run printed, as the accounts that it names, while somebody who is logged in goes on clicking. Then it
 * runs again, until a run is green or says nothing new.
 */
export async function pasteAndRun(
  site: Site,
  first: RunResult,
  { all = false, ...given }: Given & { readonly all?: boolean },
): Promise<Pasted> {
  await using visitor = await visited(site);
  const names: FindingName[] = [];
  const failed: string[] = [];
  let now: Given = given;
  let result = first;
  let runs = 0;
  // Warnings of a green run are pasted once.
  while (runs < mostRuns && (result.exitCode !== 0 || (all && runs === 0))) {
    const todo = findingsOf(result).filter(({ severity }) => all || severity === 'error');
    const fresh = todo.filter(({ name }) => !names.includes(name));
    const pasting = fresh.flatMap(toPaste);
    if (pasting.length === 0) break;
    for (const { name, remedy } of pasting) {
      names.push(name, ...partsOf(fresh, name));
      const next = await pasteOf(site, name, remedy, now);
      failed.push(...next.failed.map((line) => `${name}: ${line}`));
      now = next;
    }
    result = await deploy(site, now);
    runs += 1;
  }
  const outcome = result.outputs['outcome'] ?? '';
  // A deploy looks at what was live before it: whether its own code is right is seen by the next run.
  if (outcome === 'deployed') result = await deploy(site, { ...now, attempt: 9 });
  const before = errorsOf(first);
  const mayLogOut = given.inputs['preserve-sessions'] === 'off';
  return {
    ...{ names, failed, runs },
    noticed: visitor.noticed.filter((one) => !mayLogOut || !isLogout(one)),
    caused: errorsOf(result).filter((name) => !before.includes(name)),
    left: names.filter((name) => findingsOf(result).some((one) => one.name === name)),
    outcome,
    errors: errorsOf(result),
  };
}

/** Pastes the blocks of a doctor, with somebody who clicks, and deploys then. */
export async function pasteBlocks(
  site: Site,
  looked: RunResult,
  given: Given,
): Promise<Pick<Pasted, 'failed' | 'noticed' | 'outcome'>> {
  await using visitor = await visited(site);
  const { failed, ...next } = await pasteRemedy(site, blocks(findingsOf(looked)), given);
  const result = await deploy(site, next);
  return { failed, noticed: visitor.noticed, outcome: result.outputs['outcome'] ?? '' };
}

/** Commits the migration that a run offers, as it says, and deploys that. */
export async function commitOffered(site: Site, result: RunResult): Promise<RunResult> {
  const offered = findingsOf(result).flatMap(({ name, remedies = [] }) =>
    remedies
      .filter((remedy) => remedy.some(({ long }) => long === true))
      .map((remedy) => ({ name, remedy })),
  );
  const [first, ...more] = offered;
  if (first === undefined || more.length > 0) throw new Error(`${offered.length} are offered`);
  await developerAt(site);
  const { name, remedy } = first;
  partsOf(findingsOf(result), name);
  const next = await pasteOf(site, name, remedy, { inputs: {}, commit: site.commits.next });
  if (next.failed.length > 0) throw new Error(next.failed.join('\n'));
  return deploy(site, { commit: next.commit });
}

/** Pastes what finishes a rollback by hand: afterwards nothing of the deploy is left, and the next one is green. */
export async function byHand(
  site: Site,
  stranded: RunResult,
  name: FindingName,
  commit = site.commits.next,
): Promise<void> {
  const [remedy] = findingsOf(stranded).find((one) => one.name === name)?.remedies ?? [];
  if (remedy === undefined) throw new Error(`${name} has no remedy`);
  const given = { inputs: {}, commit };
  const { failed } = await pasteOf(site, name, remedy, given);
  const { left, pages, status } = await snapshot(site);
  const seen = { failed, left, status, pages: [...new Set(Object.values(pages))] };
  if (!isDeepStrictEqual(seen, { failed: [], left: '', status: '', pages: [200] }))
    throw new Error(JSON.stringify(seen));
  const again = await deploy(site, { commit });
  if (!green.includes(again.outputs['outcome'] ?? '')) throw new Error(lastSentence(again));
}

/** The same, and it has to be green. */
export async function repairs(site: Site, failed: RunResult): Promise<void> {
  const result = await commitOffered(site, failed);
  if (result.outputs['outcome'] !== 'deployed') throw new Error(lastSentence(result));
}

/** Findings of a run that print lines to paste, although the page of findings says that something else puts them right. */
export function unregistered(result: RunResult): readonly FindingName[] {
  const entries = new Map(Object.values(sections).flatMap((one) => Object.entries<Entry>(one)));
  const withLines = findingsOf(result).filter((one) => remedyToPaste(one) !== undefined);
  return withLines.map(({ name }) => name).filter((name) => entries.get(name)?.fix !== 'lines');
}

function findingsOf(result: RunResult): readonly Finding[] {
  return JSON.parse(result.outputs['findings'] ?? '[]') as Finding[];
}

/** Lines of the form `name: value`. */
function inputsOf({ lines }: Instruction): Record<string, string> {
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf(':');
      return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    }),
  );
}

async function headOf({ machine, branch }: Site): Promise<string> {
  const show = ['git', '-C', '/srv/git/kayart.git', 'rev-parse', branch];
  const { stdout } = await machine.exec(show, { user: developer });
  return stdout.trim();
}

// Each line that fails says so, as a person would see it; the others go on, as when they are pasted.
const reports = `trap 'echo "PASTED LINE FAILED ($?): $BASH_COMMAND" >&2' ERR\n`;

/** What the page of a repository does with a key that is added there. */
async function addDeployKey(site: Site, key: string): Promise<void> {
  await root(site, `echo '${key}' >>~git/.ssh/authorized_keys`);
}

/** Pastes all lines into one shell of the account. Answers what it printed, and what failed. */
async function paste(
  site: Site,
  { where, as, lines }: Instruction,
): Promise<{ readonly stdout: string; readonly failed: readonly string[] }> {
  const { machine } = site;
  if (where === 'database') {
    const stdin = lines.join('\n');
    const { code, stderr } = await machine.exec(['mysql', site.database.name], { stdin });
    return { stdout: '', failed: code === 0 ? [] : [stderr] };
  }
  const account = where === 'server' ? (as ?? machine.user) : developer;
  const home = account === 'root' ? '/root' : `/home/${account}`;
  const cwd = where === 'clone' ? workplace : home;
  const shell = ['su', account, '-c', `cd ${cwd} && exec bash -s`];
  const stdin = `${reports}${lines.join('\n')}\n`;
  const { code, stdout, stderr } = await machine.exec(shell, { stdin });
  const reported = stderr.split('\n').filter((line) => line.startsWith('PASTED LINE FAILED'));
  if (reported.length > 0) {
    return { stdout, failed: [`${reported.join('; ')}: ${stderr.trim()}`] };
  }
  return { stdout, failed: code === 0 ? [] : [`status ${code}: ${stderr.trim()}`] };
}
