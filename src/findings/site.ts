import { of } from './entry.ts';

/** The site. */
export const site = {
  'health-url-unreachable': of('the address cannot be asked from the server', 'lines', 'error'),
  'first-not-served': of(
    'nothing is live yet, and the web server does not serve it',
    'lines',
    'error',
  ),
  'site-unhealthy-before-deploy': of(
    'it answered wrongly before this deploy changed anything',
    'person',
    'warning',
  ),
  'health-redirects': of('redirects without end', 'person', 'error'),
  'health-unauthorised': of('it wants a login: input `health-auth`', 'person', 'error', 'warning'),
  'health-certificate': of(
    'its certificate has expired, is for another name, or nobody known signed it',
    'lines',
    'error',
  ),
  'health-text-missing': of('the page does not hold `health-text`', 'person', 'error'),
  'site-in-maintenance': of('it shows a maintenance page', 'person', 'error', 'warning'),
  'answer-worse': of('it answered well before, and with 4xx now', 'lines', 'warning'),
  'site-unhealthy': of(
    'it answers wrongly with the new code; the newest line of its log is quoted',
    'person',
    'error',
  ),
  'session-not-in-table': of(
    'a visit got a session cookie, but the table has no row',
    'person',
    'error',
  ),
  'session-not-found-again': of('the second visit lost the session', 'person', 'error'),
};
