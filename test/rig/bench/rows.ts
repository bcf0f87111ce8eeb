import { asRoot } from '../continuity.ts';
import type { Site } from '../kayart.ts';
import { back, sessions, sized } from './state.ts';

/** One kind of deploy. */
export interface Row {
  readonly name: string;
  /** What it is, in a few words. */
  readonly words: string;
  /** Once before all turns, uncounted: puts the site into the state that the row begins with. */
  readonly begin: (site: Site) => Promise<void>;
  /** Before each turn, uncounted. Answers the newest commit. */
  readonly before: (site: Site) => Promise<string>;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly outcome: string;
  /** Whether the typed commands end well. */
  readonly bareEnds: boolean;
  /** What a person types after the procedure, each in one more ssh. */
  readonly typedAfter?: (site: Site) => readonly string[];
  /** Deployer does the same. */
  readonly comparable: boolean;
  /** A turn is begun from the same state as the first one: none is needed to fill caches. */
  readonly fresh?: boolean;
}

let number = 0;

/** A commit that changes one controller. */
async function ordinary(site: Site, more: Readonly<Record<string, string>> = {}): Promise<string> {
  number += 1;
  const news = `<?php // news ${number}\n`;
  return site.push({ 'app/Controllers/News.php': news, ...more }, 'News');
}

async function withMigration(site: Site): Promise<string> {
  const [at, name] = [String(number + 1).padStart(6, '0'), `CreateBench${number + 1}`];
  return ordinary(site, {
    [`app/Database/Migrations/2026-03-01-${at}_${name}.php`]: `<?php

namespace App\\Database\\Migrations;

use CodeIgniter\\Database\\Migration;

class ${name} extends Migration
{
    public function up()
    {
        $this->forge->addField('id');
        $this->forge->createTable('bench_${number + 1}');
    }

    public function down()
    {
        $this->forge->dropTable('bench_${number + 1}');
    }
}
`,
  });
}

/** Somebody edited on the server what the next commit changes as well. */
async function editedThere(site: Site): Promise<string> {
  await atNext(site);
  await asRoot(site, `echo '// edited here' >>${site.path}/app/Controllers/Home.php`);
  return ordinary(site, { 'app/Controllers/Home.php': `<?php // home ${number}\n` });
}

/** Its sessions lie in the database: what most deploys begin with. */
async function atNext(site: Site): Promise<void> {
  await back(site, site.commits.next);
}

function move(name: string, count: number): Row {
  return {
    name,
    words: `the move of the sessions with ${count.toLocaleString('en')} files`,
    begin: async () => undefined,
    before: async (site) => {
      await back(site, site.commits.live);
      await sessions(site, count);
      const main = `git -C /srv/git/kayart.git update-ref refs/heads/main ${site.commits.next}`;
      await asRoot(site, main);
      return site.commits.next;
    },
    inputs: { 'preserve-sessions': 'required' },
    outcome: 'deployed',
    bareEnds: true,
    comparable: false,
    fresh: true,
  };
}

function repository(name: string, count: number): Row {
  return {
    name,
    words: `an ordinary deploy of a repository of ${count.toLocaleString('en')} files`,
    begin: async (site) => {
      await back(site, await sized(site, site.commits.next, count));
    },
    before: ordinary,
    outcome: 'deployed',
    bareEnds: true,
    comparable: true,
  };
}

/** All rows, in their order. */
export const rows: readonly Row[] = [
  {
    name: 'ordinary',
    words: 'an ordinary deploy: one controller is changed, nothing is to be migrated',
    begin: atNext,
    before: ordinary,
    outcome: 'deployed',
    bareEnds: true,
    comparable: true,
  },
  {
    name: 'migration',
    words: 'a deploy with one migration',
    begin: atNext,
    before: withMigration,
    outcome: 'deployed',
    bareEnds: true,
    comparable: true,
  },
  {
    name: 'already-live',
    words: 'the commit is live already',
    begin: atNext,
    before: async (site) => site.head(),
    outcome: 'already-live',
    bareEnds: true,
    comparable: true,
  },
  move('sessions-20', 20),
  move('sessions-100000', 100_000),
  {
    name: 'refused',
    words: 'somebody edited on the server what the commit changes',
    begin: async () => undefined,
    before: editedThere,
    outcome: 'refused',
    bareEnds: false,
    comparable: false,
    fresh: true,
  },
  {
    name: 'rolled-back',
    words: 'the page of the new commit is not healthy',
    begin: atNext,
    before: ordinary,
    inputs: { 'health-text': 'this is on no page', 'health-retries': '0' },
    outcome: 'rolled-back',
    bareEnds: true,
    typedAfter: ({ path, machine }) => [
      `cd ${path} && git reset -q --hard ORIG_HEAD && php spark cache:clear && sudo systemctl reload ${machine.fpmService}`,
    ],
    comparable: false,
  },
  repository('repository-200', 200),
  repository('repository-20000', 20_000),
];
