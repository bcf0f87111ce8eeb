import type { Catalog } from '../catalog/catalog.ts';
import type { Doubt, Entry } from '../catalog/model.ts';
import type { Folded } from '../fold.ts';
import { forgeMethods } from '../forge/methods.ts';
import type { PhpClass } from '../program/class.ts';
import { child, children, memberName, nameIn, type Node } from '../program/syntax.ts';

/**
 * Whether two versions of a migration leave a fresh database alike. So nobody misses anything who has run the first.
 * @param file the path of that migration
 */
export function leaveTheSame(
  file: string,
  [one, first]: readonly [PhpClass, Folded],
  [other, second]: readonly [PhpClass, Folded],
): boolean {
  const [mine, theirs] = [tablesOf(first, file), tablesOf(second, file)];
  return (
    mine !== null &&
    mine === theirs &&
    withoutPlaces(otherCalls(one)) === withoutPlaces(otherCalls(other))
  );
}

/** All tables without their places; null where this migration leaves one that is not known. */
function tablesOf({ catalogs, failures, stoppedAt }: Folded, file: string): string | null {
  const failed = failures.map(({ place, why }) => [place.file, why]);
  const all = [...catalogs].map(([group, catalog]) => [group, entriesOf(catalog, file)]);
  if (all.some(([, entries]) => entries === null)) return null;
  return withoutPlaces([all, failed, stoppedAt?.file]);
}

function withoutPlaces(value: unknown): string {
  return JSON.stringify(value, (key, inside: unknown) =>
    key === 'place' || key === 'loc' ? undefined : inside,
  );
}

function entriesOf(catalog: Catalog, file: string): readonly unknown[] | null {
  const { unnamed, unseen } = catalog;
  const entries = [...catalog.tables].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const vague = entries.some(([, entry]) => doubtIn(entry)?.place.file === file);
  return vague || [...unnamed, ...unseen].some(({ place }) => place.file === file) ? null : entries;
}

/** What only running tells. Where servers differ, the definition is known all the same. */
function doubtIn(entry: Entry): Doubt | null {
  if (entry.kind !== 'table') return entry;
  const { doubt, columns } = entry.table;
  const unread = columns.find((one) => one.doubt !== null && one.type === '');
  return doubt ?? (unread === undefined ? null : { place: unread.place, why: unread.name });
}

// Questions about tables, and what opens a connection.
const asking = new Set([
  ...['tableexists', 'fieldexists', 'getplatform', 'getprefix', 'prefixtable', 'connect', 'forge'],
  ...['disableforeignkeychecks', 'enableforeignkeychecks', 'escape', 'escapeidentifiers'],
]);

/** Calls of methods that may do more than shape tables, as they are written. */
function otherCalls({ methods }: PhpClass): readonly unknown[] {
  const all = [...methods].filter(([name]) => name !== 'down');
  const own = new Set(methods.keys());
  const found: unknown[] = [];
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk);
    else if (typeof value === 'object' && value !== null) {
      if ((value as Node).kind === 'call' && doesMore(value as Node, own)) found.push(value);
      Object.values(value).forEach(walk);
    }
  };
  for (const [, method] of all) walk(method['body']);
  return found;
}

function doesMore(call: Node, own: ReadonlySet<string>): boolean {
  const what = child(call, 'what');
  if (what === null || what.kind === 'name') return what === null;
  const method = (memberName(what) ?? nameIn(what, 'offset') ?? '').toLowerCase();
  if (asking.has(method) || own.has(method) || Object.hasOwn(forgeMethods, method)) return false;
  if (method !== 'query' && method !== 'simplequery') return true;
  return !shapes(children(call, 'arguments')[0]);
}

/** SQL that is written down, and changes tables or asks. */
function shapes(sql: Node | undefined): boolean {
  const value = sql?.['value'];
  return (
    typeof value === 'string' && /^\s*(create|alter|drop|rename|select|show|desc)/i.test(value)
  );
}
