import { Catalog } from './catalog/catalog.ts';
import type { Family } from './catalog/columns.ts';
import type { Absent } from './catalog/references.ts';
import type { Place } from './catalog/model.ts';
import {
  Connection,
  isMysql,
  type ConnectionSettings,
  type Failure,
  type Said,
} from './forge/connection.ts';
import { forgeRules, type Release } from './forge/release.ts';
import { MigrationSurroundings } from './forge/surroundings.ts';
import type { PhpClass } from './program/class.ts';
import { evaluateAlone } from './program/alone.ts';
import { runMethod } from './program/statements.ts';
import { Thrown } from './program/thrown.ts';
import { textOf, type PhpObject } from './program/value.ts';

/** One migration that the runner would run: its file, and the class in it; without one the run stops there. */
export interface MigrationStep {
  readonly file: string;
  readonly own: PhpClass | null;
  /** Why nobody can tell what it does; null where that is known. */
  readonly unread?: string | null;
}

/** What has to be known beside the migrations. */
export interface Ground {
  readonly release: Release;
  readonly family: Family;
  readonly defaultGroup: string;
  /** Groups of Config\Database by name. */
  readonly groups: ReadonlyMap<string, ConnectionSettings>;
  /** The table to report on, prefix included, and the group it lies in. */
  readonly watched: string;
  /** Whether all migrations of these databases are among these: none is left out, no package brings some. */
  readonly readsAll: boolean;
  /** Classes of Config as they are written, by their names. */
  readonly configured: ReadonlyMap<string, PhpObject>;
  /** Whether the time for reading is over: what follows is not read. */
  readonly isOver: () => boolean;
}

/** The databases as all migrations leave them. */
export interface Folded {
  /** By group. */
  readonly catalogs: ReadonlyMap<string, Catalog>;
  /** Statements that the server would refuse, in order. */
  readonly failures: readonly Failure[];
  /** What the migrations say to their databases, in order. */
  readonly said: readonly Said[];
  /** Groups that migrations use and that are no MySQL, so that their tables are not among these; with their drivers. */
  readonly unjudged: ReadonlyMap<string, string>;
  /** The migration that stops the run, so that none after it runs; null when all run. */
  readonly stoppedAt: Place | null;
}

/**
 * Walks the up() of all migrations in their order, as the runner would on an empty database. Whether a table that a
 * foreign key points to is missing shows only at the end; then it walks once more.
 */
export function fold(steps: readonly MigrationStep[], ground: Ground): Folded {
  const first = walk(steps, ground, new Map());
  const absent = new Map(
    [...first.catalogs].map(([group, catalog]) => [group, absentFrom(catalog, ground)] as const),
  );
  return [...absent.values()].some(({ size }) => size > 0) ? walk(steps, ground, absent) : first;
}

const reasons = {
  dropped: 'as it was dropped',
  'not there yet': 'as it is made later',
  'never made': 'and no migration makes it',
};

/** Tables that are surely not there when foreign keys point to them. */
function absentFrom(
  { unnamed, unseen, references, holdsOthers }: Catalog,
  { readsAll }: Ground,
): Absent {
  const isWhole = readsAll && !holdsOthers && unnamed.length + unseen.length === 0;
  const sure = [...references.missing].filter(([, { how }]) => how !== 'never made' || isWhole);
  return new Map(sure.map(([name, { how }]) => [name, reasons[how]]));
}

function stepped({ file, own, unread = null }: MigrationStep, walked: Walked): Place | null {
  if (own !== null) return migrate({ file, own }, walked);
  if (unread === null) return { file, line: 1 };
  catalogOf(walked.ground.defaultGroup, walked);
  for (const catalog of walked.catalogs.values()) catalog.unresolveAll({ file, line: 1 }, unread);
  return null;
}

function catalogOf(group: string, { ground, absent, catalogs }: Walked): Catalog {
  const catalog =
    catalogs.get(group) ?? new Catalog(ground.family, ground.watched, absent.get(group));
  catalogs.set(group, catalog);
  return catalog;
}

interface Walked {
  readonly ground: Ground;
  readonly absent: ReadonlyMap<string, Absent>;
  readonly catalogs: Map<string, Catalog>;
  readonly failures: Failure[];
  readonly said: Said[];
}

function walk(
  steps: readonly MigrationStep[],
  ground: Ground,
  absent: ReadonlyMap<string, Absent>,
): Folded {
  const catalogs = new Map<string, Catalog>();
  const failures: Failure[] = [];
  const said: Said[] = [];
  let stoppedAt: Place | null = null;
  const walked = { ground, absent, catalogs, failures, said };
  for (const step of steps) {
    stoppedAt = stepped(step, walked);
    if (stoppedAt !== null) break;
  }
  const unjudged = new Map<string, string>();
  for (const group of catalogs.keys()) {
    const settings = ground.groups.get(group);
    if (settings === undefined || isMysql(settings)) continue;
    unjudged.set(group, settings.driver ?? '');
    catalogs.delete(group);
  }
  return { catalogs, failures, said, unjudged, stoppedAt };
}

function migrate(
  { file, own }: { readonly file: string; readonly own: PhpClass },
  walked: Walked,
): Place | null {
  const { ground, failures, said } = walked;
  const rules = forgeRules(ground.release);
  const opened = new Map<string, Connection>();
  const connections = (wanted: string | null): Connection => {
    const group = wanted ?? ground.defaultGroup;
    const catalog = catalogOf(group, walked);
    const settings = ground.groups.get(group) ?? { group, prefix: '', driver: null };
    const connection = opened.get(group) ?? new Connection(settings, rules, catalog, file);
    opened.set(group, connection);
    return connection;
  };
  const group = groupOf(own);
  // The runner leaves it out, and writes no row (MigrationRunner::migrate).
  if (group === 'tests') return null;
  const surroundings = new MigrationSurroundings(connections, group, ground.configured);
  try {
    const why = whyUnknown(own, ground);
    if (why !== null) surroundings.outOfSight({ line: own.line, doubt: null }, why);
    if (!ground.isOver()) runMethod(own, 'up', surroundings);
    return null;
  } catch (error) {
    if (error instanceof Thrown) return { file, line: error.line };
    // An expression nested so deeply that the stack ends: nobody can tell what it does.
    if (!(error instanceof RangeError)) throw error;
    surroundings.outOfSight({ line: own.line, doubt: null }, 'an expression nested very deeply');
    return null;
  } finally {
    for (const connection of opened.values()) {
      failures.push(...connection.failures);
      said.push(...connection.said);
    }
  }
}

function whyUnknown(own: PhpClass, { isOver }: Ground): string | null {
  if (isOver()) return 'reading took too long before this';
  return own.takesMore || own.traits.length > 0 || !isMigration(own)
    ? 'a class or trait of its own that it builds on'
    : null;
}

function isMigration({ parent }: PhpClass): boolean {
  return parent === 'CodeIgniter\\Database\\Migration';
}

/** `$DBGroup` of a migration; null for the default group. */
export function groupOf(own: PhpClass): string | null {
  const declared = own.properties.get('DBGroup');
  if (declared === undefined || declared === null) return null;
  const name = textOf(evaluateAlone(declared, own));
  return name === null || name === '' ? null : name;
}
