import { explained, type Explanation } from './explanation.ts';

/** What only running the migrations in a throw-away database finds, and what keeps them from running. */
export const explainedRuns = {
  'rollback-failed': explained(
    '`php spark migrate:rollback` in the throw-away database failed: `down()` throws, or the ledger keeps its rows.',
    'A deploy that fails after these migrations could not roll them back.',
    'Let `down()` do the reverse of `up()`, in the reverse order.',
    'The way forward works: `up()` ran.',
  ),
  'rollback-incomplete': explained(
    'After the rollback the database still has something that `up()` made.',
    'A failed deploy keeps it, and the next migration meets it.',
    'Add the printed lines to `down()`.',
    'The ledger is right: only the tables are left.',
  ),
  'migrate-again-differs': explained(
    'Migrating once more after the rollback fails, or makes other tables than the first time.',
    'After a failed deploy the next one would fail or leave another database.',
    'Let `down()` roll back everything that `up()` does.',
    'The first run was right.',
  ),
  'old-table-survives': explained(
    'Over a session table of CodeIgniter 3 the migrations run through, and the old table stays: `IF NOT EXISTS` hides it.',
    'A server that came from CodeIgniter 3 would count as migrated and keep the wrong table. A deploy compares it and stops.',
    'Drop the old table before `createTable()`, or leave out its second argument. Dropping it loses the old sessions.',
    'A new database gets the right table.',
  ),
  'database-not-empty': explained(
    'The throw-away database holds something, and `allow-nonempty-database` is not `true`.',
    'Nothing was run there, because migrations may drop what they find.',
    'Make an empty one with the printed statement. If nobody needs what is in it, set the input.',
    'Your site has no part in it.',
  ),
  'database-elsewhere': explained(
    'The application does not follow the environment: one of its groups leads to another database than the one given.',
    'Nothing was migrated, so that no other database is touched.',
    'Let `app/Config/Database.php` set connections as properties, not in its constructor and not as DSN.',
    'The given database works: the application only does not use it.',
  ),
  'ledger-taken': explained(
    'The throw-away database has a ledger of migrations already.',
    'Nothing was run there: whose rows these are nobody could tell afterwards.',
    'Give an empty database.',
    '`allow-nonempty-database` does not help: such a database is never used.',
  ),
  'vendor-missing': explained(
    'The packages of the application are not installed in the job.',
    'None. The migrations were read, but not run.',
    'Add `composer install --no-interaction --no-progress` in a step before.',
    'A check without databases does not need them.',
  ),
  'refuted-by-running': explained(
    'Reading the migrations had reported something, and running them showed otherwise.',
    'None: what was wrong is withdrawn.',
    'Nothing to do. Please report it as an issue, if you can share the migration.',
    'It is no doubt about the run: running wins.',
  ),
} satisfies Readonly<Record<string, Explanation>>;
