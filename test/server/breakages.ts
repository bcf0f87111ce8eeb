import type { Site } from '../rig/kayart.ts';
import { linkedAgain } from '../rig/layouts.ts';

/** The user's migration, by its path in the repository. */
export const migration = 'app/Database/Migrations/2026-01-09-000000_CreateSessionTable.php';

/** What somebody does on the server as root, before the deploy. */
export async function root(site: Site, script: string): Promise<undefined> {
  const { code, stderr } = await site.machine.exec(['sh', '-e', '-c', script]);
  if (code !== 0) throw new Error(`${script}: ${stderr}`);
  return undefined;
}

/** The same as the user we deploy as, in the live tree. */
export async function nicolas(site: Site, script: string): Promise<undefined> {
  const { user } = site.machine;
  const asUser = { user, cwd: site.path };
  const { code, stderr } = await site.machine.exec(['sh', '-e', '-c', script], asUser);
  if (code !== 0) throw new Error(`${script}: ${stderr}`);
  return undefined;
}

/** Statements as root of the database. */
export async function statements(site: Site, ...sql: readonly string[]): Promise<undefined> {
  for (const one of sql) await site.sql(one);
  return undefined;
}

/** Adds lines to `.env` on the server. */
export async function dotenv(site: Site, ...lines: readonly string[]): Promise<undefined> {
  return nicolas(site, `cat >>.env <<'END'\n${lines.join('\n')}\nEND`);
}

/** A commit that another developer makes by hand in a clone of the repository. Answers its id. */
export async function commitByHand(site: Site, script: string): Promise<string> {
  const work = '/tmp/by-hand';
  const { user } = site.machine;
  const whole = `rm -rf ${work}; git clone -q /srv/git/kayart.git ${work}; cd ${work}
${script}
git -c user.name=Berta -c user.email=berta@kayart.test commit -q -m 'By hand'; git push -q origin HEAD:main; git rev-parse HEAD`;
  const { code, stdout, stderr } = await site.machine.exec(['sh', '-e', '-c', whole], { user });
  if (code !== 0) throw new Error(`${script}: ${stderr}`);
  return stdout.trim();
}

/** A script that changes tracked files, for the live commit and for the next one. Answers that. */
export async function inBothCommits(site: Site, script: string): Promise<string> {
  const { machine, path, base, commits, strategy } = site;
  const git = 'git -c user.name=N -c user.email=n@x';
  const whole = `cd ${path}
git checkout -q -B main ${commits.live}
${script}; ${git} commit -qam 'In the code'
live=$(git rev-parse HEAD)
${git} cherry-pick ${commits.live}..${commits.next} >/dev/null
git push -q -f origin HEAD:main; git rev-parse HEAD
git reset -q --hard $live
${strategy === 'in-place' ? '' : linkedAgain(base)}`;
  const { code, stdout, stderr } = await machine.exec(['sh', '-e', '-c', whole], {
    user: machine.user,
  });
  if (code !== 0) throw new Error(stderr);
  return stdout.trim();
}

/** A file of the repository as it is on its main branch. */
export async function fileOf(site: Site, name: string): Promise<string> {
  const { user } = site.machine;
  const show = ['git', '-C', '/srv/git/kayart.git', 'show', `main:${name}`];
  const { code, stdout, stderr } = await site.machine.exec(show, { user });
  if (code !== 0) throw new Error(stderr);
  return stdout;
}

/** A migration with these bodies, the class named as the user's. */
export function migrationWith(up: string, down: string, members = ''): string {
  return `<?php

namespace App\\Database\\Migrations;

use CodeIgniter\\Database\\Migration;

class CreateSessionTable extends Migration
{
    public function up()
    {
        ${up}
    }

    public function down()
    {
        ${down}
    }
${members}
}
`;
}

/** The session table as PHP would make it, by any name. */
export function createTable(name: string, primaryKey = "'id'"): string {
  return `$this->forge->addField(['id' => ['type' => 'VARCHAR', 'constraint' => 128], 'ip_address' => ['type' => 'VARCHAR', 'constraint' => 45], 'timestamp TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL', 'data' => ['type' => 'BLOB']]);
        $this->forge->addKey(${primaryKey}, true); $this->forge->addKey('timestamp'); $this->forge->createTable('${name}');`;
}

/** A controller that fails wherever a visitor goes. */
export const brokenController =
  "<?php\nnamespace App\\Controllers;\nclass Home extends \\CodeIgniter\\Controller\n{\n    public function index() { throw new \\RuntimeException('no prices yet'); }\n}\n";
