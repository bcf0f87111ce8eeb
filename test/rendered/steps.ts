// The steps of a deploy, as a report has them.

export const looked = {
  name: 'inspect',
  title: 'Inspect: what the server says',
  seconds: 0.8,
  result: 'done',
  notes: ['CodeIgniter 4.7.2 on PHP 8.3.6 at 2a2fad52ba; sessions: FileHandler'],
} as const;
export const lock = {
  name: 'lock',
  title: 'Lock: one deploy at a time',
  seconds: 0.1,
  result: 'done',
} as const;
export const staged = [
  lock,
  looked,
  {
    name: 'stage',
    title: 'Stage: the new commit beside the live one',
    seconds: 1.8,
    result: 'done',
  },
] as const;
export const nothingToMigrate = {
  name: 'migrate',
  title: 'Migrate: from the staged tree, while the old code serves',
  seconds: 0.1,
  result: 'done',
  notes: ['Nothing to migrate: the ledger has every migration of this commit.'],
} as const;
export const migrated = {
  ...nothingToMigrate,
  seconds: 0.3,
  notes: ['The ledger has 1 new row, batch 4: CreateSessionTable.'],
} as const;
export const verified = {
  name: 'verify',
  title: 'Verify: the table, and a session through the handler',
  seconds: 0.2,
  result: 'done',
  notes: ['4 of 4 columns of the session table are right.'],
} as const;
export const switched = {
  name: 'switch',
  title: 'Switch: the live tree to the new commit',
  seconds: 1,
  result: 'done',
  notes: ['Commit 60c3823833 is live.'],
} as const;
export const confirmed = {
  name: 'confirm',
  title: 'Confirm: the site as a visitor meets it',
  seconds: 0.4,
  result: 'done',
  notes: [
    'https://kayart.example/ answers 200',
    'The session of that visit is in the table and was found again.',
  ],
} as const;
export const chosen = {
  name: 'choose',
  title: 'Choose: the deploy to go back to',
  seconds: 0.2,
  result: 'done',
  notes: [
    'From 60c3823833 New price list to 2a2fad52ba Opening hours.',
    'Live no more: 60c3823 New price list.',
  ],
} as const;
export const finished = {
  name: 'finish',
  title: 'Finish: tidy up and write it down',
  seconds: 0.2,
  result: 'done',
} as const;
export const copied = {
  name: 'copy',
  title: 'Copy: the sessions in bulk, and the previous handler pinned',
  seconds: 0.5,
  result: 'done',
  notes: ['212 sessions copied, 0 left.'],
} as const;
export const cutOver = {
  name: 'cutover',
  title: 'Cut over: the sessions, visitor by visitor',
  seconds: 3.3,
  result: 'done',
  notes: ['18 sessions in use moved; a request to one of them waited 41 ms at most.'],
} as const;
