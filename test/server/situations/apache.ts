import { expect } from 'expect';
import type { Site } from '../../rig/kayart.ts';
import { phpServiceOf, type WebServer } from '../../rig/web-servers.ts';
import { brokenController, root } from '../breakages.ts';
import { deploy, errorsOf, type Situation } from '../situation.ts';
import { nobodyNoticed, visited } from './session-moves.ts';

const home = 'app/Controllers/Home.php';

/** What the owner of the session files needs where no socket leads to him. */
async function mayBeOwner(site: Site): Promise<undefined> {
  return root(
    site,
    "echo 'nicolas ALL=(www-data) NOPASSWD: /usr/bin/php' >/etc/sudoers.d/sessions",
  );
}

/** Nobody noticed, and the service that runs PHP was reloaded. */
async function unnoticed(site: Site): Promise<void> {
  await nobodyNoticed(site);
  const unit = phpServiceOf(site.machine, site.web);
  const { stdout } = await site.machine.exec(['journalctl', '-q', '-u', unit, '-o', 'cat']);
  expect(stdout).toContain(`Reloaded ${unit}.service`);
}

interface Way {
  readonly web: WebServer;
  readonly name: string;
  /** What moving the sessions needs there. */
  readonly prepare?: (site: Site) => Promise<undefined>;
  readonly also?: readonly string[];
}

function rowsOf({ web, name, prepare, also = [] }: Way): readonly Situation[] {
  return [
    {
      ...{ name: `${name}: an ordinary commit, while visitors click`, web, also },
      visited: true,
      async prepare(site) {
        const moved = await deploy(site, { inputs: { 'preserve-sessions': 'off' } });
        expect([moved.outputs['outcome'], errorsOf(moved)]).toEqual(['deployed', []]);
        await visited(site);
        return site.push({ 'app/Views/note.php': 'a note' }, 'A note');
      },
      outcome: 'deployed',
      errors: [],
      afterwards: unnoticed,
    },
    {
      ...{ name: `${name}: the sessions move, while visitors click`, web, also },
      visited: true,
      async prepare(site) {
        await prepare?.(site);
        return visited(site);
      },
      inputs: () => ({ 'preserve-sessions': 'required' }),
      outcome: 'deployed',
      errors: [],
      afterwards: unnoticed,
    },
    {
      ...{ name: `${name}: a broken commit is rolled back`, web },
      prepare: async (site) => site.push({ [home]: brokenController }, 'Throw at home'),
      inputs: () => ({ 'preserve-sessions': 'off' }),
      outcome: 'rolled-back',
      errors: ['site-unhealthy'],
    },
  ];
}

/** Apache, as Debian configures it. */
export const apache: readonly Situation[] = [
  ...rowsOf({ web: 'apache', name: 'Apache with PHP-FPM' }),
  ...rowsOf({
    ...{ web: 'apache-mod-php', name: 'Apache with mod_php' },
    ...{ prepare: mayBeOwner, also: ['fpm-not-asked'] },
  }),
  {
    name: 'Apache with PHP-FPM: input fpm-service names Apache, whose reload shows nobody new code',
    web: 'apache',
    inputs: () => ({ 'fpm-service': 'apache2' }),
    async prepare(site) {
      return root(
        site,
        `echo 'nicolas ALL=(root) NOPASSWD: /usr/bin/systemctl reload apache2' >>/etc/sudoers.d/nicolas`,
      );
    },
    outcome: 'refused',
    errors: ['fpm-other-service'],
  },
  {
    name: 'Apache with mod_php: sudo does not allow the reload',
    web: 'apache-mod-php',
    inputs: () => ({ 'preserve-sessions': 'off' }),
    prepare: async (site) => root(site, 'rm /etc/sudoers.d/nicolas'),
    outcome: 'refused',
    errors: ['reload-not-allowed'],
  },
  {
    name: 'Apache with mod_php: its configuration is broken',
    web: 'apache-mod-php',
    prepare: async (site) => root(site, 'echo Nonsense >>/etc/apache2/sites-available/kayart.conf'),
    inputs: () => ({ 'preserve-sessions': 'off' }),
    outcome: 'refused',
    errors: ['fpm-configuration'],
    says: /so it would refuse to reload: .*kayart\.conf/,
  },
];
