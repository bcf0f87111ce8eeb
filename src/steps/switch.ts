import { reloadOrStart } from '../remedies/fpm.ts';
import { sinceLock } from './lock.ts';
import { asRoot, asUser, onServer, toSee } from '../remedy.ts';
import { clearCache, dropStaleCaches, readCleared, type NotCleared } from '../app/clear.ts';
import type { LyingFiles } from '../plan/facts.ts';
import { commitBefore } from '../plan/journal.ts';
import type { Site } from '../plan/site.ts';
import { logSizes } from '../app/logs.ts';
import type { Step } from '../plan/step.ts';
import { command, nothing, printed, type Command, type Output, quote } from '../server/command.ts';
import { errorFinding, warningFinding, type Finding } from '../finding.ts';
import { Stopped } from '../plan/results.ts';
import { CommandFailed } from '../server/failures.ts';
import { perform } from '../server/round.ts';
import { fpmRuns, readFpmTest, reloadFpm, testFpm } from './fpm/fpm.ts';
import { laying } from './fpm/ask.ts';
import { confirmOld } from './confirm-old.ts';
import { readSums, renewCode, sumsOfChanged } from './served/code.ts';

/** The moment visitors meet the new code. Until here the live site was not touched. */
export const switchOver: Step<'switch', 'inspect'> = {
  name: 'switch',
  title: 'Switch: the live tree to the new commit',
  needs: ['inspect'],
  changesSite: true,
  on: 'every host',
  async run(site, signal) {
    const { config, journal, release } = site;
    const unit = config['fpm-service'];
    const first = unit === 'none' ? [] : [fpmRuns(unit)];
    const sizes = logSizes(release.holdsLogs(journal.now.writable));
    const commands = [sizes, ...first, ...release.activate(journal.now)];
    const { outputs, lying } = await change(site, commands, 'forward', signal);
    const later = isProvedNext(site);
    if (!later) await renewCode(site, lying, signal);
    site.did(`Commit ${journal.now.commit.slice(0, 10)} is live.`);
    return { logs: outputs[0]?.stdout ?? '', unproved: later ? lying : null };
  },
  async undo(site, signal) {
    const { now } = site.journal;
    const { lying } = await change(site, site.release.revert(now), 'back', signal);
    await renewCode(site, lying, signal);
    const before = commitBefore(now).slice(0, 10);
    site.rolledBack(
      before === '' ? 'Nothing is live, as before.' : `The live tree is back at commit ${before}.`,
    );
    await confirmOld(site, signal);
    return undefined;
  },
  stranded: 'stranded-switch',
  byHand: ({ config: { target, 'fpm-service': unit }, journal, release }) => [
    asUser(
      target.user,
      'Bring the previous files back',
      ...release.byHand.revert(journal.now.previous),
    ),
    ...(unit === 'none' ? [] : [asRoot('Let PHP-FPM run them', reloadOrStart(unit))]),
  ],
};

/**
 * A reload made PHP-FPM forget what it had compiled, and what it keeps in files it compares with ours. Then the visit of
 * the next step meets the new code anyway, and both are asked side by side.
 */
function isProvedNext(site: Site<'inspect'>): boolean {
  const { journal, facts } = site;
  const own = facts.stage?.commands['after-switch'] ?? [];
  const looksAgain = typeof facts.inspect.seesNewCode === 'number';
  return looksAgain && isReloaded(site) && journal.now.cutover === null && own.length === 0;
}

/**
 * Other files go live: caches of the previous ones are dropped and PHP-FPM is reloaded. All of it in one round, so that
 * no lost connection comes in between.
 */
async function change(
  site: Site,
  commands: readonly Command[],
  way: 'forward' | 'back',
  signal: AbortSignal,
): Promise<{ readonly outputs: readonly Output[]; readonly lying: LyingFiles }> {
  const after = [...clearCaches(site), clock, sumsOfChanged(site)];
  const seconds = secondsUntilSeen(site);
  const outputs = await changed(
    site,
    [...commands, ...after],
    isReloaded(site) ? reload(site) : [],
    signal,
  );
  const [cleared, time, sums] = outputs.slice(commands.length + after.length - 3);
  judgeCleared(site, cleared, way);
  if (seconds !== null) await untilSeen(site, seconds, signal);
  const since = Number(time?.stdout.trim());
  return { outputs, lying: { since, sums: readSums(sums?.stdout ?? '') } };
}

/** What the switch runs, and what it would run to reload PHP-FPM. */
export function switchCommands(site: Site): readonly Command[] {
  const { config, journal, release } = site;
  const unit = config['fpm-service'];
  return [
    ...(unit === 'none' ? [] : [fpmRuns(unit)]),
    ...release.activate(journal.now),
    ...clearCaches(site),
    ...(isReloaded(site) ? reload(site) : []),
  ];
}

/** @throws Stopped when PHP-FPM's configuration was broken meanwhile, CommandFailed for all else */
async function changed(
  site: Site,
  changes: readonly Command[],
  reloading: readonly Command[],
  signal: AbortSignal,
): Promise<readonly Output[]> {
  try {
    const question = laying(site, 'compiled');
    const last = question === nothing ? [] : [question];
    return await perform(site.server, [...changes, ...reloading, ...last], signal);
  } catch (failure) {
    const [test] = reloading;
    if (
      failure instanceof CommandFailed &&
      test !== undefined &&
      failure.command === printed(test)
    ) {
      stopAtBroken(site, failure.output);
    }
    throw failure;
  }
}

// From this second on PHP-FPM finds the other files.
const clock = command('date', ['+%s']);

function clearCaches({ config, journal, run, release }: Site): Command[] {
  return [
    dropStaleCaches(journal.now.writable),
    ...(config['cache-clear'] ? [clearCache(config.php, release.live, run.nonce)] : []),
  ];
}

/**
 * A cache that was left alone for the sake of what a link leads to is a warning. When it is rolled back everything is: a cache
 * must not keep PHP-FPM from its previous code.
 * @throws CommandFailed when PHP could not empty it
 */
function judgeCleared(site: Site, output: Output | undefined, way: 'forward' | 'back'): void {
  const { config, run, server, release } = site;
  if (!config['cache-clear'] || output === undefined) return;
  const reply = readCleared(output, run.nonce);
  if (!reply.ok && way === 'back') {
    const why = reply.failure.message;
    site.find(notCleared({ why, folder: null }, config.php, release.live));
    return;
  }
  if (!reply.ok) {
    const failed = { ...output, stdout: '', stderr: reply.failure.message };
    throw new CommandFailed(server.name, 'php spark cache:clear', failed);
  }
  if (reply.value === null) return;
  site.find(notCleared(reply.value, config.php, release.live));
}

/** The framework's own command follows a link: it would empty the folder that the link names. */
function notCleared({ why, folder }: NotCleared, php: string, live: string): Finding {
  return warningFinding(
    'cache-not-cleared',
    `The cache of the application was not emptied: ${why}. Visitors may get pages of the previous code from it.`,
    folder === null
      ? onServer('Empty it', `cd ${quote(live)} && ${quote(php)} spark cache:clear`)
      : toSee('See what is there now', `ls -la ${quote(folder)} ${quote(`${folder}/..`)}`),
  );
}

/** Seconds after which opcache looks at a file again unless set otherwise (opcache.revalidate_freq, PHP manual). */
const revalidate = 2;

async function untilSeen({ log, run }: Site, seconds: number, signal: AbortSignal): Promise<void> {
  log.say(`PHP-FPM sees the new code by itself within ${seconds} s: no reload.`);
  await run.pause((seconds + 1) * 1000, signal);
}

/** Until opcache has looked at every file again; null where only a reload brings that about, or fixes the moment. */
function secondsUntilSeen({ config, facts, journal }: Site): number | null {
  const seconds = facts.inspect?.seesNewCode ?? null;
  if (config['fpm-service'] === 'none' || config.reload === 'never') return seconds ?? revalidate;
  return config.reload === 'when-needed' && journal.now.cutover === null ? seconds : null;
}

function isReloaded(site: Site): boolean {
  return secondsUntilSeen(site) === null;
}

/**
 * The test comes first because a reload with a broken file kills PHP-FPM. A request that was still served by the old code
 * may have written the caches again.
 */
function reload({ config, facts, journal: { now } }: Site): readonly Command[] {
  const unit = config['fpm-service'];
  // Inspect has tested it since this lock was taken.
  const tested = facts.inspect === undefined || !now.locked ? null : sinceLock(now.stateDir);
  return [testFpm(unit, tested), reloadFpm(unit), dropStaleCaches(now.writable)];
}

function stopAtBroken(site: Site, tested: Output): never {
  const reported = readFpmTest(tested);
  const problem = typeof reported === 'object' ? reported.problem : reported;
  const broken = `The configuration of ${site.config['fpm-service']} was broken while this deploy was going on, so it was not reloaded: ${problem}`;
  site.find(errorFinding('fpm-configuration', broken, 'Repair the file it names first.'));
  throw new Stopped(broken);
}
