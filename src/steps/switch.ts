import { clearCache, dropStaleCaches, readCleared } from '../app/clear.ts';
import type { Site } from '../plan/site.ts';
import type { Step } from '../plan/step.ts';
import { command, shell, type Command, type Output } from '../server/command.ts';
import { errorFinding, warningFinding } from '../finding.ts';
import { Stopped } from '../plan/results.ts';
import { CommandFailed } from '../server/failures.ts';
import { perform } from '../server/round.ts';
import { fpmRuns, readFpmTest, reloadFpm, testFpm } from './fpm/fpm.ts';
import { confirmOld } from './confirm-old.ts';
import { renewCode } from './served/code.ts';
import { useReserve } from './tree/reserve.ts';
import { stageOf } from './tree/paths.ts';
import { moveBack, moveForward } from './tree/tree.ts';

// Two renames: the shortest time without a vendor directory that a directory allows. The mark between them tells
// who rolls this back that the one which is live is the new one, also where there was none before.
const swapVendor = `# vendor goes live
[ -d "$2/vendor" ] || exit 0
rm -rf "$3/vendor.before" "$3/vendor.swapped"
[ ! -d "$1/vendor" ] || mv "$1/vendor" "$3/vendor.before" || exit
: >"$3/vendor.swapped" && mv "$2/vendor" "$1/vendor"`;

const vendorBack = `# vendor as before
[ -d "$2/vendor.before" ] || [ -e "$2/vendor.swapped" ] || exit 0
rm -rf "$2/vendor.failed"
[ ! -d "$1/vendor" ] || mv "$1/vendor" "$2/vendor.failed" || exit
[ ! -d "$2/vendor.before" ] || mv "$2/vendor.before" "$1/vendor" || exit
rm -rf "$2/vendor.failed" "$2/vendor.swapped"`;

/** The moment visitors meet the new code. Until here the live site was not touched. */
export const switchOver: Step<'switch', 'inspect'> = {
  name: 'switch',
  title: 'Switch: the live tree to the new commit',
  needs: ['inspect'],
  changesSite: true,
  on: 'every host',
  async run(site, signal) {
    const { path, 'fpm-service': unit } = site.config;
    const { commit, stateDir, dependencies } = site.journal.now;
    const outputs = await perform(
      site.server,
      [
        ...(unit === 'none' ? [] : [fpmRuns(unit)]),
        ...moveForward(path, stateDir, commit),
        ...(dependencies ? [shell(swapVendor, [path, stageOf(stateDir), stateDir])] : []),
        ...clearCaches(site),
        clock,
      ],
      signal,
    );
    judgeCleared(site, outputs.at(-2));
    await reload(site, signal);
    await renewCode(site, Number(outputs.at(-1)?.stdout.trim()), signal);
    return undefined;
  },
  async undo(site, signal) {
    const { path } = site.config;
    const { previous, commit, stateDir } = site.journal.now;
    const outputs = await perform(
      site.server,
      [
        useReserve(stateDir),
        ...moveBack(path, stateDir, previous, commit),
        shell(vendorBack, [path, stateDir]),
        ...clearCaches(site),
        clock,
      ],
      signal,
    );
    judgeCleared(site, outputs.at(-2));
    await reload(site, signal);
    await renewCode(site, Number(outputs.at(-1)?.stdout.trim()), signal);
    site.rolledBack(`The live tree is back at commit ${previous.slice(0, 10)}.`);
    await confirmOld(site, signal);
    return undefined;
  },
  stranded: 'stranded-switch',
  byHand: ({ config, journal }) =>
    `cd ${config.path} && git reset --keep ${journal.now.previous} && git restore . && sudo systemctl reload-or-restart ${config['fpm-service']}`,
};

// From this second on PHP-FPM finds the other files.
const clock = command('date', ['+%s']);

function clearCaches({ config, journal, run }: Site): Command[] {
  return [
    dropStaleCaches(journal.now.writable),
    ...(config['cache-clear'] ? [clearCache(config.php, config.path, run.nonce)] : []),
  ];
}

/**
 * A cache that was left alone for the sake of what a link leads to is a warning.
 * @throws CommandFailed when PHP could not empty it
 */
function judgeCleared(site: Site, output: Output | undefined): void {
  const { config, run, server } = site;
  if (!config['cache-clear'] || output === undefined) return;
  const reply = readCleared(output, run.nonce);
  if (!reply.ok) {
    const failed = { ...output, stdout: '', stderr: reply.failure.message };
    throw new CommandFailed(server.name, 'php spark cache:clear', failed);
  }
  if (reply.value === null) return;
  site.find(
    warningFinding(
      'cache-not-cleared',
      `The cache of the application was not emptied: ${reply.value}. Visitors may get pages of the previous code from it.`,
      `cd ${config.path} && php spark cache:clear`,
    ),
  );
}

/** Seconds after which opcache looks at a file again unless set otherwise (opcache.revalidate_freq, PHP manual). */
const revalidate = 2;

async function untilSeen({ log, run }: Site, seconds: number, signal: AbortSignal): Promise<void> {
  log.say(`PHP-FPM sees the new code by itself within ${seconds} s: no reload.`);
  await run.pause((seconds + 1) * 1000, signal);
}

/** Waits until opcache has looked at every file again; false where only a reload makes sure of that, or of the moment. */
async function seenWithout(site: Site, signal: AbortSignal): Promise<boolean> {
  const seconds = site.facts.inspect?.seesNewCode ?? null;
  if (seconds === null || site.journal.now.handover !== null) return false;
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
  const [tested] = await server.round([testFpm(unit)], 'every', signal);
  if (tested === undefined) throw new Error('the test of PHP-FPM was not answered');
  const reported = readFpmTest(tested);
  if (typeof reported === 'object') {
    const broken = `The configuration of ${unit} was broken while this deploy was going on, so it was not reloaded: ${reported.problem}`;
    site.find(errorFinding('fpm-configuration', broken, 'Repair the file it names first.'));
    throw new Stopped(broken);
  }
  // A request that was still served by the old code may have written the caches again.
  const caches = dropStaleCaches(journal.now.writable);
  await perform(server, [...reloadFpm(unit), caches], signal);
}
