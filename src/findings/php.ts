import { of } from './entry.ts';

/** PHP and PHP-FPM. */
export const php = {
  'php-missing': of('no PHP on the command line', 'lines', 'error'),
  'mysqli-missing': of('PHP on the command line has no mysqli extension', 'lines', 'error'),
  'intl-missing': of('PHP on the command line has no intl extension', 'lines', 'error'),
  'mbstring-missing': of('PHP on the command line has no mbstring extension', 'lines', 'error'),
  'fpm-mysqli-missing': of('PHP-FPM has no mysqli extension', 'lines', 'error'),
  'fpm-intl-missing': of('PHP-FPM has no intl extension', 'lines', 'error'),
  'fpm-mbstring-missing': of('PHP-FPM has no mbstring extension', 'lines', 'error'),
  'php-too-old': of(
    "the commit wants a newer PHP than that of the command line (`composer.json`, or the framework's own check)",
    'person',
    'error',
  ),
  'fpm-php-too-old': of('the commit wants a newer PHP than that of PHP-FPM', 'person', 'error'),
  'php-versions-differ': of('spark runs with another PHP than visitors get', 'lines', 'warning'),
  'reload-not-allowed': of('sudo does not allow the reload', 'lines', 'error'),
  'fpm-unknown': of(
    'no such service or pool; the message names others that look like it',
    'lines',
    'error',
  ),
  'fpm-inactive': of('the service does not run', 'lines', 'error'),
  'fpm-configuration': of('its configuration is broken: a reload would kill it', 'person', 'error'),
  'reload-cuts-requests': of(
    '`process_control_timeout` is 0: a reload cuts the requests that are running',
    'lines',
    'warning',
  ),
  'fpm-few-workers': of('hardly any requests at a time', 'lines', 'warning'),
  'fpm-shared': of('the service serves other pools too', 'nothing', 'notice'),
  'fpm-not-asked': of('PHP-FPM itself could not be asked what it sees', 'lines', 'notice'),
  'link-not-resolved': of(
    'nginx gives PHP-FPM the path of the link `current`, so that one request may meet two commits',
    'lines',
    'error',
  ),
  'fpm-other-service': of(
    "the web server sends the site's requests to another service of PHP than `fpm-service`",
    'person',
    'error',
  ),
  'fpm-database-differs': of(
    'PHP-FPM leads the application to another database than the command line does',
    'person',
    'error',
  ),
  'fpm-environment-differs': of(
    'PHP-FPM has another `CI_ENVIRONMENT` than the command line',
    'person',
    'warning',
  ),
  'fpm-other-files': of(
    'PHP-FPM reads other files than those that were deployed',
    'person',
    'error',
  ),
  'old-code-served': of(
    'PHP-FPM goes on with code that it compiled before the files were changed',
    'lines',
    'error',
  ),
  'file-cache-closed': of(
    'PHP-FPM keeps compiled files for good, and cannot remove them',
    'lines',
    'error',
  ),
  'preload-needs-reload': of(
    'PHP-FPM preloads code, and input `reload` is `never`',
    'lines',
    'error',
  ),
  'env-closed-to-fpm': of('PHP-FPM cannot read `.env`', 'lines', 'error'),
  'writable-closed-to-fpm': of('PHP-FPM cannot write to `writable/`', 'lines', 'error'),
  'release-closed-to-fpm': of('PHP-FPM cannot read a new release', 'lines', 'error'),
  'fpm-session-differs': of(
    'PHP-FPM has other session settings than the command line',
    'person',
    'error',
  ),
  'fpm-application-fails': of('the application does not boot inside PHP-FPM', 'person', 'warning'),
  'opcache-timestamps-disabled': of(
    'opcache shows new code only after a reload',
    'nothing',
    'notice',
  ),
};
