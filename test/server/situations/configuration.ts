import { expect } from 'expect';
import type { Site } from '../../rig/kayart.ts';
import {
  createTable,
  dotenv,
  fileOf,
  migration,
  migrationWith,
  nicolas,
  root,
  statements,
} from '../breakages.ts';
import { deploy, type Situation } from '../situation.ts';

/** Settings in `.env` have other names up to CodeIgniter 4.2. */
async function session(site: Site, name: string, value: string): Promise<undefined> {
  const old = `app.session${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return dotenv(site, `session.${name} = ${value}`, `${old} = ${value}`);
}

async function rows(site: Site, table: string): Promise<number> {
  expect((await site.get('/login/berta')).status).toBe(200);
  const [row] = await site.sql(`SELECT COUNT(*) FROM ${table} WHERE data LIKE '%berta%'`);
  return Number(row?.[0]);
}

/** Session settings that come from a registrar, by the names of both generations. */
function registrar(settings: Readonly<Record<string, string>>, more = ''): string {
  const pairs = Object.entries(settings);
  const own = pairs.map(([name, value]) => `'${name}' => '${value}'`).join(', ');
  const old = pairs
    .map(
      ([name, value]) => `'session${name.charAt(0).toUpperCase()}${name.slice(1)}' => '${value}'`,
    )
    .join(', ');
  return `<?php\nnamespace Config;\nclass Registrar\n{\n    public static function Session(): array { return [${own}]; }\n    public static function App(): array { return [${old}]; }\n${more}}\n`;
}

/** What an application's configuration can be like, healthy first. */
export const configuration: readonly Situation[] = [
  {
    name: 'table name by a registrar',
    prepare: async (site) =>
      site.push(
        {
          'app/Config/Registrar.php': registrar({ savePath: 'shop_sessions' }),
          [migration]: migrationWith(
            createTable('shop_sessions'),
            "$this->forge->dropTable('shop_sessions');",
          ),
        },
        'By registrar',
      ),
    outcome: 'deployed',
    errors: [],
    afterwards: async (site) => {
      expect(await rows(site, 'shop_sessions')).toBe(1);
    },
  },
  {
    name: 'table name set in a constructor',
    since: '4.3',
    async prepare(site) {
      const file = 'app/Config/Session.php';
      const text = await fileOf(site, file);
      const set = `\n    public function __construct()\n    {\n        parent::__construct();\n        $this->savePath = 'made_sessions';\n    }\n}\n`;
      return site.push(
        {
          [file]: text.trimEnd().replace(/\}$/, set),
          [migration]: migrationWith(
            createTable('made_sessions'),
            "$this->forge->dropTable('made_sessions');",
          ),
        },
        'By constructor',
      );
    },
    // A constructor heeds no .env, so that the previous handler cannot be pinned there.
    inputs: () => ({ 'preserve-sessions': 'off' }),
    outcome: 'deployed',
    errors: [],
    async afterwards(site) {
      expect(await rows(site, 'made_sessions')).toBe(1);
    },
  },
  {
    name: 'sessions in a database of their own',
    since: '4.3',
    async prepare(site) {
      await statements(
        site,
        'CREATE DATABASE visitors',
        'GRANT ALL ON visitors.* TO kayart@localhost',
      );
      const group = `    public static function Database(): array { return ['visitors' => ['hostname' => 'localhost', 'username' => 'kayart', 'password' => env('database.default.password'), 'database' => 'visitors', 'DBDriver' => 'MySQLi', 'DBPrefix' => '', 'pConnect' => false, 'DBDebug' => true, 'charset' => 'utf8mb4', 'DBCollat' => 'utf8mb4_general_ci', 'swapPre' => '', 'encrypt' => false, 'compress' => false, 'strictOn' => false, 'failover' => [], 'port' => 3306]]; }\n`;
      return site.push(
        {
          'app/Config/Registrar.php': registrar({ DBGroup: 'visitors' }, group),
          [migration]: migrationWith(
            createTable('ci_sessions'),
            "$this->forge->dropTable('ci_sessions');",
            "    protected $DBGroup = 'visitors';",
          ),
        },
        'A database of their own',
      );
    },
    outcome: 'deployed',
    errors: [],
    afterwards: async (site) => {
      expect(await rows(site, 'visitors.ci_sessions')).toBe(1);
    },
  },
  {
    name: 'matchIP with its primary key',
    async prepare(site) {
      await session(site, 'matchIP', 'true');
      return site.push(
        {
          [migration]: migrationWith(
            createTable('ci_sessions', "['id', 'ip_address']"),
            "$this->forge->dropTable('ci_sessions');",
          ),
        },
        'matchIP',
      );
    },
    inputs: () => ({ 'preserve-sessions': 'off' }),
    outcome: 'deployed',
    errors: [],
  },
  {
    name: 'French server, French application, every clock elsewhere',
    async prepare(site) {
      await root(
        site,
        `ln -sf /usr/share/zoneinfo/Asia/Kolkata /etc/localtime; printf 'LANG=fr_FR.UTF-8\\nLC_ALL=fr_FR.UTF-8\\n' >/etc/default/locale
for sapi in cli fpm; do printf 'date.timezone = America/Caracas\\n' >>/etc/php/${site.machine.phpVersion}/$sapi/php.ini; done; systemctl restart ${site.machine.fpmService}`,
      );
      await statements(site, "SET GLOBAL lc_messages = 'fr_FR'", "SET GLOBAL time_zone = '-07:00'");
      return dotenv(site, 'app.defaultLocale = fr', 'app.appTimezone = Europe/Paris');
    },
    outcome: 'deployed',
    errors: [],
  },
  {
    name: 'strict database',
    prepare: async (site) => dotenv(site, 'database.default.strictOn = true'),
    outcome: 'deployed',
    errors: [],
  },
  {
    name: 'configuration cached: a second deploy is not met by the first one’s cache',
    since: '4.5',
    async prepare(site) {
      const text = await fileOf(site, 'app/Config/Optimize.php');
      return site.push(
        { 'app/Config/Optimize.php': text.replaceAll('= false', '= true') },
        'Cache the configuration',
      );
    },
    // A cached configuration heeds no .env, so no sessions are moved.
    inputs: () => ({ 'preserve-sessions': 'off' }),
    outcome: 'deployed',
    errors: [],
    async afterwards(site) {
      expect(await rows(site, 'ci_sessions')).toBe(1);
      const commit = await site.push(
        {
          'app/Config/Registrar.php': registrar({ savePath: 'shop_sessions' }),
          'app/Database/Migrations/2026-02-01-000000_Shop.php': migrationWith(
            createTable('shop_sessions'),
            "$this->forge->dropTable('shop_sessions');",
          ).replace('class CreateSessionTable', 'class Shop'),
        },
        'Another table',
      );
      const inputs = { 'preserve-sessions': 'off' };
      const second = await deploy(site, { commit, inputs });
      expect(second.outputs['outcome']).toBe('deployed');
      expect(second.outputs['findings']).toContain('caches-on');
      expect(await rows(site, 'shop_sessions')).toBe(1);
    },
  },
  {
    name: 'a password with signs that shells and .env files know',
    database: { password: 'a b#c $HOME `id` $(id) ;&|<>*!é' },
    outcome: 'deployed',
    errors: [],
  },
  {
    name: 'French server, and a migration that throws',
    // Until then a failing query raises nothing in production.
    since: '4.3',
    async prepare(site) {
      await dotenv(site, 'app.defaultLocale = fr');
      await statements(site, "SET GLOBAL lc_messages = 'fr_FR'");
      return site.push(
        { [migration]: migrationWith("$this->db->query('SELECT * FROM rien');", 'return;') },
        'Rien',
      );
    },
    outcome: 'rolled-back',
    errors: ['migration-failed'],
    says: 'rien',
  },
  {
    name: 'savePath is still the directory of the files',
    prepare: async (site) => session(site, 'savePath', `${site.path}/writable/session`),
    outcome: 'refused',
    errors: ['save-path-is-no-table'],
    says: 'a directory',
  },
  {
    name: '.env names another table than the migration makes',
    prepare: async (site) => session(site, 'savePath', 'other_sessions'),
    inputs: () => ({ 'preserve-sessions': 'off' }),
    outcome: 'rolled-back',
    errors: ['table-missing'],
    says: 'other_sessions',
  },
  {
    name: 'matchIP with the primary key of the document',
    prepare: async (site) => session(site, 'matchIP', 'true'),
    inputs: () => ({ 'preserve-sessions': 'off' }),
    outcome: 'rolled-back',
    errors: ['primary-key'],
    says: 'because matchIP is true',
  },
  {
    name: 'a prefix that the table name begins with already',
    database: { prefix: 'ci_' },
    outcome: 'rolled-back',
    errors: ['table-missing', 'prefix-doubled'],
    // down() of the document, with IF EXISTS, does not find the table that up() made.
    also: ['tables-left'],
    pastes: 'all',
    differs: ['tables'],
  },
  {
    name: 'PostgreSQL',
    prepare: async (site) =>
      nicolas(site, "sed -i --follow-symlinks 's/DBDriver = MySQLi/DBDriver = Postgre/' .env"),
    outcome: 'refused',
    errors: ['database-not-mysql'],
    says: 'Postgre',
  },
  {
    name: 'live application that does not boot',
    prepare: async (site) => dotenv(site, 'app.motto = pets and people'),
    outcome: 'refused',
    errors: ['application-does-not-boot'],
  },
];
