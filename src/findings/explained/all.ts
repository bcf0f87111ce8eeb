import type { sections } from '../registry.ts';
import { explainedAdopt } from './adopt.ts';
import { explainedApplication } from './application.ts';
import { explainedClone } from './clone.ts';
import { explainedConnection } from './connection.ts';
import { explainedDescribed } from './described.ts';
import type { Explained } from './explanation.ts';
import { explainedOwn } from './own.ts';
import { explainedPhp } from './php.ts';
import { explainedPullRequest } from './pull-request.ts';
import { explainedPush } from './push.ts';
import { explainedRollback } from './rollback.ts';
import { explainedSite } from './site.ts';
import { explainedTable } from './table.ts';

type Sections = typeof sections;

/** What docs/findings.md explains of every finding, by its sections. Only the page reads it: nothing of it is in the bundle. */
export const explanations: { readonly [Title in keyof Sections]: Explained<Sections[Title]> } = {
  'Logging in': explainedConnection,
  'The clone and the commit': explainedClone,
  'Sending the commit': explainedPush,
  'PHP and PHP-FPM': explainedPhp,
  'The application and its migrations': explainedApplication,
  'The database and the session table': explainedTable,
  'Migrations of a pull request': explainedPullRequest,
  'Tables of the application': explainedDescribed,
  'The site': explainedSite,
  'Your own commands and files': explainedOwn,
  'The rollback': explainedRollback,
  'Adopting a site': explainedAdopt,
};
