import { chosenStrategy, withReleases } from '../../rig/layouts.ts';
import { commitByHand, dotenv, inBothCommits, nicolas, root } from '../breakages.ts';
import type { Situation } from '../situation.ts';

/** Servers whose remedies no other row pastes: what is printed there has to be enough. */
export const pasteable: readonly Situation[] = [
  {
    name: 'the key is not authorised yet',
    prepare: async (site) => nicolas(site, 'rm ~/.ssh/authorized_keys'),
    outcome: 'refused',
    errors: ['ssh-auth-failed'],
    says: 'does not accept our login',
  },
  {
    name: 'a folder on the way is closed to the deploy user',
    prepare: async (site) =>
      root(site, 'gpasswd -d nicolas www-data; chgrp www-data /var/www; chmod 710 /var/www'),
    outcome: 'refused',
    errors: ['path-closed'],
    says: '/var/www is closed',
    hidden: ['visitors-logged-out', ...withReleases('writable-closed-to-fpm')],
  },
  {
    name: '.env closed to the deploy user',
    prepare: async (site) =>
      root(
        site,
        `gpasswd -d nicolas www-data; chown www-data:www-data ${site.path}/.env; chmod 600 ${site.path}/.env`,
      ),
    outcome: 'refused',
    errors: [...withReleases('writable-closed-to-fpm'), 'env-closed'],
    says: chosenStrategy === 'releases' ? 'no member of it' : '.env cannot be read',
    hidden: ['visitors-logged-out'],
  },
  {
    name: 'files that the commit brings lie there already',
    async prepare(site) {
      const commit = await commitByHand(site, 'echo new >public/humans.txt; git add .');
      await nicolas(site, 'echo old >public/humans.txt');
      return commit;
    },
    inPlaceOnly: 'a release begins empty',
    outcome: 'refused',
    errors: ['files-in-the-way'],
    says: 'public/humans.txt',
  },
  {
    name: 'an edit that git was asked not to see, kept by what is pasted and then by the repository',
    prepare: async (site) =>
      nicolas(
        site,
        "git update-index --assume-unchanged app/Config/Routes.php; echo '// by hand' >>app/Config/Routes.php",
      ),
    outcome: 'refused',
    errors: ['hidden-edits'],
    says: 'app/Config/Routes.php',
    hidden: ['dirty-tree'],
  },
  {
    name: 'the path is a folder inside of the clone',
    inputs: (site) => ({ path: `${site.path}/public` }),
    prepare: async (site) => nicolas(site, 'cp spark public/spark'),
    inPlaceOnly: 'the path is that of the releases',
    outcome: 'refused',
    errors: ['not-the-root'],
    says: 'lies inside the clone',
  },
  {
    name: 'command line without mysqli',
    prepare: async (site) => root(site, 'phpdismod -s cli mysqli'),
    outcome: 'refused',
    errors: ['mysqli-missing'],
    says: 'no mysqli',
  },
  {
    name: 'no PHP-FPM service of that name, and the site has another',
    inputs: () => ({ 'fpm-service': 'php-fpm' }),
    outcome: 'refused',
    errors: ['fpm-unknown'],
    says: 'knows no service php-fpm',
  },
  {
    name: 'another service is named, and that one may not be reloaded: both are said at once',
    prepare: async (site) => root(site, 'rm -f /etc/sudoers.d/*'),
    inputs: () => ({ 'fpm-service': 'php5.6-fpm' }),
    outcome: 'refused',
    errors: ['fpm-unknown', 'reload-not-allowed'],
    says: 'php5.6-fpm',
  },
  {
    name: 'failing queries of migrations raise nothing',
    prepare: async (site) => dotenv(site, 'database.default.DBDebug = false'),
    outcome: 'deployed',
    errors: [],
    also: ['db-debug-off'],
    pastes: 'all',
  },
  {
    name: 'the cache of file locations is on',
    since: '4.5',
    prepare: async (site) =>
      inBothCommits(
        site,
        "sed -i 's/locatorCacheEnabled = false/locatorCacheEnabled = true/' app/Config/Optimize.php",
      ),
    outcome: 'deployed',
    errors: [],
    also: ['locator-cache-writable'],
    pastes: 'all',
  },
  {
    name: 'a pool that is not there',
    inputs: () => ({ 'fpm-pool': 'shop' }),
    outcome: 'refused',
    errors: ['fpm-unknown'],
    says: 'has no pool shop',
  },
];
