import { expect } from 'expect';
import type { Site } from '../../rig/kayart.ts';
import { chosenStrategy } from '../../rig/layouts.ts';
import { commitByHand, inBothCommits, nicolas } from '../breakages.ts';
import type { Situation } from '../situation.ts';

const database = 'app/Config/Database.php';

/** The live commit has .env, as the server has it, and so has the next one. Answers that. */
async function envInGit(site: Site): Promise<string> {
  return inBothCommits(
    site,
    `[ ! -e .gitignore ] || sed -i '/env/d' .gitignore
[ ! -L .env ] || cp --remove-destination "$(readlink .env)" .env
git add -A -- ':!writable'; git add -f .env`,
  );
}

/** The next commit is the live one without these files in git. */
async function outOfGit(site: Site, file: string): Promise<string> {
  await nicolas(site, 'git push -q -f origin HEAD:main');
  return commitByHand(
    site,
    `git rm -q --cached ${file}; echo /${file} >>.gitignore; git add .gitignore`,
  );
}

async function envOutOfGit(site: Site): Promise<string> {
  await envInGit(site);
  return outOfGit(site, '.env');
}

async function answers(site: Site): Promise<void> {
  expect((await site.get('/login/berta')).status).toBe(200);
  const { stdout } = await site.machine.exec(
    ['git', '-C', site.path, 'status', '--porcelain', '--', 'app'],
    {
      user: site.machine.user,
    },
  );
  expect(stdout).toBe('');
}

const envIsShared = 'all releases share .env, whatever git has';

/** A release has what its commit has: what the application needs besides is to be shared, and the lines for that bring it. */
const needsSharing: Pick<Situation, 'outcome' | 'errors' | 'hidden'> =
  chosenStrategy === 'releases'
    ? {
        outcome: 'refused',
        errors: ['files-not-shared', 'new-code-does-not-boot'],
        hidden: ['shared-missing', 'shared-not-linked'],
      }
    : { outcome: 'deployed', errors: [] };

/** Files that the server has and git has not, or has no more. */
export const untracked: readonly Situation[] = [
  {
    name: 'a file that the application needs is ignored by git, and only the server has it',
    async prepare(site) {
      await nicolas(site, `cp -p ${database} /tmp/Database.php`);
      const next = await inBothCommits(
        site,
        `git rm -q --cached ${database}; echo '/${database}' >>.gitignore; git add .gitignore`,
      );
      await nicolas(site, `cp -p /tmp/Database.php ${database}`);
      return next;
    },
    ...needsSharing,
  },
  {
    name: 'the commit takes a file out of git that the application needs: it stays',
    prepare: async (site) => outOfGit(site, database),
    ...(chosenStrategy === 'releases'
      ? needsSharing
      : { ...needsSharing, also: ['files-kept'], afterwards: answers }),
  },
  {
    name: 'the commit takes .env out of git: it stays',
    prepare: envOutOfGit,
    inPlaceOnly: envIsShared,
    outcome: 'deployed',
    errors: [],
    also: ['files-kept'],
    afterwards: answers,
  },
  {
    name: 'the commit takes .env out of git, and is rolled back: git has it again',
    prepare: envOutOfGit,
    inPlaceOnly: envIsShared,
    inputs: () => ({ 'health-text': 'nowhere to be found' }),
    outcome: 'rolled-back',
    errors: ['health-text-missing'],
    also: ['files-kept'],
  },
  {
    name: 'a migration that somebody forgot on the server is not run',
    prepare: async (site) =>
      nicolas(
        site,
        "printf '<?php namespace App\\\\Database\\\\Migrations; class Forgotten extends \\\\CodeIgniter\\\\Database\\\\Migration { public function up() { throw new \\\\Exception(); } public function down() {} }' >app/Database/Migrations/2025-01-01-000000_Forgotten.php",
      ),
    outcome: 'deployed',
    errors: [],
  },
  {
    name: 'the commit deletes an upload that was in git',
    async prepare(site) {
      await inBothCommits(
        site,
        'mkdir -p public/uploads; echo x >public/uploads/a.txt; git add -f public/uploads',
      );
      return commitByHand(site, 'git rm -q public/uploads/a.txt');
    },
    outcome: 'deployed',
    errors: [],
    also: ['uploads-deleted'],
  },
  {
    name: '.env is in git, and the commit moves the sessions',
    prepare: envInGit,
    inPlaceOnly: 'all releases share .env, whatever git has: see the next row',
    outcome: 'refused',
    errors: ['visitors-logged-out'],
    says: '.env belongs to the repository',
    notPasted: 'Its remedy is a deploy of its own, which another row makes.',
  },
  {
    name: '.env is in git, and the releases share another one',
    prepare: envInGit,
    releasesOnly: 'in place .env is what git has',
    outcome: 'deployed',
    errors: [],
    also: ['shared-in-git'],
    pastes: 'all',
  },
];
