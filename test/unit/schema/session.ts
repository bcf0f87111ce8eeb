import type { SessionConfiguration } from '../../../src/app/application.ts';

/** A session configuration as an application has it after the move to the database. */
export const session: SessionConfiguration = {
  source: 'Config\\Session',
  driver: 'CodeIgniter\\Session\\Handlers\\DatabaseHandler',
  inDatabase: true,
  cookieName: 'ci_session',
  savePath: 'ci_sessions',
  matchIP: false,
  expiration: 7200,
  table: 'ci_sessions',
  forgeTable: 'ci_sessions',
};
