import { errorFinding, noticeFinding } from '../../src/finding.ts';
import { inInputs, inRepository } from '../../src/remedy.ts';
import { inTheWay, keptFiles, reloadCuts, unhealthy } from './found.ts';
import type { Links } from '../../src/report/links.ts';
import type { Report } from '../../src/report/report.ts';
import type { Besides } from '../../src/report/summary.ts';
import {
  chosen,
  confirmed,
  copied,
  cutOver,
  finished,
  lock,
  looked,
  migrated,
  nothingToMigrate,
  staged,
  switched,
  verified,
} from './steps.ts';

const commit = '60c3823833ace2c5f8eb91e93f6b5a156f486485';
const previous = '2a2fad52baeaf6b2851c631fa2086b35a2216da2';
const server = 'nicolas@kayart.example:22';
const path = '/var/www/kayart';

const links: Links = {
  repository: 'https://github.com/example/kayart',
  run: { url: 'https://github.com/example/kayart/actions/runs/1234567890', name: 'run 87' },
  findings: 'https://github.com/example/ci4-deploy/blob/v1/docs/findings.md',
};

const columns = [
  ['id', 'varchar(128) not null', 'varchar(128) not null'],
  ['ip_address', 'varchar(45) not null', 'varchar(45) not null'],
  [
    'timestamp',
    'timestamp not null default now',
    'timestamp not null default now (server: default current_timestamp())',
  ],
  ['data', 'blob not null', 'blob not null'],
].map(([name = '', expected = '', actual = '']) => ({ name, expected, actual, ok: true }));

const deployed: Report = {
  outcome: 'deployed',
  command: 'deploy',
  commit,
  hosts: [
    {
      ...{ server, path, previousCommit: previous, undone: [] },
      steps: [...staged, nothingToMigrate, verified, switched, confirmed, finished],
    },
  ],
  migrations: [],
  batch: null,
  columns,
  findings: [keptFiles],
  unverified: [],
  ready: [],
  rollbackNotes: [],
  visitors: null,
  answers: 200,
  roundTrips: 21,
  seconds: 4.7,
};

const moved: Report = {
  ...deployed,
  hosts: [
    {
      ...{ server, path, previousCommit: previous, undone: [] },
      steps: [...staged, migrated, verified, copied, switched, cutOver, confirmed, finished],
    },
  ],
  migrations: ['App\\Database\\Migrations\\CreateSessionTable'],
  batch: 4,
  findings: [reloadCuts, keptFiles],
  visitors: { moved: 214, loggedOut: 0 },
  roundTrips: 34,
  seconds: 9.1,
};

const refused: Report = {
  ...deployed,
  outcome: 'refused',
  hosts: [
    {
      ...{ server, path, previousCommit: previous },
      steps: [lock, { ...looked, result: 'failed', notes: [] }],
      undone: [{ name: 'lock', result: 'undone', seconds: 0.1 }],
    },
  ],
  columns: [],
  findings: [...inTheWay, reloadCuts],
  roundTrips: 6,
  seconds: 1.4,
};

const rolledBack: Report = {
  ...moved,
  outcome: 'rolled-back',
  hosts: [
    {
      ...{ server, path, previousCommit: previous },
      steps: [
        ...[...staged, migrated, verified, copied, switched, cutOver],
        { ...confirmed, seconds: 2.1, result: 'failed', notes: [] },
      ],
      undone: [
        { name: 'confirm', result: 'nothing to undo' },
        {
          ...{ name: 'cutover', result: 'undone', seconds: 2.9 },
          notes: ['The sessions are back where they were, new ones among them.'],
        },
        {
          ...{ name: 'switch', result: 'undone', seconds: 1.3 },
          notes: [
            'The live tree is back at commit 2a2fad52ba.',
            'The old code answers 200 at https://kayart.example/, as before.',
          ],
        },
        { name: 'copy', result: 'undone', seconds: 0.1 },
        { name: 'verify', result: 'nothing to undo' },
        {
          ...{ name: 'migrate', result: 'undone', seconds: 0.3 },
          notes: ['The migrations of this deploy were rolled back to batch 3.'],
        },
        { name: 'stage', result: 'undone', seconds: 0.1 },
        { name: 'lock', result: 'undone', seconds: 0.1 },
      ],
    },
  ],
  migrations: [],
  migrationsUndone: ['App\\Database\\Migrations\\CreateSessionTable'],
  batch: null,
  findings: [unhealthy, reloadCuts],
  visitors: { moved: 0, loggedOut: 0 },
  roundTrips: 78,
  seconds: 14.5,
};

const back = { ...switched, notes: ['Commit 2a2fad52ba is live.'] } as const;

const wentBack: Report = {
  ...deployed,
  command: 'rollback',
  commit: previous,
  hosts: [
    {
      ...{ server, path, previousCommit: commit, undone: [] },
      steps: [
        lock,
        chosen,
        ...staged.slice(1),
        nothingToMigrate,
        verified,
        back,
        confirmed,
        finished,
      ],
    },
  ],
  findings: [
    noticeFinding(
      'migrations-stay',
      'These migrations ran since this commit was live, and stay: App\\Database\\Migrations\\Prices (batch 4). The old code has no file for them, and is verified with the tables as they are.',
      inInputs('Roll them back once the old code is live', 'undo-migrations: always'),
    ),
  ],
  roundTrips: 24,
  seconds: 4.9,
};

const pullRequest: Report = {
  ...deployed,
  outcome: 'failed',
  command: 'check',
  commit: '',
  hosts: [],
  checked: 'Read 12 migrations for CodeIgniter 4.7.2 (composer.lock), compared with main',
  columns: columns.map((one) =>
    one.name === 'data' ? { ...one, actual: 'text not null', ok: false } : one,
  ),
  findings: [
    {
      ...errorFinding(
        'column-type',
        'ci_sessions.data is text, not blob. Session data are bytes, not text: binary values are corrupted silently, or fail with HTTP 500 (Incorrect string value) with strictOn.',
        inRepository('Write in the migration', "'data BLOB NOT NULL', // in addField([...])"),
      ),
      at: { file: 'app/Database/Migrations/2026-01-09-000000_CreateSessionTable.php', line: 18 },
    },
  ],
  databases: [
    {
      ...{ name: 'ci4 at 127.0.0.1:3306', product: 'MySQL 8.0.40', columns: [], seconds: 2.4 },
      phases: [
        { title: 'Migrate', result: 'as the ledger says' },
        { title: 'Session table', result: 'wrong' },
        { title: 'Rollback', result: 'nothing is left' },
        { title: 'Migrate again', result: 'the same as before' },
        { title: 'Over a table of CodeIgniter 3', result: 'stops, and says so' },
      ],
    },
  ],
  roundTrips: 0,
  seconds: 5.2,
};

const changes = [
  'cd /var/www/kayart && git worktree add --detach /var/www/kayart/.git/ci4-deploy/stage 60c3823833ace2c5f8eb91e93f6b5a156f486485',
  'cd /var/www/kayart/.git/ci4-deploy/stage && php -d opcache.enable_cli=0 spark migrate --no-header',
  'sudo -n systemctl reload php8.3-fpm && systemctl is-active php8.3-fpm',
];

/** What a person meets, by the name of its picture. */
export const scenes: Readonly<Record<string, readonly [report: Report, besides: Besides]>> = {
  deployed: [deployed, { links, changes }],
  'visitors-moved': [moved, { links, changes }],
  refused: [refused, { links, changes: [] }],
  'rolled-back': [rolledBack, { links, changes }],
  'rollback-command': [wentBack, { links, changes }],
  'pull-request': [pullRequest, { links, changes: [] }],
};
