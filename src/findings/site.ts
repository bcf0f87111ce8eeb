import { of } from './entry.ts';

/** The site. */
export const site = {
  'health-url-unreachable': of('the address cannot be asked from the server', 'error'),
  'site-unhealthy-before-deploy': of(
    'it answered wrongly before this deploy changed anything',
    'warning',
  ),
  'health-redirects': of('redirects without end', 'error'),
  'health-unauthorised': of('it wants a login: input `health-auth`', 'error', 'warning'),
  'health-certificate': of(
    'its certificate has expired, is for another name, or nobody known signed it',
    'error',
  ),
  'health-text-missing': of('the page does not hold `health-text`', 'error'),
  'site-in-maintenance': of('it shows a maintenance page', 'error', 'warning'),
  'site-unhealthy': of(
    'it answers wrongly with the new code; the newest line of its log is quoted',
    'error',
  ),
  'session-not-in-table': of('a visit got a session cookie, but the table has no row', 'error'),
  'session-not-found-again': of('the second visit lost the session', 'error'),
};
