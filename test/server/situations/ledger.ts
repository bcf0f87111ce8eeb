import {
  createTable,
  dotenv,
  fileOf,
  migration,
  migrationWith,
  nicolas,
  statements,
} from '../breakages.ts';
import type { Site } from '../../rig/kayart.ts';
import type { Situation } from '../situation.ts';

async function recorded(site: Site, version: string, name: string): Promise<undefined> {
  return statements(
    site,
    `INSERT INTO migrations (version, class, \`group\`, namespace, time, batch) VALUES ('${version}', '${name.replaceAll('\\', '\\\\')}', 'default', 'App', 1, 1)`,
  );
}

const own = 'App\\Database\\Migrations\\';

async function withLock(site: Site): Promise<string> {
  const file = 'app/Config/Migrations.php';
  const text = await fileOf(site, file);
  return site.push({ [file]: text.replace('$lock = false', '$lock = true') }, 'Lock migrations');
}

/** What the ledger of migrations can hold. */
export const ledger: readonly Situation[] = [
  {
    name: 'the ledger has a migration that no file is left of',
    prepare: async (site) => recorded(site, '2025-01-01-000000', `${own}Gone`),
    outcome: 'deployed',
    errors: [],
    also: ['ledger-rows-without-file'],
  },
  {
    name: 'the ledger has a newer migration',
    prepare: async (site) => recorded(site, '2027-01-01-000000', `${own}Later`),
    outcome: 'deployed',
    errors: [],
    also: ['migration-older-than-newest'],
  },
  {
    name: 'the ledger has the migration under another class',
    prepare: async (site) => recorded(site, '2026-01-09-000000', `${own}AddSessions`),
    outcome: 'deployed',
    errors: [],
    also: ['migration-recorded-differently'],
    pastes: 'all',
  },
  {
    name: 'a module has a migration, and only those of the application run',
    prepare: async (site) => {
      const file = 'app/Config/Autoload.php';
      const text = await fileOf(site, file);
      const members = "APP_NAMESPACE => APPPATH, 'Shop' => ROOTPATH . 'shop',";
      const php = migrationWith(createTable('orders'), "$this->forge->dropTable('orders');");
      return site.push(
        {
          [file]: text.replace(/APP_NAMESPACE\s*=> APPPATH,/, members),
          'shop/Database/Migrations/2026-01-01-000000_CreateSessionTable.php': php.replace(
            'namespace App',
            'namespace Shop',
          ),
        },
        'A module',
      );
    },
    outcome: 'deployed',
    errors: [],
    also: ['other-namespaces-pending'],
    pastes: 'all',
  },
  {
    name: 'migrations lock each other out, and none is running',
    since: '4.7',
    prepare: withLock,
    outcome: 'deployed',
    errors: [],
  },
  {
    name: 'a migration runner was killed and left its lock',
    since: '4.7',
    async prepare(site) {
      const commit = await withLock(site);
      await nicolas(
        site,
        "sed -i 's/$lock = false/$lock = true/' app/Config/Migrations.php; php spark migrate; git checkout -q app/Config/Migrations.php",
      );
      await statements(
        site,
        "INSERT INTO migrations_lock (lock_name, acquired_at) VALUES ('migration_process', 1)",
      );
      return commit;
    },
    outcome: 'refused',
    errors: ['migration-lock-held'],
    says: 'migrations_lock',
  },
  {
    name: 'migrations are switched off',
    prepare: async (site) => dotenv(site, 'migrations.enabled = false'),
    outcome: 'refused',
    errors: ['migrations-disabled'],
    says: 'switched off',
  },
  {
    name: 'the ledger says it ran, but the table is gone',
    prepare: async (site) => recorded(site, '2026-01-09-000000', `${own}CreateSessionTable`),
    outcome: 'rolled-back',
    errors: ['table-missing'],
    says: 'migrate:refresh is no way out',
  },
  {
    name: 'two migrations, and the second throws',
    prepare: async (site) =>
      site.push(
        {
          'app/Database/Migrations/2026-01-10-000000_Prices.php': (await fileOf(site, migration))
            .replace('class CreateSessionTable', 'class Prices')
            .replace(
              '$this->forge->addField',
              "throw new \\RuntimeException('no prices'); $this->forge->addField",
            ),
        },
        'Prices',
      ),
    fails: 'migrate',
    outcome: 'rolled-back',
    errors: ['migration-failed'],
    says: 'no prices',
  },
];
