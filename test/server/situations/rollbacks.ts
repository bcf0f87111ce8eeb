import { expect } from 'expect';
import type { Site } from '../../rig/kayart.ts';
import {
  brokenController,
  createTable,
  dotenv,
  migration,
  migrationWith,
  nicolas,
  root,
  statements,
} from '../breakages.ts';
import { remedyOf, deploy, snapshot, type Situation } from '../situation.ts';

/** Code that no visitor can use, so that the deploy has to go back, with a migration of its own. */
async function goesBack(site: Site, up: string, down: string): Promise<string> {
  return site.push(
    {
      'app/Controllers/Home.php': brokenController,
      [migration]: migrationWith(`${createTable('ci_sessions')}\n        ${up}`, down),
    },
    'Go back',
  );
}

const drop = "$this->forge->dropTable('ci_sessions');";

async function tableStays(site: Site): Promise<void> {
  expect(await site.sql('SELECT COUNT(*) FROM ci_sessions')).toHaveLength(1);
}

/** Files that take a while to write. */
function pages(letter: string): Record<string, string> {
  const text = `<?php // ${letter.repeat(400_000)}\n`;
  return Object.fromEntries(
    Array.from({ length: 30 }, (_, at) => [`app/Pages/Page${at}.php`, text]),
  );
}

/** Somebody reads them all the time: what is not whole is written down, and which of them were met. */
async function reading(site: Site): Promise<void> {
  const program = `chdir("${site.path}/app/Pages"); $met = "";
    while (! file_exists("/tmp/over")) { foreach (range(0, 29) as $at) {
      $text = (string) @file_get_contents("Page$at.php"); $letter = $text[9] ?? "?";
      if (strlen($text) !== 400010) { file_put_contents("/tmp/torn", "Page$at.php " . strlen($text) . PHP_EOL, FILE_APPEND); }
      elseif ($at === 0 && substr($met, -1) !== $letter) { $met .= $letter; } clearstatcache(); } }
    file_put_contents("/tmp/read", $met);`;
  await root(site, ': >/tmp/torn');
  await site.machine.exec(['sh', '-c', `setsid php -r '${program}' >/dev/null 2>&1 &`]);
}

/** Ways back that are not plain. */
export const rollbacks: readonly Situation[] = [
  {
    name: 'down() does nothing: the batch stays, and the old code works with it',
    prepare: async (site) => goesBack(site, '', '// nothing'),
    outcome: 'rolled-back',
    errors: ['site-unhealthy'],
    also: ['migrations-not-rolled-back', 'tables-left'],
    differs: ['tables', 'ledger'],
    async afterwards(site, result) {
      // The ledger has that migration: nothing would make its table again.
      expect(result.summary).not.toContain('DROP TABLE');
      await tableStays(site);
    },
  },
  {
    name: 'down() throws: the batch stays, and the report says why',
    prepare: async (site) => goesBack(site, '', "throw new \\RuntimeException('never back');"),
    outcome: 'rolled-back',
    errors: ['site-unhealthy'],
    also: ['migrations-not-rolled-back', 'tables-left'],
    differs: ['tables', 'ledger'],
    async afterwards(site, result) {
      expect(result.outputs['findings']).toContain('never back');
      await tableStays(site);
    },
  },
  {
    name: 'down() would drop a table of somebody else: it is not called',
    async prepare(site) {
      await statements(site, 'CREATE TABLE orders (id INT)', 'INSERT INTO orders VALUES (1)');
      return goesBack(site, '', `${drop} $this->forge->dropTable('orders');`);
    },
    outcome: 'rolled-back',
    errors: ['site-unhealthy'],
    also: ['migrations-not-rolled-back'],
    differs: ['tables', 'ledger'],
    async afterwards(site) {
      expect(await site.sql('SELECT * FROM orders')).toEqual([['1']]);
    },
  },
  {
    name: 'the rollback of migrations is switched off',
    prepare: async (site) => goesBack(site, '', drop),
    inputs: () => ({ 'undo-migrations': 'never' }),
    outcome: 'rolled-back',
    errors: ['site-unhealthy'],
    also: ['migrations-not-rolled-back'],
    differs: ['tables', 'ledger'],
  },
  {
    name: 'git is locked in the middle: the switch fails and nothing has moved',
    inPlaceOnly: 'no git takes part when a link is replaced',
    prepare: async (site) =>
      site.push(
        {
          [migration]: migrationWith(
            `${createTable('ci_sessions')} touch('${site.path}/.git/index.lock');`,
            `${drop} unlink('${site.path}/.git/index.lock');`,
          ),
        },
        'Lock',
      ),
    fails: 'switch',
    outcome: 'rolled-back',
    errors: ['command-failed'],
    says: 'Another git process',
  },
  {
    name: 'who reads a file while the tree moves, forward and back, meets all of it',
    inPlaceOnly: 'no file moves (test/contract/strategy.test.ts reads while the link does)',
    prepare: async (site) => {
      const first = `git -C /srv/git/kayart.git update-ref refs/heads/main ${site.commits.live}`;
      await nicolas(site, first);
      await site.push(pages('a'), 'Pages');
      await nicolas(site, 'git pull -q --ff-only');
      const commit = await site.push(
        { ...pages('b'), 'app/Controllers/Home.php': brokenController },
        'Other pages',
      );
      await reading(site);
      return commit;
    },
    outcome: 'rolled-back',
    errors: ['site-unhealthy'],
    async afterwards(site) {
      const torn = 'touch /tmp/over; sleep 1; cat /tmp/torn; cat /tmp/read';
      const { stdout } = await site.machine.exec(['sh', '-c', torn]);
      const [seen = '', ...rest] = stdout.trim().split('\n').toReversed();
      expect(rest).toEqual([]);
      expect(seen).toMatch(/^a+b+a+$/);
    },
  },
  {
    name: 'a file lies in the way when the tree is switched',
    inPlaceOnly: 'a release begins empty',
    prepare: async (site) =>
      site.push(
        {
          'app/Controllers/News.php': '<?php\n',
          [migration]: migrationWith(
            `${createTable('ci_sessions')} file_put_contents('${site.path}/app/Controllers/News.php', 'x');`,
            `${drop} unlink('${site.path}/app/Controllers/News.php');`,
          ),
        },
        'In the way',
      ),
    fails: 'switch',
    outcome: 'rolled-back',
    errors: ['command-failed'],
    says: 'News.php',
  },
  {
    name: 'PHP-FPM is broken in the middle: stranded, with the commands that finish it',
    async prepare(site) {
      const pool = `/etc/php/${site.machine.phpVersion}/fpm/pool.d/www.conf`;
      await root(site, `chown nicolas ${pool}`);
      return site.push(
        {
          [migration]: migrationWith(
            `${createTable('ci_sessions')} file_put_contents('${pool}', "\\nbad = entry\\n", FILE_APPEND);`,
            drop,
          ),
        },
        'Break PHP-FPM',
      );
    },
    outcome: 'stranded',
    errors: ['fpm-configuration', 'stranded-switch'],
    says: /could not be rolled back.*unknown entry/,
    // The lock and what is under it stay for who finishes it; tables and pinned .env, as the new code may be live.
    differs: ['left', 'tables', 'ledger', 'files'],
    async afterwards(site, result) {
      expect(remedyOf(result, 'stranded-switch')).toContain(
        site.strategy === 'releases' ? 'mv -T current.new current' : 'reset --keep',
      );
      expect(result.postLog.join('\n')).toContain(
        'Failed and could not be rolled back completely.',
      );
      const pool = `/etc/php/${site.machine.phpVersion}/fpm/pool.d/www.conf`;
      await root(site, `sed -i '/^bad = entry/d' ${pool}`);
      const up = createTable('ci_sessions');
      const commit = await site.push({ [migration]: migrationWith(up, drop) }, 'Break nothing');
      const again = await deploy(site, { commit, attempt: 2 });
      expect(again.outputs['outcome']).toBe('deployed');
      expect(again.outputs['findings']).toContain('ended in the middle');
      expect((await snapshot(site)).left).toBe('');
    },
  },
  {
    name: 'a site that was unhealthy before and is not repaired is said to have been',
    async prepare(site) {
      await dotenv(site, 'app.baseURL = http://kayart.test/missing/');
      return goesBack(site, '', drop);
    },
    inputs: () => ({ 'health-url': 'http://kayart.test/missing', 'health-status': '200' }),
    outcome: 'rolled-back',
    errors: ['site-unhealthy'],
    also: ['site-unhealthy-before-deploy'],
  },
  {
    name: 'what cannot be tidied up is said, and the deploy is live all the same',
    prepare: async (site) => nicolas(site, `mkdir -p ${site.gitDir}/ci4-deploy/releases.jsonl`),
    fails: 'finish',
    outcome: 'deployed',
    errors: [],
    also: ['cleanup-failed'],
  },
];
