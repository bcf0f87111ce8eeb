import { reloadOrStart } from '../remedies/fpm.ts';
import { asRoot, asUser, onServer, toSee } from '../remedy.ts';
import { clearCache, dropStaleCaches, readCleared, type NotCleared } from '../app/clear.ts';
import type { Site } from '../plan/site.ts';
import { logSizes } from '../app/logs.ts';
import type { Step } from '../plan/step.ts';
import { command, type Command, type Output, quote } from '../server/command.ts';
import { errorFinding, warningFinding, type Finding } from '../finding.ts';
import { Stopped } from '../plan/results.ts';
import { CommandFailed } from '../server/failures.ts';
import { perform } from '../server/round.ts';
import { fpmRuns, readFpmTest, reloadFpm, servingFpm, testFpm } from './fpm/fpm.ts';
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
    const sizes = logSizes(journal.now.writable);
    const commands = [sizes, ...first, ...release.activate(journal.now)];
    const [logs] = await change(site, commands, 'forward', signal);
    return { logs: logs?.stdout ?? '' };
  },
  async undo(site, signal) {
    const { now } = site.journal;
    await change(site, site.release.revert(now), 'back', signal);
    site.rolledBack(`The live tree is back at commit ${now.previous.slice(0, 10)}.`);
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

/** Other files go live: caches of the previous ones are dropped, PHP-FPM is reloaded, and what it compiled is proved. */
async function change(
  site: Site,
  commands: readonly Command[],
  way: 'forward' | 'back',
  signal: AbortSignal,
): Promise<readonly Output[]> {
  const all = [...commands, ...clearCaches(site), clock, sumsOfChanged(site)];
  const outputs = await perform(site.server, all, signal);
  const [cleared, time, sums] = outputs.slice(-3);
  judgeCleared(site, cleared, way);
  await reload(site, signal);
  const since = Number(time?.stdout.trim());
  await renewCode(site, { since, sums: readSums(sums?.stdout ?? '') }, signal);
  return outputs;
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

/** Waits until opcache has looked at every file again; false where only a reload brings that about, or fixes the moment. */
async function seenWithout(site: Site, signal: AbortSignal): Promise<boolean> {
  const seconds = site.facts.inspect?.seesNewCode ?? null;
  if (seconds === null || site.journal.now.cutover !== null) return false;
  await untilSeen(site, seconds, signal);
  return true;
}

/** Tests the configuration and reloads in one round; the test comes first because a reload with a broken file kills FPM. */
async function reload(site: Site, signal: AbortSignal): Promise<void> {
  const { config, server, journal } = site;
  const unit = config['fpm-service'];
  if (unit === 'none' || config.reload === 'never') {
    await untilSeen(site, site.facts.inspect?.seesNewCode ?? revalidate, signal);
    return;
  }
  if (config.reload === 'when-needed' && (await seenWithout(site, signal))) return;
  const questions = [testFpm(unit), servingFpm(unit)];
  const [tested, serving] = await server.round(questions, 'every', signal);
  if (tested === undefined) throw new Error('the test of PHP-FPM was not answered');
  const reported = readFpmTest(tested);
  if (typeof reported === 'object') {
    const broken = `The configuration of ${unit} was broken while this deploy was going on, so it was not reloaded: ${reported.problem}`;
    site.find(errorFinding('fpm-configuration', broken, 'Repair the file it names first.'));
    throw new Stopped(broken);
  }
  // A request that was still served by the old code may have written the caches again.
  const caches = dropStaleCaches(journal.now.writable);
  await perform(server, [...reloadFpm(unit, serving), caches], signal);
}
