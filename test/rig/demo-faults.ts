import type { Site } from './kayart.ts';

/** Ways in which a deploy can go wrong, to be shown. */
export const faultNames = ['migration', 'table', 'code'] as const;
export type FaultName = (typeof faultNames)[number];

/** One such way. */
export interface Fault {
  /** What is wrong, said before the deploy. */
  readonly title: string;
  /** What is promised to happen. */
  readonly promise: string;
  /** Outcomes that keep the promise. */
  readonly outcomes: readonly string[];
  /** Whether visitors may notice it: the new code served for a moment. */
  readonly noticed: boolean;
  /** Makes it so and tells the commit to deploy. */
  readonly prepare: (site: Site) => Promise<string>;
}

const throwing = `<?php

namespace App\\Database\\Migrations;

use CodeIgniter\\Database\\Migration;

class AddPrices extends Migration
{
    public function up()
    {
        throw new \\RuntimeException('Prices need a table of articles first.');
    }

    public function down()
    {
        $this->forge->dropTable('prices', true);
    }
}
`;

// In the console the new code boots well, so that only a visitor's page can tell that it is broken.
const broken = `<?php

if (PHP_SAPI !== 'cli') {
    throw new RuntimeException('The new release cannot serve a page.');
}
`;

/** The faults by name. */
export const faults: Readonly<Record<FaultName, Fault>> = {
  migration: {
    title: 'The next commit has a migration that throws.',
    promise: 'Red, the migrations before it are rolled back, visitors notice nothing.',
    outcomes: ['rolled-back', 'refused'],
    noticed: false,
    prepare: (site) =>
      site.push(
        { 'app/Database/Migrations/2026-01-10-000000_AddPrices.php': throwing },
        'Add prices',
      ),
  },
  table: {
    title: 'There is a table ci_sessions already, of an older kind: its timestamp is a number.',
    promise: 'Red, the four columns are shown expected and found, visitors notice nothing.',
    outcomes: ['rolled-back', 'refused'],
    noticed: false,
    prepare: async (site) => {
      await site.sql(
        'CREATE TABLE ci_sessions (id varchar(128) NOT NULL PRIMARY KEY, ip_address varchar(45) NOT NULL, ' +
          'timestamp int unsigned NOT NULL DEFAULT 0, data blob NOT NULL)',
      );
      return site.commits.next;
    },
  },
  code: {
    title: 'The new code throws on every page.',
    promise: 'Red, the old code comes back and serves again.',
    outcomes: ['rolled-back'],
    noticed: true,
    prepare: (site) => site.push({ 'app/Common.php': broken }, 'Prepare the new release'),
  },
};
