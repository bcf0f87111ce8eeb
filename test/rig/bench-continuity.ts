import { parseArgs } from 'node:util';
import { asRoot, continuity, type Counted, type Scenario } from './continuity.ts';
import type { Site } from './kayart.ts';
import { newest, releases } from './releases.ts';

const files = 100_000;
const active = 200;

const migration = 'app/Database/Migrations/2026-02-01-000000_SlowOne.php';
const slowMigration = `<?php

namespace App\\Database\\Migrations;

use CodeIgniter\\Database\\Migration;

class SlowOne extends Migration
{
    public function up()
    {
        sleep(10);
        $this->db->query('CREATE TABLE slow_one (id INT)');
    }

    public function down()
    {
        $this->forge->dropTable('slow_one');
    }
}
`;

/** The fixture's next commit moves the sessions; an ordinary one leaves them where they are. */
async function ordinary(site: Site, more: Record<string, string> = {}): Promise<string> {
  const git = `git -C /srv/git/kayart.git update-ref refs/heads/main ${site.commits.live}`;
  await site.machine.exec(['sh', '-c', git], { user: site.machine.user });
  return site.push({ 'app/Controllers/News.php': '<?php // news\n', ...more }, 'News');
}

/** As many files as a busy site has after two hours, most of them idle. */
async function crowded(site: Site): Promise<undefined> {
  const folder = `${site.path}/writable/session`;
  await asRoot(
    site,
    `php -r 'for ($i = 0; $i < ${files - 20}; $i++) { $f = "${folder}/ci_session" . md5("$i");
       file_put_contents($f, "name|s:4:\\"anna\\";count|i:$i;" . str_repeat("x", 300));
       touch($f, time() - ($i < ${active - 20} ? 5 : 300 + $i % 6000)); }'
     chown www-data ${folder}/ci_session*/. 2>/dev/null || find ${folder} -name 'ci_session*' -exec chown www-data {} + -exec chmod 600 {} +`,
  );
  return undefined;
}

const scenarios: readonly Scenario[] = [
  {
    name: 'change of the handler',
    inputs: { 'preserve-sessions': 'required' },
    outcome: 'deployed',
  },
  { name: 'ordinary deploy', prepare: ordinary, outcome: 'deployed' },
  {
    name: 'migration of 10 s',
    prepare: async (site) => ordinary(site, { [migration]: slowMigration }),
    outcome: 'deployed',
  },
  {
    name: 'not confirmed, rolled back',
    inputs: { 'health-text': 'this is on no page', 'health-retries': '1' },
    typedAfter: ({ path, machine, commits }) =>
      `cd ${path} && php spark migrate:rollback -f; git reset -q --hard ${commits.live} && php spark cache:clear && sudo systemctl reload ${machine.fpmService}`,
    outcome: 'rolled-back',
  },
  {
    name: `${files.toLocaleString('en')} files`,
    prepare: crowded,
    inputs: { 'preserve-sessions': 'required' },
    outcome: 'deployed',
  },
];

const { values } = parseArgs({
  options: { release: { type: 'string' }, only: { type: 'string' } },
});
const found = (await releases()).find(({ version }) => version === values.release);
const release = values.release === undefined ? await newest() : found;
if (release === undefined) throw new Error(`There is no CodeIgniter ${values.release ?? ''}.`);

const widths = [26, 8, 10, 8, 12, 12, 10];
function line(cells: readonly (string | number)[], reported = ''): void {
  const padded = cells.map((cell, at) =>
    at < 2 ? String(cell).padEnd(widths[at] ?? 0) : String(cell).padStart(widths[at] ?? 0),
  );
  console.log(`${padded.join('')}   ${reported}`);
}

console.log(`CodeIgniter ${release.version}; process_control_timeout = 10s; visitors count.\n`);
line(['', '', 'requests', 'failed', 'logged out', 'lost writes', 'slowest']);
let good = true;
for (const scenario of scenarios) {
  if (values.only !== undefined && !scenario.name.includes(values.only)) continue;
  for (const how of ['typed', 'action'] as const) {
    const seen: Counted = await continuity(scenario, release, how);
    const { requests, failed, loggedOut, lost, slowestMilliseconds, reported } = seen;
    const title = how === 'typed' ? scenario.name : '';
    line([title, how, requests, failed, loggedOut, lost, `${slowestMilliseconds} ms`], reported);
    for (const failure of seen.failures.slice(0, 7)) console.log(`${' '.repeat(34)}${failure}`);
    if (how === 'action' && failed + loggedOut + lost > 0) good = false;
  }
}
process.exit(good ? 0 : 1);
