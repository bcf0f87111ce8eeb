import type { site } from '../site.ts';
import { explained, untouched, type Explained } from './explanation.ts';

export const explainedSite: Explained<typeof site> = {
  'health-url-unreachable': explained(
    'The server itself cannot connect to the address: its name does not resolve there, nothing listens, or sshd forbids it.',
    untouched,
    'Set `health-address: 127.0.0.1` to ask the web server beside it under the same name. Or set `health-url`.',
    'Visitors may reach the site all the same: they come from outside.',
  ),
  'first-not-served': explained(
    'It is the first deploy to this place. No server of nginx has its root there, or the address answers although nothing is live yet. Or it answers 4xx once the first release is live.',
    'What the deploy had made was removed again.',
    'Paste the lines, or set the root of the web server to `current/public` yourself. Then run the deploy again.',
    'The commit need not be at fault: it was never seen. An answer that comes from somewhere else proves nothing about it. A page may be missing on purpose: then set `health-url` or `health-status`.',
  ),
  'site-unhealthy-before-deploy': explained(
    'The site answered wrongly before this deploy changed anything.',
    'Visitors see that answer already. The deploy goes on, since new code may repair it.',
    'The printed lines show the newest errors. If the answer is right, set `health-status` to it.',
    'The new commit did not cause it. If the site is unhealthy after the switch too, the deploy is rolled back.',
  ),
  'health-redirects': explained(
    'The site sends its visitors round in a loop, or through too many addresses. Mostly `app.baseURL`, or TLS that ends at a proxy.',
    'The deploy is rolled back. In `verify` visitors see it now.',
    'Compare `app.baseURL` with the redirects of the web server. Behind a proxy set `$proxyIPs`.',
    'One redirect, as from http to https, is healthy.',
  ),
  'health-unauthorised': explained(
    'The site answers with status 401. `health-auth` is not set, is wrong, or is meant for another address.',
    'Before the switch nothing was touched, after it the deploy is rolled back. As a warning the page itself was not seen.',
    'Make a secret `HEALTH_AUTH` with `user:password`, and set `health-auth` to it. Or ask a page that everybody may see.',
    'The login of the application with its own form answers otherwise.',
  ),
  'health-certificate': explained(
    'The certificate has expired, is for another name, or nobody known signed it.',
    'Before the switch nothing was touched, after it the deploy is rolled back. Visitors get a warning of their browser.',
    'Renew it with the printed lines. For an authority of your own set `health-ca`.',
    'No deploy changes a certificate: the commit is not at fault.',
  ),
  'health-text-missing': explained(
    'The page does not contain `health-text`. The message has the title of the page that came.',
    'The deploy is rolled back. In `verify` nothing is changed.',
    'Compare the text with the source of the page, where signs like `&` and `é` may be written otherwise.',
    'The status was accepted: the page is only another one.',
  ),
  'site-in-maintenance': explained(
    'The answer looks like a maintenance page.',
    'The deploy is rolled back if `health-status` does not accept it. As a warning the page of the application was not seen.',
    'End the maintenance, or set `health-url` to a page that answers during it.',
    'The action did not switch maintenance on.',
  ),
  'answer-worse': explained(
    'The health address answered with a page before the deploy, and with a status of 400 or more after it, mostly 404.',
    'The new code is live. `health-status` accepts everything below 500 unless you set it.',
    'Open the address. If the page is wrong, roll back, and set `health-status` to what it has to be.',
    'A login that is wanted (401) is [`health-unauthorised`](#health-unauthorised).',
  ),
  'site-unhealthy': explained(
    'With the new code the site answers with an error, or not in time. The message quotes the newest error of its log.',
    'The old code is back, and was asked again. In `verify` the site is like that now.',
    'Read the quoted error; the printed line shows more of the log. Correct it and push again.',
    'If the site was unhealthy before, the message says so: then the new code alone is not to blame.',
  ),
  'session-not-in-table': explained(
    'A visit got a session cookie, and the table has no row for it. PHP-FPM uses another session configuration than the command line.',
    'The deploy is rolled back. Visitors would have sessions in a place that nobody verified.',
    'The printed lines find settings of the pool and of nginx. Switch a configuration cache off.',
    'The table itself fits: it was verified before.',
  ),
  'session-not-found-again': explained(
    'A second visit with the same cookie got a new session, or an error.',
    'The deploy is rolled back. Visitors would not stay logged in.',
    'Look at the cookie settings (domain, secure, path), and at `matchIP` behind a proxy.',
    'The row was there after the first visit.',
  ),
};
