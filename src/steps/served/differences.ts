import type { Connection, Connections, Leads } from '../../app/connections.ts';

/** One thing that two voices say otherwise of the same application. */
export interface Difference {
  /** What it is about, e.g. `schema of group default`. */
  readonly what: string;
  readonly one: string;
  readonly other: string;
}

/**
 * What two voices say otherwise of the database groups that lead to MySQL, or are in use. Two names of one server are
 * no difference where both got in and found the same one.
 */
export function differences(one: Connections, other: Connections): readonly Difference[] {
  const names = new Set([...one.groups, ...other.groups].map(({ name }) => name));
  return [
    ...said('group of the migrations', one.ledger, other.ledger),
    // Whether sessions are in a database at all is said of the session settings.
    ...(one.session === null || other.session === null
      ? []
      : said('group of the sessions', one.session, other.session)),
    ...[...names].flatMap((name) => ofGroup(name, one, other)),
  ];
}

function said(what: string, one: string, other: string): readonly Difference[] {
  return one === other ? [] : [{ what, one: named(one), other: named(other) }];
}

function named(value: string): string {
  return value === '' ? '(empty)' : value;
}

function ofGroup(name: string, one: Connections, other: Connections): readonly Difference[] {
  const [here, there] = [one, other].map(({ groups }) => groups.find((own) => own.name === name));
  if (!counts(name, one, here) && !counts(name, other, there)) return [];
  if (here === undefined || there === undefined) {
    return said(`group ${name}`, exists(here), exists(there));
  }
  const same = here.identity !== null && here.identity === there.identity;
  const longest = Math.max(here.leads.length, there.leads.length);
  return Array.from({ length: longest }, (_, at) =>
    ofLeads(at === 0 ? name : `${name}, failover ${at}`, here.leads[at], there.leads[at], same),
  ).flat();
}

/** A group that nobody uses and that is no MySQL (`tests` of a new application) concerns nobody. */
function counts(name: string, { ledger, session }: Connections, group?: Connection): boolean {
  return name === ledger || name === session || group?.leads[0]?.driver === 'MySQLi';
}

function exists(group: Connection | undefined): string {
  return group === undefined ? 'missing' : 'there';
}

function ofLeads(
  group: string,
  one: Leads | undefined,
  other: Leads | undefined,
  sameServer: boolean,
): readonly Difference[] {
  if (one === undefined || other === undefined) {
    const words = (leads?: Leads): string => leads?.server ?? 'missing';
    return said(`group ${group}`, words(one), words(other));
  }
  return (['driver', 'server', 'schema', 'user', 'prefix'] as const)
    .filter((what) => what !== 'server' || !sameServer)
    .flatMap((what) => said(`${what} of group ${group}`, one[what], other[what]));
}

/** The differences in words: `schema of group default is shop_old (command line: shop)`. */
export function inWords(found: readonly Difference[], voice: string): string {
  return found.map(({ what, one, other }) => `${what} is ${one} (${voice}: ${other})`).join(', ');
}
