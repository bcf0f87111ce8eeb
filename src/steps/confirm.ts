import { seeEnvironment, switchCacheOff } from '../remedies/fpm.ts';
import { errorFinding, warningFinding, type Finding, type Given } from '../finding.ts';
import type { FindingName } from '../findings/registry.ts';
import type { Application } from '../app/application.ts';
import { Connections } from '../net/connections.ts';
import type { Visit } from '../net/visit.ts';
import type { Site } from '../plan/site.ts';
import type { Step } from '../plan/step.ts';
import { Stopped } from '../plan/results.ts';
import type { Database } from '../schema/database.ts';
import { newestError } from '../app/logs.ts';
import { query } from '../server/round.ts';
import { sessionDatabase } from './database/databases.ts';
import { askOnce, healthUrl, untilHealthy } from './health/health.ts';
import { isFirst, type Journal } from '../plan/journal.ts';
import { newestErrors, newestOfWebServer } from '../remedies/logs.ts';
import { inInputs, inRepository, type Instruction } from '../remedy.ts';
import { doubts, type HealthFailure } from './health/health-failure.ts';
import { firstUnseen } from './health/first-unseen.ts';
import { renewCode } from './served/code.ts';
import { judgeWentLive } from './served/live.ts';

/** A visitor's view of the new code: it answers, and the session it hands out is in the table. */
export const confirm: Step<'confirm', 'inspect' | 'stage'> = {
  name: 'confirm',
  title: 'Confirm: the site as a visitor meets it',
  needs: ['inspect', 'stage'],
  changesSite: false,
  on: 'every host',
  async run(site, signal) {
    const { application } = site.facts.stage;
    const lying = site.facts.switch?.unproved ?? null;
    // The visit takes its time, and does not wait for what the server is asked.
    const visited = confirmSite(site, application, signal);
    const proved = lying === null ? null : renewCode(site, lying, signal);
    const [found] = await Promise.allSettled([
      judgeWentLive(site, application, signal),
      ...[visited, proved],
    ]);
    await proved;
    if (found.status === 'rejected') throw found.reason;
    site.find(...found.value);
    site.stopAtErrors();
    await visited;
    return undefined;
  },
  undo: 'nothing to undo',
};

/**
 * Asks the health address and follows the session it gives.
 * @throws Stopped when the site is unhealthy, with the finding recorded
 */
export async function confirmSite(
  site: Site<'inspect'>,
  application: Application,
  signal: AbortSignal,
): Promise<void> {
  const url = healthUrl(site.config, application);
  if (url === null) return;
  using connections = new Connections();
  const answer = await untilHealthy(site, url, connections, signal);
  if ('says' in answer) return await stopAtFailure(site, url, answer, signal);
  const unseen = firstUnseen(site, url, answer);
  if (unseen !== null) {
    site.find(unseen);
    throw new Stopped(unseen.message);
  }
  reported(site, url, answer);
  if (application.session.inDatabase) {
    await followSession(site, application, url, { answer, connections }, signal);
  }
}

function reported(site: Site<'inspect'>, url: URL, answer: Visit): void {
  site.did(`${url.href} answers ${answer.status}`);
  site.answers(answer.status);
  const before = isNew(site) ? (site.facts.stage?.health ?? null) : null;
  if (before?.failure) site.log.say(`Before this deploy it ${before.failure}.`);
  for (const { unverified, finding } of doubts(site.config, url, answer)) {
    site.notVerified(unverified);
    if (finding !== undefined) site.find(finding);
  }
  site.find(...worse(url, before?.status ?? null, answer));
}

/** Unless input health-status says otherwise, a page that is missing is accepted: a site may have none there. It had one. */
function worse(url: URL, before: number | null, { status }: Visit): readonly Finding[] {
  // A login that is wanted is reported already.
  if (before === null || before >= 400 || status < 400 || status === 401) return [];
  return [
    warningFinding(
      'answer-worse',
      `${url.href} answered ${before} before this deploy, and answers ${status} now. Input health-status accepts that.`,
      inInputs('Roll back a deploy with such an answer', `health-status: ${before}`),
    ),
  ];
}

async function stopAtFailure(
  site: Site<'inspect'>,
  url: URL,
  { name, says, remedies: given }: HealthFailure,
  signal: AbortSignal,
): Promise<never> {
  const logged = name === 'site-unhealthy' ? await newestLogged(site, signal) : '';
  const code = isNew(site) ? 'With the new code ' : '';
  stop(
    site,
    name,
    `${code}${url.href} ${says}.${alreadyBefore(site, says)}${logged}`,
    ...(given ?? [[newestLogs(site.journal.now)]]),
  );
}

function newestLogs(journal: Journal): Instruction {
  return isFirst(journal) ? newestOfWebServer : newestErrors(journal.writable);
}

/** Whether visitors meet other code than before: a verify, and a deploy of what is live, change none. */
function isNew({ journal }: Site): boolean {
  return journal.now.begun.includes('switch');
}

/** A site that was unhealthy before says little against the new code alone. */
function alreadyBefore(site: Site<'inspect'>, says: string): string {
  const before = site.facts.stage?.health?.failure ?? null;
  if (before === null || !isNew(site)) return '';
  return before === says
    ? ' It did so before this deploy too, so the new code alone is not to blame.'
    : ` It was unhealthy before this deploy too (it ${before}), so the new code alone is not to blame.`;
}

/** The newest line of its log that says an error: since the switch, where there was one. */
async function newestLogged(site: Site, signal: AbortSignal): Promise<string> {
  const { server, journal, facts, release } = site;
  const since = facts.switch?.logs ?? '';
  const writable = release.holdsLogs(journal.now.writable);
  const { log } = await query(server, { log: newestError(writable, since) }, signal);
  const line = log.stdout.trim().slice(0, 400);
  if (line === '') return '';
  return ` The newest error in its log${isNew(site) ? ' since the switch' : ''}: ${line}`;
}

/** A visit that was healthy. */
interface FirstVisit {
  readonly answer: Visit;
  readonly connections: Connections;
}

async function followSession(
  site: Site,
  application: Application,
  url: URL,
  { answer: first, connections }: FirstVisit,
  signal: AbortSignal,
): Promise<void> {
  const { cookieName, table } = application.session;
  const id = first.cookies.get(cookieName);
  if (id === undefined || id === '' || table === null) {
    const why =
      doubts(site.config, url, first).length > 0
        ? 'that page was not seen.'
        : `${url.href} sets no cookie ${cookieName}. Set health-url to a page with a session.`;
    site.notVerified(`That visitors get their session from ${table ?? 'the table'}: ${why}`);
    return;
  }
  const database = await sessionDatabase(site, application, signal);
  // The visitor comes back while the table is asked.
  const [there, second] = await Promise.all([
    inTable(database, table, cookieName, id),
    askOnce(site, url, { connections, cookies: first.cookies }, signal),
  ]);
  if (!there) {
    stop(
      site,
      'session-not-in-table',
      `${url.href} set the session cookie ${cookieName}, but ${table} has no row for it: PHP-FPM runs with another session configuration than the command line.`,
      seeEnvironment,
      switchCacheOff,
    );
  }
  judgeSecond(site, url, second, { cookieName, id });
}

/** A row's id carries the cookie's name since 4.2.11 and did not before. */
async function inTable(
  database: Database,
  table: string,
  cookie: string,
  id: string,
): Promise<boolean> {
  const ids = [`${cookie}:${id}`, id];
  const found = await Promise.all(ids.map(async (one) => database.hasSession(table, one)));
  return found.includes(true);
}

function judgeSecond(
  site: Site,
  url: URL,
  second: Visit | HealthFailure,
  { cookieName, id }: { readonly cookieName: string; readonly id: string },
): void {
  if ('says' in second) {
    stop(
      site,
      'session-not-found-again',
      `${url.href} ${second.says} when the visitor comes back with the cookie.`,
      newestErrors(site.journal.now.writable),
    );
  }
  if (second.cookies.get(cookieName) !== id) {
    stop(
      site,
      'session-not-found-again',
      `${url.href} gave the visitor a new session on the second visit: sessions are not read back.`,
      inRepository(
        'Look at the cookie settings (domain, secure, path), and at matchIP behind a proxy.',
      ),
    );
  }
  site.did(`The session of that visit is in the table and was found again.`);
}

function stop(
  site: Site,
  name: FindingName<'error'>,
  message: string,
  ...given: readonly Given[]
): never {
  site.find(errorFinding(name, message, ...given));
  throw new Stopped(message);
}
