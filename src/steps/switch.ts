import type { Site } from '../plan/site.ts';
import type { Step } from '../plan/step.ts';
import { command, shell, type Command } from '../server/command.ts';
import { CommandFailed } from '../server/failures.ts';
import { perform } from '../server/round.ts';
import { readFpmTest, reloadFpm, testFpm } from './fpm.ts';
import { ask, healthUrl, untilHealthy } from './health.ts';
import { stageOf, staleCaches } from './paths.ts';

const isHead = `# the live commit is
[ "$(git rev-parse HEAD)" = "$1" ] || { echo "HEAD is $(git rev-parse HEAD)" >&2; exit 1; }`;

// Two renames: the shortest time without a vendor directory that a directory allows. The mark between them tells
// whoever takes this back that the one which is live is the new one, also where there was none before.
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
export const switchOver: Step = {
  name: 'switch',
  title: 'Switch: the live tree to the new commit',
  async run(site, signal) {
    const { path } = site.config;
    const { commit, house, dependencies } = site.journal.now;
    const at = { cwd: path };
    await perform(
      site.server,
      [
        command('git', ['merge', '--ff-only', '--quiet', commit], at),
        shell(isHead, [commit], at),
        ...(dependencies ? [shell(swapVendor, [path, stageOf(house), house])] : []),
        ...clearCaches(site),
      ],
      signal,
    );
    await reload(site, signal);
  },
  async undo(site, signal) {
    const { path } = site.config;
    const { previous, house } = site.journal.now;
    const at = { cwd: path };
    await perform(
      site.server,
      [
        command('git', ['reset', '--keep', '--quiet', previous], at),
        shell(isHead, [previous], at),
        shell(vendorBack, [path, house]),
        ...clearCaches(site),
      ],
      signal,
    );
    await reload(site, signal);
    site.learned.takenBack.push(`The live tree is back at commit ${previous.slice(0, 10)}.`);
    await confirmOld(site, signal);
  },
};

function clearCaches({ config, journal }: Site): Command[] {
  const clear = command(config.php, ['spark', 'cache:clear', '--no-header'], { cwd: config.path });
  return [
    command('rm', ['-f', ...staleCaches(journal.now.writable)]),
    ...(config['cache-clear'] ? [clear] : []),
  ];
}

/** Tests the configuration and reloads in one round; the test comes first because a reload with a broken file kills FPM. */
async function reload({ config, server }: Site, signal: AbortSignal): Promise<void> {
  const unit = config['fpm-service'];
  if (unit === 'none') return;
  const [tested] = await server.round([testFpm(unit)], 'every', signal);
  if (tested === undefined) throw new Error('the test of PHP-FPM was not answered');
  if (typeof readFpmTest(tested) === 'object') {
    throw new CommandFailed(server.name, 'php-fpm -t', tested);
  }
  await perform(server, reloadFpm(unit), signal);
}

/** After going back: the old code must answer as it did before, be that healthy or not. */
async function confirmOld(site: Site, signal: AbortSignal): Promise<void> {
  const { live, healthBefore } = site.learned;
  const url = live === undefined ? null : healthUrl(site.config, live);
  // Where nothing answered before, silence proves nothing.
  if (url === null || healthBefore === undefined || healthBefore.status === null) return;
  const answer =
    healthBefore.ill === null
      ? await untilHealthy(site, url, signal)
      : await ask(site, url, new Map(), signal);
  if ('says' in answer) {
    throw new Error(`the old code is back, but ${url.href} ${answer.says}`);
  }
  const { status } = answer;
  if (healthBefore.ill !== null && status !== healthBefore.status) {
    throw new Error(
      `the old code is back, but ${url.href} answers ${status}, not ${healthBefore.status} as before`,
    );
  }
  site.log.say(`${url.href} answers ${status} with the old code.`);
  site.learned.takenBack.push(`The old code answers ${status} at ${url.href}, as before.`);
}
