import { errorFinding, noticeFinding, warningFinding } from '../../src/finding.ts';
import { asUser, inClone, toSee } from '../../src/remedy.ts';
import { allowReload, controlTimeout } from '../../src/remedies/fpm.ts';

// What deploys find, in the words in which they say it.

export const reloadCuts = warningFinding(
  'reload-cuts-requests',
  'process_control_timeout of php8.3-fpm is 0: the reload cuts every request that is running then (0 at this moment), and the visitor gets an error.',
  controlTimeout('php8.3-fpm', '/etc/php/8.3/fpm/php-fpm.conf'),
);
export const keptFiles = noticeFinding(
  'files-kept',
  'The commit takes 1 file out of git, and it stays on the server: .env.example.',
);

export const inTheWay = [
  errorFinding(
    'dirty-tree',
    'Tracked files were changed on the server: app/Config/App.php. Updating would lose or mix these changes.',
    [
      inClone(
        'Bring the edits into the repository',
        'git checkout main && git pull',
        "ssh nicolas@kayart.example 'git -C /var/www/kayart diff HEAD' | git apply --index",
        "git commit -m 'Edits made on the server' && git push",
      ),
      asUser(
        'nicolas',
        'Keep a copy of the edits and drop them. Visitors get the files of the live commit until the next deploy',
        'git -C /var/www/kayart diff HEAD > ~/edits-of-the-server.patch',
        'git -C /var/www/kayart checkout HEAD -- app/Config/App.php',
      ),
    ],
  ),
  errorFinding(
    'reload-not-allowed',
    'nicolas may not reload php8.3-fpm without a password: sudo: a password is required',
    allowReload('nicolas', 'php8.3-fpm', 'sudo: a password is required'),
  ),
  errorFinding(
    'disk-short',
    '41 MiB are free at /var/www/kayart; staging this commit and switching to it takes up to 180 MiB. A full disk would stop the deploy half-way, and the site with it.',
    toSee(
      'See what is large',
      'df -h /var/www/kayart',
      'du -xh --max-depth=2 /var/www/kayart | sort -h | tail',
    ),
  ),
];

export const unhealthy = errorFinding(
  'site-unhealthy',
  'With the new code https://kayart.example/ answered with status 500. The newest error in its log since the switch: CRITICAL - 2026-11-25 02:56:37 --> RuntimeException: no prices yet in APPPATH/Controllers/Home.php on line 4.',
  toSee(
    'Read the newest errors of the application',
    "grep -hE '^(EMERGENCY|ALERT|CRITICAL|ERROR) ' /var/www/kayart/writable/logs/*.log | tail -n 20",
  ),
);
