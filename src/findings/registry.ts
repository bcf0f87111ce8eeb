import { adopt } from './adopt.ts';
import { application } from './application.ts';
import { clone } from './clone.ts';
import { connection } from './connection.ts';
import { described } from './described.ts';
import type { Entry, Severity } from './entry.ts';
import { own } from './own.ts';
import { php } from './php.ts';
import { pullRequest } from './pull-request.ts';
import { push } from './push.ts';
import { rollback } from './rollback.ts';
import { site } from './site.ts';
import { table } from './table.ts';

/** Every finding there is, by the sections of docs/findings.md, whose tables are made from this. */
export const sections = {
  'Logging in': connection,
  'The clone and the commit': clone,
  'Sending the commit': push,
  'PHP and PHP-FPM': php,
  'The application and its migrations': application,
  'The database and the session table': table,
  'Migrations of a pull request': pullRequest,
  'Tables of the application': described,
  'The site': site,
  'Your own commands and files': own,
  'The rollback': rollback,
  'Adopting a site': adopt,
};

type Registry = typeof connection &
  typeof clone &
  typeof push &
  typeof php &
  typeof application &
  typeof table &
  typeof pullRequest &
  typeof described &
  typeof site &
  typeof own &
  typeof rollback &
  typeof adopt;

/** The name of a finding that may have one of these severities. */
export type FindingName<S extends Severity = Severity> = {
  [Name in keyof Registry]: Registry[Name] extends Entry<infer Own>
    ? S extends Own
      ? Name
      : never
    : never;
}[keyof Registry];
