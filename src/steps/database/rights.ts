import type { Application, Migration } from '../../app/application.ts';
import { errorFinding, warningFinding, type Finding } from '../../finding.ts';
import type { Site } from '../../plan/site.ts';
import { inDatabase } from '../../remedy.ts';
import type { Database, DatabaseState } from '../../schema/database.ts';
import { missingRights, readGrants } from '../../schema/rights.ts';

const handlerNeeds = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'];

// What migrations mostly do; a commit says it exactly.
const migrationsNeed = ['CREATE', 'ALTER', 'DROP', 'INDEX'];

/** What the account of the application may do; null with a login of our own, whose grants say nothing about it. */
export async function rightsIn(site: Site, database: Database): Promise<DatabaseState | null> {
  return site.config['db-user'] === null ? database.state() : null;
}

/** What the application's account lacks for the migrations that did not run yet. */
export function allowed(
  application: Application,
  state: DatabaseState | null,
  due: readonly Migration[],
): readonly Finding[] {
  if (state === null) return [];
  const { account, grants } = state;
  const schema = application.ledgerDatabase.database;
  return judgeRights(application, due, grants, account, schema);
}

/** What is known before there is a commit: what migrations and sessions mostly need of the application's account. */
export async function usuallyAllowed(
  site: Site,
  application: Application,
  database: Database,
): Promise<{ readonly ready: readonly string[]; readonly findings: readonly Finding[] }> {
  const state = await rightsIn(site, database);
  if (state === null) return { ready: [], findings: [] };
  const { account, grants } = state;
  return judgeUsual(grants, account, application.ledgerDatabase.database);
}

/** The same as a line that says it is in order, or as a finding; nothing where the grants do not tell. */
export function judgeUsual(
  grants: readonly string[],
  account: string,
  schema: string,
): { readonly ready: readonly string[]; readonly findings: readonly Finding[] } {
  const rights = readGrants(grants, schema);
  if (rights.uncertain) return { ready: [], findings: [] };
  const missing = missingRights(rights, [...handlerNeeds, ...migrationsNeed]);
  if (missing.length === 0) {
    const ready = `${account} may do in ${schema} what migrations and sessions mostly need.`;
    return { ready: [ready], findings: [] };
  }
  const finding = warningFinding(
    'database-rights-missing',
    `${account} may not do in ${schema} what migrations and sessions mostly need: ${missing.join(', ')}. A deploy says which of it a commit needs.`,
    inDatabase('As an administrator', grantLine(missing, schema, account)),
  );
  return { ready: [], findings: [finding] };
}

/** What the account must be allowed to do, each right by name with who needs it. */
export function judgeRights(
  application: Application,
  due: readonly Migration[],
  grants: readonly string[],
  account: string,
  schema: string,
): readonly Finding[] {
  const rights = readGrants(grants, schema);
  const { session, sessionDatabase: own, ledgerDatabase: ledger } = application;
  const table = session.inDatabase && own === ledger ? session.table : null;
  const handler = table === null ? [] : missingRights(rights, handlerNeeds, table);
  const up = missingRights(rights, [...new Set(due.flatMap(({ needs }) => needs.up))]);
  const down = missingRights(rights, [...new Set(due.flatMap(({ needs }) => needs.down))]);
  const findings: Finding[] = [];
  const grant = (names: readonly string[]): string => grantLine(names, schema, account);
  if (up.length + handler.length > 0) {
    const names = [...new Set([...up, ...handler])];
    findings.push(
      errorFinding(
        'database-rights-missing',
        `${account} may not do in ${schema} what this commit needs: ${who(up, due, 'up')}${up.length > 0 && handler.length > 0 ? '; ' : ''}${handler.length > 0 ? `${handler.join(', ')} (the session handler, on ${String(table)})` : ''}.`,
        inDatabase('As an administrator', grant(names)),
      ),
    );
  }
  if (down.some((right) => !up.includes(right))) {
    findings.push(
      warningFinding(
        'undo-rights-missing',
        `${account} may not do in ${schema} what rolling the migrations back needs: ${who(down, due, 'down')}. If this deploy fails, they stay.`,
        inDatabase('As an administrator', grant(down)),
      ),
    );
  }
  return findings;
}

function who(rights: readonly string[], due: readonly Migration[], way: 'up' | 'down'): string {
  return rights
    .map((right) => {
      const names = due.filter(({ needs }) => needs[way].includes(right));
      return `${right} (${names.map((one) => one.class.split('\\').at(-1)).join(', ')})`;
    })
    .join(', ');
}

/** Accounts are `user@host`; the host may hold anything but an `@`. */
function grantLine(rights: readonly string[], schema: string, account: string): string {
  const at = account.lastIndexOf('@');
  const name = (text: string): string => `'${text.replaceAll("'", "''")}'`;
  const to = `${name(account.slice(0, at))}@${name(account.slice(at + 1))}`;
  return `GRANT ${rights.join(', ')} ON \`${schema}\`.* TO ${to};`;
}
