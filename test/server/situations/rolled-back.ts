import { expect } from 'expect';
import type { Site } from '../../rig/kayart.ts';
import type { RunResult } from '../../rig/runner.ts';
import { brokenController, migration, migrationWith, root } from '../breakages.ts';
import { umask077 } from './healthy.ts';
import { repairs } from '../pasting.ts';
import type { Situation } from '../situation.ts';

const home = 'app/Controllers/Home.php';

async function oldTable(site: Site): Promise<undefined> {
  await site.sql(
    'CREATE TABLE ci_sessions (id VARCHAR(128) NOT NULL, ip_address VARCHAR(45) NOT NULL, timestamp INT UNSIGNED NOT NULL DEFAULT 0, data BLOB NOT NULL, PRIMARY KEY (id), KEY timestamp (timestamp))',
  );
  await site.sql("INSERT INTO ci_sessions VALUES ('old', '192.0.2.1', 1, 'kept')");
  return undefined;
}

function annotated(result: RunResult, file: string, line?: number): void {
  const places = result.annotations.filter(({ level }) => level === 'error');
  expect(places).toContainEqual(
    expect.objectContaining({ file, ...(line === undefined ? {} : { line }) }),
  );
}

/** Commits that fail after something was begun: everything must be as before. */
export const rollbackNotes: readonly Situation[] = [
  {
    name: 'a migration that throws',
    prepare: async (site) =>
      site.push(
        {
          [migration]: migrationWith(
            "throw new \\RuntimeException('no such luck');",
            "$this->forge->dropTable('ci_sessions', true);",
          ),
        },
        'Throw',
      ),
    fails: 'migrate',
    outcome: 'rolled-back',
    errors: ['migration-failed'],
    says: 'no such luck',
    async afterwards(_site, result) {
      annotated(result, migration, 11);
    },
  },
  {
    name: 'a table is already there with an INT timestamp, hidden by IF NOT EXISTS',
    prepare: oldTable,
    outcome: 'rolled-back',
    errors: ['column-type', 'column-default'],
    says: /timestamp/,
    // The migration ran, and its down() would drop a table that it did not make.
    differs: ['ledger'],
    async afterwards(site, result) {
      expect(result.outputs['findings']).toContain('migrations-not-rolled-back');
      expect(await site.sql('SELECT id FROM ci_sessions')).toEqual([['old']]);
      await repairs(site, result);
      expect(await site.sql("SELECT data FROM ci_sessions WHERE id = 'old'")).toEqual([['kept']]);
    },
  },
  {
    name: 'a migration that makes another table than the handler reads',
    prepare: async (site) =>
      site.push(
        {
          [migration]: migrationWith(
            "$this->forge->addField('id'); $this->forge->createTable('sessions');",
            "$this->forge->dropTable('sessions');",
          ),
        },
        'Wrong name',
      ),
    fails: 'verify',
    outcome: 'rolled-back',
    errors: ['table-missing'],
    says: 'ci_sessions',
  },
  ...['own', 'other'].map((group): Situation => ({
    name: `files change, come and go together with their folders (new ones get the ${group} group), and a page fails`,
    async prepare(site) {
      if (group === 'other') await root(site, `chgrp -R www-data ${site.path}/app`);
      await root(
        site,
        `chmod 2750 ${site.path}/app/Helpers; chmod 600 ${site.path}/app/Helpers/.gitkeep`,
      );
      const files = { 'app/Helpers/.gitkeep': null, 'app/Fresh/Deep/Thing.php': '<?php\n' };
      return site.push({ [home]: brokenController, ...files }, 'Move things');
    },
    outcome: 'rolled-back',
    errors: ['site-unhealthy'],
  })),
  {
    name: 'syntax error in the new code',
    prepare: async (site) =>
      site.push({ 'app/Controllers/Broken.php': '<?php\nclass {\n' }, 'Break'),
    fails: 'stage',
    outcome: 'refused',
    errors: ['syntax-error'],
    says: 'app/Controllers/Broken.php line 2',
    async afterwards(_site, result) {
      annotated(result, 'app/Controllers/Broken.php', 2);
    },
  },
  {
    name: 'new code that throws on every page',
    prepare: async (site) =>
      site.push(
        {
          'app/Controllers/BaseController.php': null,
          'public/index.php': "<?php\nthrow new RuntimeException('every page');\n",
        },
        'Throw everywhere',
      ),
    fails: 'confirm',
    outcome: 'rolled-back',
    errors: ['site-unhealthy'],
    says: 'answered with status 500',
  },
  {
    name: 'a controller that throws: the newest error of the log is in the sentence',
    prepare: async (site) =>
      site.push(
        {
          'app/Controllers/Home.php': brokenController,
        },
        'Throw at home',
      ),
    fails: 'confirm',
    outcome: 'rolled-back',
    errors: ['site-unhealthy'],
    says: 'no prices yet',
    async afterwards(_site, result) {
      expect(result.summary).toContain('The migration that ran was rolled back.');
      expect(result.summary).toMatch(/\| Rolled back \| .*CreateSessionTable \|/);
    },
  },
  {
    name: 'a controller that throws: the sentence has the file and the line, as the log of newer releases has them',
    since: '4.4',
    prepare: async (site) =>
      site.push({ 'app/Controllers/Home.php': brokenController }, 'Throw at home'),
    outcome: 'rolled-back',
    errors: ['site-unhealthy'],
    says: /no prices yet in APPPATH.* on line \d+/,
  },
  {
    name: 'the same where the umask of the login is 077: the old files are as readable as before',
    async prepare(site) {
      await umask077(site);
      return site.push({ 'app/Controllers/Home.php': brokenController }, 'Throw at home');
    },
    outcome: 'rolled-back',
    errors: ['site-unhealthy'],
  },
  {
    name: 'new configuration that does not boot',
    prepare: async (site) =>
      site.push(
        { 'app/Config/Constants.php': "<?php\nthrow new RuntimeException('no boot');\n" },
        'No boot',
      ),
    outcome: 'refused',
    errors: ['new-code-does-not-boot'],
    says: 'no boot',
  },
];
