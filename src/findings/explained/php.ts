import type { php } from '../php.ts';
import { explained, untouched, type Explained } from './explanation.ts';

const extension = (name: string, gives: string): ReturnType<typeof explained> =>
  explained(
    `PHP of the command line does not load \`${name}\`, which gives CodeIgniter ${gives}. In a check it is PHP of the job.`,
    'Nothing was touched. `php spark` would not work, so that no migration could run.',
    'Paste the lines: they install the package for that PHP and enable it. In a check, set the extension up in a step before.',
    'PHP-FPM may well have it: each of the two loads its own configuration.',
  );

const fpmExtension = (name: string, gives: string): ReturnType<typeof explained> =>
  explained(
    `PHP-FPM does not load \`${name}\`, which gives CodeIgniter ${gives}.`,
    'Nothing was touched. Pages fail now, or would fail with this application, although `php spark` works.',
    'Paste the lines: they install and enable it, and reload PHP-FPM.',
    '`php -m` on the command line does not disprove it: that is another configuration.',
  );

const database = 'its connection to MySQL and MariaDB';
const languages = 'numbers, dates and messages by language';
const characters = 'text beyond ASCII';

export const explainedPhp: Explained<typeof php> = {
  'php-missing': explained(
    'The program of input `php` does not run on the server; in a check, on the runner.',
    untouched,
    'Install PHP for the command line, or set `php` to the program, as `/usr/bin/php8.3`.',
    'PHP-FPM may run all the same: pages do not need PHP on the command line.',
  ),
  'mysqli-missing': extension('mysqli', database),
  'intl-missing': extension('intl', languages),
  'mbstring-missing': extension('mbstring', characters),
  'fpm-mysqli-missing': fpmExtension('mysqli', database),
  'fpm-intl-missing': fpmExtension('intl', languages),
  'fpm-mbstring-missing': fpmExtension('mbstring', characters),
  'php-too-old': explained(
    'The commit asks for a newer PHP than that of the command line, in `composer.json` or in the check of its own framework.',
    'Nothing was touched. `php spark` would only print a sentence and end with status 0.',
    'Install that PHP for the command line, and set `php` to it.',
    'What visitors get is PHP-FPM, which may be new enough.',
  ),
  'fpm-php-too-old': explained(
    'The commit asks for a newer PHP than that of PHP-FPM.',
    'Nothing was touched. With this commit visitors would get an error page.',
    'Install that PHP with its FPM, let the web server use it, and set `fpm-service` to it.',
    'A newer PHP on the command line does not help visitors.',
  ),
  'php-versions-differ': explained(
    '`php spark` runs with another PHP than visitors get.',
    'The deploy goes on. What works in the stage may fail for visitors, and the other way round.',
    'Set `php` to the version of PHP-FPM, as printed.',
    'It is no fault by itself: both versions may be right for the commit.',
  ),
  'reload-not-allowed': explained(
    'sudo does not let the deploy user reload PHP-FPM without a password. The message ends with what sudo said.',
    untouched,
    'Paste the line: it adds one rule for this one command of this one user.',
    'No further rights are needed, and no password of root.',
  ),
  'fpm-unknown': explained(
    'systemd knows no such service, several could be the one, or the service has no pool of that name.',
    untouched,
    'Set `fpm-service` (or `fpm-pool`) to one of the names in the message. Without PHP-FPM: `fpm-service: none`.',
    'It does not mean that PHP-FPM is down.',
  ),
  'fpm-inactive': explained(
    'The service of PHP-FPM does not run, so a reload would start nothing.',
    'Visitors get no pages of the application, before this deploy already.',
    'Paste the line that starts it, and read its journal if it stops again.',
    'The deploy did not stop it.',
  ),
  'fpm-configuration': explained(
    'A configuration file of PHP-FPM has a mistake. PHP-FPM goes on with the old one, and a reload would kill it. Apache with mod_php would refuse the reload.',
    'Before the switch nothing was touched. At the switch the deploy does not reload, and goes back.',
    'Correct the file that the message names. `php-fpm -t`, or `apachectl configtest`, has to find nothing.',
    'The commit has no part in it: these files belong to the server.',
  ),
  'reload-cuts-requests': explained(
    '`process_control_timeout` is 0, as PHP-FPM is delivered: at a reload it does not wait for running requests.',
    'Visitors whose request runs at the reload get an error. The message has their number at that moment.',
    'Paste the lines: requests then get 10 seconds. The reload that they end with cuts once more.',
    'Sessions and data are not lost, only the answers of these requests.',
  ),
  'fpm-few-workers': explained(
    'The pool serves one or two requests at a time (`pm.max_children`).',
    'One slow page, or one visitor who waits for a lock, stops all others and the check after the reload.',
    'Paste the lines: they set it to 10. Each worker takes memory, so choose what fits.',
    'It is no error of the deploy, which goes on.',
  ),
  'fpm-shared': explained(
    'The service serves other pools too, often other sites.',
    'The reload concerns these sites as well: their running requests wait or are cut in the same way.',
    'Nothing to do. A service for each site keeps them apart.',
    'Their code and their sessions are not changed.',
  ),
  'fpm-not-asked': explained(
    'The action could not ask PHP-FPM through its socket. The deploy user is not in its group, several pools could be meant, or there is no PHP-FPM. mod_php of Apache has no socket at all.',
    'The deploy goes on. What PHP-FPM sees of `.env`, its database and its compiled code stays unverified.',
    'Paste the line that adds the group, or set `fpm-pool`. It counts from the next login on.',
    'It is no sign that something is wrong, only that nobody looked.',
  ),
  'fpm-other-service': explained(
    'nginx sends the requests of this site to a socket that the service of `fpm-service` does not listen on. Or that service is Apache, which hands requests on to a PHP-FPM.',
    'Nothing was touched. The reload would reach the wrong service, and visitors would keep the old code.',
    'Set `fpm-service` to the service that listens on the socket of the message, or to that of PHP-FPM.',
    'Both services may run without a fault.',
  ),
  'fpm-database-differs': explained(
    'PHP-FPM takes the application to another database than the command line does: by `env[...]` of its pool or by `fastcgi_param`.',
    'Before the switch nothing was touched, later the deploy is rolled back. Migrations would change a database that visitors do not use.',
    'The printed line finds where it is set. Take it away there, and keep such settings in `.env`.',
    '`.env` alone does not explain it: the environment of PHP-FPM wins over it.',
  ),
  'fpm-environment-differs': explained(
    'PHP-FPM runs the application with another `CI_ENVIRONMENT` than the command line.',
    'The deploy goes on. Files of `app/Config/Boot` and settings by environment may differ for visitors.',
    'The printed line finds where it is set. Set it in one place, `.env`.',
    'Both lead to the same database: otherwise it would be [`fpm-database-differs`](#fpm-database-differs).',
  ),
  'fpm-other-files': explained(
    'PHP-FPM reads other contents at the path of the deploy than the deploy user does: a chroot, a bind mount, or a container.',
    'The deploy is rolled back. Visitors would get other files than those that were deployed.',
    'The printed line shows what the service mounts. Let both see the same files.',
    'opcache is not the cause: PHP-FPM was asked for the files themselves.',
  ),
  'old-code-served': explained(
    'PHP-FPM goes on with code that it compiled before the files changed. opcache does not look again, keeps files in a cache, or preloads.',
    'Visitors get old code. In a deploy it is rolled back; in `verify` the site is like that now.',
    'Paste the lines: they empty the file cache where there is one, and reload PHP-FPM.',
    'The files on the disk are right. A cache of the browser plays no part.',
  ),
  'file-cache-closed': explained(
    'opcache keeps compiled files (`opcache.file_cache`), never compares them (`opcache.validate_timestamps` is 0), and its user cannot remove them.',
    'Nothing was touched. Old code would be served for good, after a reload too.',
    'Paste the line: the user of PHP-FPM becomes the owner of that folder.',
    'It is not the cache of the application in `writable/cache`.',
  ),
  'preload-needs-reload': explained(
    'PHP-FPM preloads code (`opcache.preload`), and input `reload` is `never`.',
    'Nothing was touched. What is preloaded would stay old.',
    'Set `reload: when-needed`.',
    'Other files would be seen without a reload; preloaded ones are not.',
  ),
  'env-closed-to-fpm': explained(
    'The user of PHP-FPM cannot read `.env`.',
    'Visitors get the application with its defaults: without its database and its base URL.',
    'Paste the lines: the deploy user owns the file, and the group of PHP-FPM may read it, and nobody else.',
    'The deploy user can read it, so `php spark` shows no fault.',
  ),
  'writable-closed-to-fpm': explained(
    'The user of PHP-FPM cannot write to folders of `writable/` that the message names.',
    'Pages stop with an error, or logs, caches and uploads are lost.',
    'Paste the lines: PHP-FPM may write there by its group.',
    '`chmod 777` is not needed, and lets every account write there.',
  ),
  'release-closed-to-fpm': explained(
    'With release directories the user of PHP-FPM cannot read the files of the new release.',
    'The site was not touched, and the release is removed again. Visitors would get an error for every page.',
    'Paste the lines: the deploy user becomes a member of the group of the live files, and can give it to those of a release.',
    'The files of the live release are readable, so a deploy in place would be green.',
  ),
  'fpm-session-differs': explained(
    'PHP-FPM resolves driver, cookie, save path or `matchIP` otherwise than the command line.',
    'Before the switch nothing was touched, later the deploy is rolled back. What is verified would not be what visitors get.',
    'The printed line finds such settings. Write them into `.env`, and delete a configuration cache.',
    'The table is not at fault: nobody compared it yet.',
  ),
  'fpm-application-fails': explained(
    'Asked through PHP-FPM, the application does not boot. The message has the phase and the error.',
    'The deploy goes on: the code that is live may already fail for visitors, and the new one may repair it.',
    'The printed lines show the log of the application and of PHP-FPM.',
    'The command line boots it, so the code alone is not the reason.',
  ),
  'link-not-resolved': explained(
    'nginx gives PHP-FPM the path of the link `current`, not the directory that it leads to.',
    'Nothing was touched. A request that runs while the link changes would meet files of two commits.',
    'Paste the lines: nginx then resolves the link for each request (`$realpath_root`).',
    'The link itself is right.',
  ),
  'opcache-timestamps-disabled': explained(
    '`opcache.validate_timestamps` is 0: PHP-FPM looks at a file once.',
    'None for a deploy, which reloads. What somebody edits by hand does not show before the next reload.',
    'Nothing to do.',
    'It is a usual setting of busy servers, and no mistake.',
  ),
};
