import { counted } from '../count.ts';
import { isError } from '../finding.ts';
import { isStranded } from '../plan/walk.ts';
import { broughtBy } from './plan.ts';
import { worstFirst, type Outcome, type Report, type VisitorsReport } from './report.ts';

/** How a page writes a commit: as a link, or as the first digits. */
export type Commit = (id: string) => string;

/** The outcome and its cause, in one line. The cause has text of strangers. */
export function title(report: Report): string {
  const titles: Record<Outcome, () => string> = {
    deployed: () => `${wentLive(report)}${losses(report)}${proved(report)}`,
    'already-live': () => 'Everything that was checked is right',
    refused: () => `Refused${because(report)}`,
    'rolled-back': () => `Rolled back${because(report)}`,
    cancelled: () => `Cancelled${because(report)}`,
    stranded: () => `Not rolled back completely${because(report)}`,
    passed: () => passed(report),
    failed: () => `${isDoctor(report) ? 'Not ready' : 'Failed'}${because(report)}`,
  };
  const doubt = report.unverified.length === 0 ? '' : ', but not everything could be verified';
  const green = report.outcome === 'deployed' || report.outcome === 'already-live';
  return `${titles[report.outcome]()}${green ? doubt : ''}`;
}

function wentLive({ command, commit }: Report): string {
  return command === 'rollback' ? `Went back to commit ${commit.slice(0, 10)}` : 'Deployed';
}

function passed({ command, hosts }: Report): string {
  if (command === 'doctor') return 'Ready: a deploy has all that it needs';
  const [plan] = hosts.flatMap((host) => host.plan ?? []);
  if (plan !== undefined) return `A deploy would bring ${broughtBy(plan)}`;
  const [known] = hosts.flatMap(({ releases }) => (releases === undefined ? [] : [releases]));
  return known === undefined ? 'Passed' : `The server knows of ${counted(known.length, 'deploy')}`;
}

function proved(report: Report): string {
  const whole = report.unverified.length === 0 && losses(report) === '';
  return whole ? ', and every step was proved' : '';
}

function isDoctor({ command }: Report): boolean {
  return command === 'doctor';
}

/** Why, in the first sentence of the worst error; how many there are where there are several. */
function because(report: Report): string {
  const errors = worstFirst(report.findings).filter(isError);
  const [first] = errors;
  if (first === undefined) return '';
  const many = errors.length === 1 ? '' : ` for ${errors.length} reasons, the first`;
  return `${many}: ${firstSentence(first.message)}`;
}

const longestTitle = 140;

function firstSentence(message: string): string {
  const line = message.replace(/\s+/g, ' ').trim();
  const sentence = (/^.*?[.!?](?=\s|$)/.exec(line)?.[0] ?? line).replace(/\.$/, '');
  if (sentence.length <= longestTitle) return sentence;
  return `${sentence.slice(0, longestTitle).replace(/\s+\S*$/, '')} …`;
}

function losses({ visitors }: Report): string {
  if (visitors === null || visitors.loggedOut === 0) return '';
  return `, and ${whoWasLoggedOut(visitors)}`;
}

function whoWasLoggedOut({ loggedOut }: VisitorsReport): string {
  if (loggedOut === null) return 'all visitors were logged out';
  return loggedOut === 1 ? '1 visitor was logged out' : `${loggedOut} visitors were logged out`;
}

/** What the site is after the run: which commit is live, what it answers, what became of its visitors and migrations. */
export function siteNow(report: Report, commit: Commit): string {
  const sentences: Record<Outcome, () => readonly string[]> = {
    deployed: () => [live(report, commit), migrated(report), visitors(report)],
    'already-live': () => [live(report, commit), 'Nothing was changed.'],
    refused: () => [untouched(report, commit)],
    'rolled-back': () => [previous(report, commit), migrations(report), afterwards(report)],
    cancelled: () => [previous(report, commit), migrations(report), afterwards(report)],
    stranded: () => [stranded(report)],
    passed: () => [
      report.command === 'adopt' ? 'Visitors are served as before.' : onlyLooked(report),
    ],
    failed: () => [onlyLooked(report)],
  };
  return sentences[report.outcome]()
    .filter((one) => one !== '')
    .join(' ');
}

function answering({ answers }: Report): string {
  return answers === undefined ? '' : ` and answers ${answers}`;
}

function live(report: Report, commit: Commit): string {
  return `Commit ${commit(report.commit)} is live${answering(report)}.`;
}

function was({ hosts }: Report): string {
  return hosts[0]?.previousCommit ?? '';
}

function untouched(report: Report, commit: Commit): string {
  const before = was(report);
  if (before === '') return 'Nothing was changed.';
  return `Nothing was changed: commit ${commit(before)} is still live${answering(report)}.`;
}

function previous(report: Report, commit: Commit): string {
  const before = was(report);
  if (before === '') return 'What had begun was rolled back.';
  return `The previous commit ${commit(before)} is live${answering(report)}.`;
}

function migrated({ migrations: ran }: Report): string {
  if (ran.length === 0) return '';
  return ran.length === 1 ? '1 migration ran.' : `${ran.length} migrations ran.`;
}

function migrations({ migrations: ran, migrationsUndone = [] }: Report): string {
  const undone = migrationsUndone.length;
  if (undone > 0)
    return undone === 1
      ? 'The migration that ran was rolled back.'
      : `The ${undone} migrations that ran were rolled back.`;
  return ran.length === 0 ? '' : 'The migrations that ran stay in the database.';
}

function visitors({ visitors: all }: Report): string {
  if (all !== null && all.loggedOut !== 0) {
    const who = whoWasLoggedOut(all);
    return `${who.slice(0, 1).toUpperCase()}${who.slice(1)}.`;
  }
  const moved = all?.moved ?? 0;
  if (moved === 0) return 'Nobody was logged out.';
  const sessions = moved === 1 ? '1 session was' : `${moved} sessions were`;
  return `${sessions} moved, and nobody was logged out.`;
}

/** A session that began under the new code is lost where the handlers keep theirs apart. */
function afterwards({ visitors: all, hosts }: Report): string {
  const wasLive = hosts.some(({ steps }) => steps.some(({ name }) => name === 'switch'));
  return wasLive && all !== null && all.loggedOut !== 0
    ? 'Visitors who came meanwhile may have to log in again.'
    : 'Nobody was logged out.';
}

function stranded({ hosts }: Report): string {
  const names = hosts.flatMap(({ undone }) => undone.filter(isStranded).map(({ name }) => name));
  const what = names.length === 0 ? 'The rollback' : `The rollback of ${names.join(', ')}`;
  return `${what} is not complete, so the site may be between two commits. Do what stands below now.`;
}

function onlyLooked({ command }: Report): string {
  return command === 'check'
    ? 'Nothing was deployed: a check only reads the repository.'
    : 'Nothing was changed on the server.';
}
