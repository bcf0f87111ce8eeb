import { of } from './entry.ts';

/** The way from a site that is deployed in place to release directories. */
export const adopt = {
  'adopt-place': of('there is no place for release directories', 'lines', 'error'),
  'adopt-not-served': of(
    'PHP-FPM cannot run the application from its release directory',
    'person',
    'error',
  ),
  'adopt-web-server': of(
    'the release directories are there, and the web server still has the old root',
    'lines',
    'notice',
  ),
  'adopt-workflow': of('the inputs of deploys with release directories', 'lines', 'notice'),
  'adopted-elsewhere': of(
    'the web server serves the release directories, and the workflow deploys in place',
    'lines',
    'error',
  ),
  'stranded-adopt': of(
    'the release directories could not be removed; the remedy does it by hand',
    'lines',
    'error',
  ),
};
