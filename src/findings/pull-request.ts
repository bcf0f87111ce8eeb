import { of } from './entry.ts';

/** Migrations of a pull request. */
export const pullRequest = {
  'session-table-not-created': of(
    'the session is kept in a table that no migration creates',
    'commit',
    'error',
  ),
  'session-table-unresolved': of(
    'only running the migrations tells what the table is like from that line on: no verdict',
    'commit',
    'warning',
  ),
  'session-table-conditional': of(
    '`createTable(..., true)`: on a server that has such a table an older one survives',
    'commit',
    'notice',
  ),
  'session-table-in-other-group': of(
    "it is created in the database of another group than the session's",
    'commit',
    'error',
  ),
  'session-timestamp-converted': of(
    '`modifyColumn()` from a number to a date: every visitor is logged out',
    'commit',
    'error',
  ),
  'session-settings-unresolved': of(
    'a setting of the session is only known when the application runs: the table was not checked',
    'commit',
    'warning',
  ),
  'migration-fails': of(
    'on an empty database the server refuses the statement, or `up()` throws (warning in an old migration)',
    'commit',
    'error',
    'warning',
  ),
  'migration-syntax': of(
    'PHP cannot read the file; a warning where only the oldest PHP that `composer.json` allows cannot',
    'commit',
    'error',
    'warning',
  ),
  'migration-file-ignored': of(
    'the runner ignores the file because of its name',
    'commit',
    'error',
  ),
  'migration-class-missing': of('no class in the file', 'commit', 'error'),
  'migration-class-duplicate': of('two files with the same class', 'commit', 'error'),
  'migration-class-name': of('class and file have different names', 'commit', 'notice'),
  'migration-version-duplicate': of('two files with the same date and time', 'commit', 'warning'),
  'migration-changed': of(
    'the base has this migration already: servers never run the change',
    'commit',
    'error',
  ),
  'migration-deleted': of(
    'the base has this migration: without its file a rollback stops',
    'commit',
    'error',
  ),
  'migration-older-than-base': of(
    'dated before the newest migration of the base',
    'commit',
    'warning',
  ),
  'migration-down-empty': of(
    '`down()` does nothing: the deploy cannot roll it back',
    'commit',
    'notice',
  ),
  'migration-destructive': of(
    'drops or renames what servers have and the running code uses',
    'commit',
    'warning',
  ),
  'migration-copies-table': of(
    'the server copies the table for it and writes wait (reported for `db-version`, else for all servers)',
    'commit',
    'warning',
  ),
  'namespace-unresolved': of(
    'only running tells where a namespace lies: its migrations were not read',
    'commit',
    'warning',
  ),
  'described-table-unresolved': of(
    'only running the migrations tells what a [described table](#tables-of-the-application) is like',
    'commit',
    'warning',
  ),
  'rollback-failed': of(
    '`migrate:rollback` in a throw-away database: `down()` throws, or the ledger keeps its rows',
    'commit',
    'error',
  ),
  'rollback-incomplete': of('after it tables are left that `up()` made', 'commit', 'warning'),
  'migrate-again-differs': of(
    'migrating once more after it fails, or makes something else',
    'commit',
    'error',
  ),
  'old-table-survives': of(
    'over a session table of CodeIgniter 3 the migration runs through and changes nothing',
    'commit',
    'notice',
  ),
  'database-not-empty': of(
    'the throw-away database holds something, and `allow-nonempty-database` is not `true`',
    'commit',
    'error',
  ),
  'database-elsewhere': of(
    'the application connects to another database than the one given: nothing was run',
    'commit',
    'error',
  ),
  'ledger-taken': of('the database has a ledger of migrations already', 'commit', 'error'),
  'vendor-missing': of(
    'the packages of the application are not installed in the job',
    'commit',
    'error',
  ),
  'ignore-comment': of(
    'an ignore comment without a reason, or with an unknown name',
    'commit',
    'error',
  ),
  'rule-lowered': of(
    'this pull request sets a rule in `.ci4-deploy.yml` lower than the base has it: that counts once it is merged',
    'commit',
    'warning',
  ),
  'finding-ignored': of(
    'a comment that this pull request brings takes a finding out; its reason is shown',
    'commit',
    'warning',
  ),
  'described-table-left-out': of(
    'this pull request takes a described table out of `.ci4-deploy.yml`',
    'commit',
    'warning',
  ),
  'settings-file': of('an unknown key or value in `.ci4-deploy.yml`', 'commit', 'error'),
  'file-not-read': of(
    'a link that leads out of the checkout, in a circle or to nothing, no regular file, or larger than 4 MiB. A warning where the pull request has no part in it',
    'commit',
    'error',
    'warning',
  ),
  'sarif-not-written': of('`sarif-file` leads through a link, or to a folder', 'commit', 'error'),
  'group-not-mysql': of(
    'a group of `Config\\Database` that migrations use has another driver: its tables are not judged',
    'nothing',
    'notice',
  ),
  'base-has-findings': of(
    'the base has these findings already: they are counted, and input `report: all` shows them',
    'commit',
    'notice',
  ),
  'refuted-by-running': of(
    'the migrations were run as well, and what reading them had said is not so: it is withdrawn',
    'nothing',
    'notice',
  ),
  'base-not-fetched': of(
    'the checkout is too shallow to compare with the base: `fetch-depth: 0`',
    'commit',
    'error',
  ),
  'base-not-readable': of('git could not compare with the base', 'commit', 'error'),
};
