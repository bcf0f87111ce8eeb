import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'expect';
import { patient } from '../../rig/continuity.ts';
import type { Site } from '../../rig/kayart.ts';
import type { RunResult } from '../../rig/runner.ts';
import { visitors, type Seen, type Visitors } from '../../rig/visitors.ts';
import { fileOf, nicolas, root } from '../breakages.ts';
import { deploy, type Situation } from '../situation.ts';

const crowds = new WeakMap<Site, { stop: () => Promise<Seen[]> }>();

/** Visitors who click from before the deploy until after it, and others who log in all the time. */
export async function visited(site: Site): Promise<undefined> {
  if (site.web !== 'apache-mod-php') await patient(site);
  const first = visitors(site.url, 6, 100);
  await first.arrived;
  const all: Visitors[] = [first];
  let over = false as boolean;
  const comers = (async () => {
    while (!over) {
      // Each visitor keeps a process of mod_php to himself, of which there are not many.
      if (site.web === 'nginx' || all.length < 10) all.push(visitors(site.url, 1, 150));
      await pause(400);
    }
  })();
  crowds.set(site, {
    stop: async () => {
      over = true;
      await comers;
      // Those who came during the deploy click on under what it left.
      await pause(500);
      return Promise.all(all.map(async (one) => one.stop()));
    },
  });
  return undefined;
}

/** Who clicked and who logged in meanwhile. */
export async function nobodyNoticed(site: Site): Promise<void> {
  const seen = (await crowds.get(site)?.stop()) ?? [];
  const sum = (of: (one: Seen) => number): number => seen.reduce((all, one) => all + of(one), 0);
  expect(sum(({ visitors: count }) => count)).toBeGreaterThan(6);
  const failed = seen.flatMap(({ failures }) => failures);
  expect({
    failed,
    loggedOut: sum(({ loggedOut }) => loggedOut),
    lost: sum(({ lost }) => lost),
    log: failed.length === 0 ? '' : await logOf(site),
  }).toEqual({ failed: [], loggedOut: 0, lost: 0, log: '' });
  const env = await site.machine.exec(['cat', `${site.path}/.env`]);
  expect(env.stdout.startsWith('CI_ENVIRONMENT = production\n')).toBe(true);
  const mode = await site.machine.exec(['stat', '-L', '-c', '%U:%G %a', `${site.path}/.env`]);
  expect(mode.stdout.trim()).toBe('nicolas:www-data 640');
  const left = `ls -A ${site.path} | grep ci4-deploy; ls -A ${site.gitDir}/ci4-deploy | grep -v releases`;
  expect((await site.machine.exec(['sh', '-c', left])).stdout).toBe('');
}

/** What the application says of its own failures. */
async function logOf(site: Site): Promise<string> {
  const script = `tail -n 40 ${site.path}/writable/logs/log-*.log; tail -n 20 /var/log/php*fpm.log /var/log/nginx/error.log /var/log/apache2/error.log`;
  return (await site.machine.exec(['sh', '-c', script])).stdout;
}

function says(result: RunResult, text: string): void {
  expect(result.shown.join('\n')).toContain(text);
}

/** The socket of PHP-FPM is for its own user alone. */
async function closeSocket(site: Site): Promise<undefined> {
  const { phpVersion, fpmService } = site.machine;
  const pool = `/etc/php/${phpVersion}/fpm/pool.d/www.conf`;
  return root(
    site,
    `sed -i 's/^;*listen.mode.*/listen.mode = 0600/' ${pool}; systemctl restart ${fpmService}`,
  );
}

/** The commit that takes the sessions back to files; the one that moved them is live by then. */
async function movedBefore(site: Site): Promise<string> {
  const moved = await deploy(site, { inputs: { 'preserve-sessions': 'off' } });
  expect(moved.outputs).toMatchObject({ outcome: 'deployed' });
  const name = await settingsOf(site);
  const text = await fileOf(site, name);
  const files = text
    .replace(
      /(river\s*=\s*)[^;]*DatabaseHandler[^;]*;/,
      "$1'CodeIgniter\\Session\\Handlers\\FileHandler';",
    )
    .replace(/(avePath\s*=\s*)'ci_sessions';/, "$1WRITEPATH . 'session';");
  return site.push({ [name]: files }, 'Back to files');
}

async function settingsOf(site: Site): Promise<string> {
  const newer = 'app/Config/Session.php';
  return fileOf(site, newer).then(
    () => newer,
    () => 'app/Config/App.php',
  );
}

const neverHealthy = (): Record<string, string> => ({
  'health-text': 'this is on no page',
  'health-retries': '0',
});

/** Sessions that change their handler, with visitors there all the time. */
export const sessionMoves: readonly Situation[] = [
  {
    name: 'visitors keep their sessions from files to MySQL, through the socket of PHP-FPM',
    prepare: visited,
    inputs: () => ({ 'preserve-sessions': 'required' }),
    visited: true,
    outcome: 'deployed',
    errors: [],
    async afterwards(site, result) {
      await nobodyNoticed(site);
      says(result, 'through the socket of PHP-FPM');
    },
  },
  {
    name: 'visitors keep their sessions, by sudo where the socket is closed',
    async prepare(site) {
      const line = 'nicolas ALL=(www-data) NOPASSWD: /usr/bin/php';
      await root(site, `echo '${line}' >/etc/sudoers.d/sessions`);
      await closeSocket(site);
      // nginx is of that user, and so still gets in.
      return visited(site);
    },
    inputs: () => ({ 'preserve-sessions': 'required' }),
    visited: true,
    outcome: 'deployed',
    errors: [],
    async afterwards(site, result) {
      await nobodyNoticed(site);
      says(result, 'as www-data, by sudo');
    },
  },
  {
    name: 'visitors keep their sessions where PHP-FPM runs as the user we deploy as',
    async prepare(site) {
      const pool = `/etc/php/${site.machine.phpVersion}/fpm/pool.d/www.conf`;
      await root(
        site,
        `sed -i 's/^user = .*/user = nicolas/' ${pool}; chown -R nicolas ${site.path}/writable`,
      );
      return visited(site);
    },
    inputs: () => ({ 'preserve-sessions': 'required' }),
    visited: true,
    outcome: 'deployed',
    errors: [],
    async afterwards(site, result) {
      await nobodyNoticed(site);
      says(result, 'as ourselves');
    },
  },
  {
    name: 'visitors keep their sessions from MySQL to files',
    async prepare(site) {
      const commit = await movedBefore(site);
      await visited(site);
      return commit;
    },
    inputs: () => ({ 'preserve-sessions': 'required' }),
    visited: true,
    outcome: 'deployed',
    errors: [],
    afterwards: nobodyNoticed,
  },
  {
    name: 'the confirmation fails after the cutover: earlier visitors and new ones stay logged in',
    prepare: visited,
    inputs: neverHealthy,
    visited: true,
    outcome: 'rolled-back',
    errors: ['health-text-missing'],
    fails: 'confirm',
    afterwards: nobodyNoticed,
  },
  {
    name: 'the same on the way from MySQL to files',
    async prepare(site) {
      const commit = await movedBefore(site);
      await visited(site);
      return commit;
    },
    inputs: neverHealthy,
    visited: true,
    outcome: 'rolled-back',
    errors: ['health-text-missing'],
    afterwards: nobodyNoticed,
  },
  {
    name: 'no way to the session files, and they are required: refused, with both ways to paste',
    async prepare(site) {
      await closeSocket(site);
      await site.get('/login/anna');
      return undefined;
    },
    inputs: () => ({ 'preserve-sessions': 'required' }),
    outcome: 'refused',
    errors: ['visitors-logged-out'],
    says: 'nothing lets us become that user',
    async afterwards(_site, result) {
      expect(result.outputs['findings']).toContain('NOPASSWD: /usr/bin/php');
      expect(result.outputs['findings']).toMatch(/Every visitor \(\d+ sessions?\)/);
    },
  },
  {
    name: 'no way to the session files: refused, and the way is pasted',
    async prepare(site) {
      await closeSocket(site);
      await site.get('/login/anna');
      return undefined;
    },
    outcome: 'refused',
    errors: ['visitors-logged-out'],
    says: /Every visitor \(\d+ session/,
  },
  {
    name: 'switched off: deployed, and the sentence says who is logged out',
    async prepare(site) {
      await site.get('/login/anna');
      return undefined;
    },
    inputs: () => ({ 'preserve-sessions': 'off' }),
    outcome: 'deployed',
    errors: [],
    also: ['visitors-logged-out'],
    says: /^Deployed .*, and \d+ visitors? (?:was|were) logged out: the rest was proved/,
  },
  {
    name: 'a constructor that heeds no .env: found out before the switch, and .env is as before',
    since: '4.3',
    async prepare(site) {
      const name = 'app/Config/Session.php';
      const text = await fileOf(site, name);
      const made = `public function __construct() { parent::__construct(); $this->driver = \\CodeIgniter\\Session\\Handlers\\DatabaseHandler::class; $this->savePath = 'ci_sessions'; }\n`;
      return site.push({ [name]: text.replace(/\}\s*$/, `${made}}\n`) }, 'Constructor');
    },
    outcome: 'rolled-back',
    errors: ['visitors-logged-out'],
    says: 'does not heed .env',
    async afterwards(site) {
      await nicolas(site, 'head -n 1 .env | grep -qx "CI_ENVIRONMENT = production"');
    },
  },
];
