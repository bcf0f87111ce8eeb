import type { Catalog } from '../catalog/catalog.ts';
import { whyNotDefined } from '../catalog/model.ts';
import type { Folded } from '../fold.ts';
import { forgeMethods } from '../forge/methods.ts';
import type { PhpClass } from '../program/class.ts';
import { child, children, memberName, nameIn, type Node } from '../program/syntax.ts';
import { bare } from './same-code.ts';

/** An older version of a migration, and the one at hand. */
export interface Versions {
  readonly path: string;
  readonly before: PhpClass;
  readonly now: PhpClass;
}

// Each of them walks all migrations once more.
const mostAlone = 50;

/**
 * The paths of those migrations whose older version leaves a fresh database as the one at hand does. So nobody misses
 * anything who has run the first.
 * @param now the databases as the versions at hand leave them
 * @param foldWith the databases with other versions of some, by path
 */
export function leavingTheSame(
  all: readonly Versions[],
  now: Folded,
  foldWith: (versions: ReadonlyMap<string, PhpClass>) => Folded,
  isOver: () => boolean,
): ReadonlySet<string> {
  const quiet = all.filter((one) => written(one.before) === written(one.now));
  const together = quiet.length > 1 && areSame(quiet, now, foldWith);
  const alone = (one: Versions): boolean => !isOver() && areSame([one], now, foldWith);
  const same = together ? quiet : quiet.slice(0, mostAlone).filter(alone);
  return new Set(same.map(({ path }) => path));
}

function areSame(
  some: readonly Versions[],
  now: Folded,
  foldWith: (versions: ReadonlyMap<string, PhpClass>) => Folded,
): boolean {
  const mine = some.map(({ path }) => tablesOf(now, path));
  if (mine.includes(null)) return false;
  const before = foldWith(new Map(some.map((one) => [one.path, one.before])));
  return some.every(({ path }, at) => tablesOf(before, path) === mine[at]);
}

function written(own: PhpClass): string {
  return JSON.stringify(bare(otherCalls(own), own.names));
}

const texts = new WeakMap<Folded, string>();

/** All tables without their places; null where this migration leaves one that is not known. */
function tablesOf(folded: Folded, file: string): string | null {
  const { catalogs, failures, stoppedAt } = folded;
  if ([...catalogs.values()].some((catalog) => isVague(catalog, file))) return null;
  const known = texts.get(folded);
  if (known !== undefined) return known;
  const failed = failures.map(({ place, why }) => [place.file, why]);
  const all = [...catalogs].map(([group, { tables }]) => [
    group,
    [...tables].toSorted(([a], [b]) => (a < b ? -1 : 1)),
  ]);
  const text = withoutPlaces([all, failed, stoppedAt?.file]);
  texts.set(folded, text);
  return text;
}

function withoutPlaces(value: unknown): string {
  return JSON.stringify(value, (key, inside: unknown) =>
    key === 'place' || key === 'loc' ? undefined : inside,
  );
}

function isVague({ tables, unnamed, unseen }: Catalog, file: string): boolean {
  const vague = [...tables.values()].some((entry) => whyNotDefined(entry)?.place.file === file);
  return vague || [...unnamed, ...unseen].some(({ place }) => place.file === file);
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
