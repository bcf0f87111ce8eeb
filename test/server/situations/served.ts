import { expect } from 'expect';
import type { Site } from '../../rig/kayart.ts';
import type { RunResult } from '../../rig/runner.ts';
import { commitByHand, nicolas, root, statements } from '../breakages.ts';
import { remedyOf, type Situation } from '../situation.ts';

/** Another schema on the same server, as full as that of the site. */
async function secondSchema(site: Site): Promise<void> {
  const { name, user } = site.database;
  await statements(
    site,
    'CREATE DATABASE elsewhere',
    `GRANT ALL ON elsewhere.* TO ${user}@localhost`,
    `GRANT ALL ON elsewhere.* TO ${user}@'127.0.0.1'`,
  );
  await root(site, `mysqldump ${name} | mysql elsewhere`);
}

/** Lines for the pool of the site; PHP-FPM starts with them. */
async function pool(site: Site, ...lines: readonly string[]): Promise<undefined> {
  const { phpVersion, fpmService } = site.machine;
  const file = `/etc/php/${phpVersion}/fpm/pool.d/www.conf`;
  return root(
    site,
    `cat >>${file} <<'END'\n${lines.join('\n')}\nEND\nsystemctl restart ${fpmService}`,
  );
}

/** The name of the schema in the repository and not in `.env`, where it would come first; then the next commit on that. */
async function namedInRepository(site: Site): Promise<string> {
  await secondSchema(site);
  await nicolas(
    site,
    `sed -i "s/'database' *=> '',/'database' => '${site.database.name}',/" app/Config/Database.php; sed -i --follow-symlinks '/database.default.database/d' .env
git -c user.name=N -c user.email=n@x commit -qam 'Name the schema'; git push -q --force origin HEAD:main`,
  );
  return commitByHand(
    site,
    `git -c user.name=B -c user.email=b@x cherry-pick ${site.commits.next} >/dev/null; echo notes >notes.txt; git add notes.txt`,
  );
}

/** A line of PHP at the end of the constructor of the database configuration, in the live tree alone. */
async function ledElsewhere(site: Site): Promise<undefined> {
  await secondSchema(site);
  return nicolas(
    site,
    `sed -i "s/parent::__construct();/parent::__construct(); \\$this->default['database'] = 'elsewhere';/" app/Config/Database.php`,
  );
}

/** A page that reads no table, so that it is well whatever database it is given. */
export function withoutSession(): Record<string, string> {
  return { 'health-url': 'http://kayart.test/plain' };
}

/** The remedy, pasted: git sees the edit, and it is still there. */
async function showsTheEdit(site: Site, result: RunResult): Promise<void> {
  await nicolas(site, remedyOf(result, 'hidden-edits'));
  await nicolas(
    site,
    '[ "$(git status --porcelain -uno -- app)" = \' M app/Config/Database.php\' ] && grep -q elsewhere app/Config/Database.php',
  );
}

const registrarOfServer = `cat >app/Config/Registrar.php <<'END'
<?php

namespace Config;

class Registrar
{
    public static function Database(): array
    {
        return ['default' => ['database' => 'elsewhere']];
    }
}
END`;

/** What visitors get is another thing than what the command line sees and what lies on the disk. */
export const served: readonly Situation[] = [
  {
    name: 'the pool of PHP-FPM names another schema',
    async prepare(site) {
      const commit = await namedInRepository(site);
      await pool(site, 'env[database.default.database] = elsewhere');
      return commit;
    },
    outcome: 'refused',
    errors: ['fpm-database-differs'],
    says: 'schema of group default is elsewhere',
  },
  {
    name: 'the pool of PHP-FPM has another name for the same database server',
    async prepare(site) {
      await nicolas(site, "sed -i --follow-symlinks '/database.default.hostname/d' .env");
      return pool(site, 'env[database.default.hostname] = 127.0.0.1');
    },
    outcome: 'deployed',
    errors: [],
    says: 'every step was proved',
  },
  {
    name: 'the configuration of nginx is closed to the deploy user: said to be not verified',
    prepare: async (site) => root(site, 'chmod 750 /etc/nginx'),
    outcome: 'deployed',
    errors: [],
    says: /not verified: .*What the web server adds to requests/,
    async afterwards(_site, result) {
      expect(result.summary.indexOf('Not verified')).toBeLessThan(result.summary.indexOf('Steps'));
    },
  },
  {
    name: 'fastcgi_param of nginx names another schema',
    async prepare(site) {
      const commit = await namedInRepository(site);
      await root(
        site,
        "sed -i 's#fastcgi_pass#fastcgi_param database.default.database elsewhere; fastcgi_pass#' /etc/nginx/sites-enabled/kayart; systemctl reload nginx",
      );
      return commit;
    },
    outcome: 'refused',
    errors: ['fpm-database-differs'],
    says: 'schema of group default is elsewhere',
  },
  hiddenBy('skip-worktree'),
  hiddenBy('assume-unchanged'),
  {
    name: 'a file that somebody forgot on the server leads the live tree to another schema',
    async prepare(site) {
      const commit = await namedInRepository(site);
      await nicolas(site, registrarOfServer);
      return commit;
    },
    outcome: 'refused',
    errors: ['database-differs'],
    says: 'schema of group default is elsewhere (commit: kayart)',
    async afterwards(site, result) {
      const { stdout } = await site.machine.exec(
        ['sh', '-e', '-c', remedyOf(result, 'database-differs')],
        { user: site.machine.user },
      );
      expect(stdout).toContain('app/Config/Registrar.php');
    },
  },
  {
    name: 'a file that git ignores leads the live tree to another schema, and the new code follows',
    async prepare(site) {
      const commit = await namedInRepository(site);
      await nicolas(
        site,
        `echo app/Config/Registrar.php >>${site.gitDir}/info/exclude\n${registrarOfServer}`,
      );
      return commit;
    },
    inPlaceOnly: 'a release does not have what git ignores',
    outcome: 'deployed',
    errors: [],
    async afterwards(site) {
      expect(await site.sql("SHOW TABLES IN elsewhere LIKE 'ci_sessions'")).toEqual([
        ['ci_sessions'],
      ]);
    },
  },
  {
    name: 'the commit moves the application to another schema: said, and migrated there',
    async prepare(site) {
      await namedInRepository(site);
      return commitByHand(
        site,
        `sed -i "s/'database' *=> '${site.database.name}',/'database' => 'elsewhere',/" app/Config/Database.php; git add .`,
      );
    },
    outcome: 'deployed',
    errors: [],
    also: ['database-moves'],
    async afterwards(site) {
      const made = await site.sql(
        "SELECT table_schema FROM information_schema.tables WHERE table_name = 'ci_sessions'",
      );
      expect(made).toEqual([['elsewhere']]);
    },
  },
];

/** An edit that git does not show, because it was asked not to look. */
function hiddenBy(flag: string): Situation {
  return {
    name: `an edit of the live tree is hidden by ${flag}`,
    async prepare(site) {
      await ledElsewhere(site);
      return nicolas(site, `git update-index --${flag} app/Config/Database.php`);
    },
    inputs: withoutSession,
    outcome: 'refused',
    errors: ['hidden-edits'],
    says: 'app/Config/Database.php',
    afterwards: showsTheEdit,
  };
}
