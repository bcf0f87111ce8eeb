import type { Step } from '../../../src/plan/step.ts';
import { deploySteps } from '../../../src/commands/deploy.ts';
import type { Site } from '../../rig/kayart.ts';
import { runsOn, type Release } from '../../rig/releases.ts';
import { root } from '../breakages.ts';
import type { Accident } from './accident.ts';

/**
 * Taken from the plan itself: a step that is added is interrupted as well.
 * Those for commands of one's own never begin without any; commands-interrupted.test.ts has them.
 */
export const steps: readonly Step[] = deploySteps.filter(({ applies }) => applies === undefined);

/** What may interrupt a run at each of its steps. */
export const interruptions: readonly Accident[] = [
  { name: 'killed', kills: 'and post follows' },
  { name: 'killed with its runner', kills: 'and the runner is gone' },
  {
    name: 'connection lost',
    strike: async ({ machine }) => machine.exec(['pkill', '-KILL', '-f', 'sshd: nicolas']),
  },
];

/** What may happen to the server at each step. */
const failures: readonly Accident[] = [
  {
    name: 'disk full',
    prepare: ownFileSystem,
    strike: async (site) => root(site, 'cat /dev/zero >/var/www/filler 2>/dev/null || true'),
    repair: async (site) => root(site, 'rm /var/www/filler'),
  },
  {
    name: 'file system turned read-only',
    prepare: ownFileSystem,
    // Refused as long as somebody is writing.
    strike: async (site) =>
      root(site, 'until mount -o remount,ro /var/www 2>/dev/null; do sleep 0.02; done'),
    repair: async (site) => root(site, 'mount -o remount,rw /var/www'),
  },
  {
    name: 'database stopped',
    strike: async (site) =>
      root(
        site,
        'systemctl stop mariadb.socket; systemctl kill -s KILL mariadb; systemctl stop mariadb',
      ),
    repair: async (site) => root(site, 'systemctl start mariadb'),
  },
  {
    name: 'PHP-FPM dead',
    strike: async ({ machine }) => machine.exec(['systemctl', 'stop', machine.fpmService]),
    repair: async ({ machine }) => machine.exec(['systemctl', 'start', machine.fpmService]),
  },
  {
    name: 'everything dies, as when the power goes',
    strike: async (site) => root(site, blackout(site)),
    repair: async (site) =>
      root(site, `systemctl start mariadb ${site.machine.fpmService} nginx ssh`),
  },
  {
    name: 'rebooted',
    // systemd 254 and newer; the kernel stays, and with it the disk, which a container would forget.
    flavour: 'debian13',
    strike: async ({ machine }) => machine.exec(['systemctl', 'soft-reboot']),
    repair: async (site) =>
      root(
        site,
        'until systemctl is-system-running | grep -E "running|degraded"; do sleep 0.2; done',
      ),
  },
];

/** Small, and without anything else on it. */
async function ownFileSystem(site: Site): Promise<unknown> {
  return root(
    site,
    'mv /var/www /var/www.before; mkdir /var/www; mount -t tmpfs -o size=192m,mode=755 tmpfs /var/www; cp -a /var/www.before/. /var/www',
  );
}

/** No process gets to say good-bye; sshd is back before the others, as it is after a boot. */
function blackout({ machine }: Site): string {
  return `pkill -KILL -u nicolas || true
systemctl kill -s KILL mariadb ${machine.fpmService} nginx ssh || true
systemctl stop mariadb ${machine.fpmService} nginx
sleep 1; systemctl restart ssh`;
}

/** What can happen to a server that the release runs on. */
export function failuresFor(release: Release): readonly Accident[] {
  return failures.filter(({ flavour = 'debian12' }) => runsOn(release, flavour));
}
