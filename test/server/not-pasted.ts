import type { Entry } from '../../src/findings/entry.ts';
import { sections, type FindingName } from '../../src/findings/registry.ts';

const packages = 'It installs a package, and no server of packages is reached from here.';
const contract = 'The contract suite pastes it, on each database or sshd.';
const sameLine = 'The same line as for mysqli, with another name.';
const directories = 'test/server/release-directories.test.ts pastes it.';
const first = 'test/server/first-deploy.test.ts pastes it.';
const rights = 'test/server/release-rights.test.ts pastes it.';
const asInput = 'An input of another run: test/server/rollback.test.ts gives it.';
const withSwitch = 'It is pasted as a part of stranded-switch.';

/** The findings with lines to paste that no row of the table pastes, each with the reason. */
export const notPasted: Partial<Record<FindingName, string>> = {
  'forward-refused':
    'Its lines are those of forwarding-prohibited, which are pasted; here sshd gives no reason.',
  'handler-changes-data':
    'column-type prints the same ALTER TABLE and stops first; this one is for what no type shows.',
  'handler-dates-wrongly':
    'column-type prints the same ALTER TABLE and stops first; this one is for what no type shows.',
  'ssh-no-common-algorithm': contract,
  'adopt-place': 'test/server/adopt.test.ts pastes it.',
  'adopt-web-server': 'test/server/adopt.test.ts pastes it.',
  'adopt-workflow': 'An input of another run: test/server/adopt.test.ts reads it.',
  'answer-worse': 'An input of another run; rows of the site have health-status.',
  'adopted-elsewhere': 'An input of another run: test/server/adopt.test.ts gives it.',
  'stranded-adopt': 'test/server/adopt.test.ts pastes it.',
  'no-release': first,
  'first-not-served': first,
  'push-too-shallow': 'test/server/push.test.ts does what its lines make actions/checkout do.',
  'shared-missing': directories,
  'files-not-shared': 'Rows of files that git does not have paste it, with release directories.',
  'link-not-resolved': directories,
  'shared-not-linked': rights,
  'release-closed-to-fpm': rights,
  'commit-not-deployed': asInput,
  'migrations-cannot-go': asInput,
  'hosts-disagree':
    'An input of another run, of two servers: test/unit/commands/fleet.test.ts gives it.',
  'stranded-regress': 'test/server/rollback.test.ts pastes it.',
  'lfs-missing': packages,
  'composer-missing': packages,
  'composer-lock-unchanged': packages,
  'php-missing': packages,
  'mbstring-missing': sameLine,
  'fpm-intl-missing': sameLine,
  'fpm-mbstring-missing': sameLine,
  'php-versions-differ': 'It takes two releases of PHP on one server, and Debian has one.',
  'health-certificate': 'It asks an authority for a certificate, and none is reached from here.',
  'clock-skew': 'The servers of the tests share one clock.',
  'session-too-long': 'It takes a session that grows while it is copied.',
  'table-is-view': contract,
  'described-table': contract,
  'described-column': contract,
  'described-key': contract,
  'stranded-lock': withSwitch,
  'stranded-stage': withSwitch,
  'stranded-in-stage': 'It takes a process that no signal ends.',
  'stranded-after-switch': 'It takes a process that no signal ends.',
  'stranded-migrate': withSwitch,
  'stranded-copy': withSwitch,
  'stranded-cutover': withSwitch,
};

/** Names of the findings of a server that print lines to paste. */
export function withLines(): readonly FindingName[] {
  return Object.entries(sections)
    .flatMap(([, entries]) => Object.entries<Entry>(entries))
    .filter(([, { fix }]) => fix === 'lines')
    .map(([name]) => name as FindingName);
}
