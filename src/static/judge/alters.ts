import type { Finding } from '../../finding.ts';
import type { Alter } from '../catalog/model.ts';
import { columnOf } from '../catalog/model.ts';
import type { Folded } from '../fold.ts';
import type { Project } from '../project/project.ts';
import { isChanged, type Changes } from './changes.ts';
import { copyWords } from './lock-cost-words.ts';
import type { ServerVersion } from './lock-cost.ts';
import { found } from './names.ts';

/** What the pull request does to tables that servers already have: what destroys, what copies, what loses dates. */
export function judgeAlters(
  { catalogs }: Folded,
  project: Project,
  changes: Changes | null,
  server: ServerVersion | null,
): readonly Finding[] {
  const session = 'unresolved' in project.session ? null : project.session.configuration.table;
  return [...catalogs.values()].flatMap((catalog) =>
    catalog.alters
      .filter((one) => isChanged(one.place.file, changes))
      .flatMap((one) => [
        ...(isLive(one, changes) ? [...destructive(one), ...copying(one, server)] : []),
        ...(one.before.name === session ? converted(one) : []),
      ]),
  );
}

/** The table was made by a migration that servers have run: without a base, by another file than this one. */
function isLive({ before, place }: Alter, changes: Changes | null): boolean {
  return changes === null
    ? before.place.file !== place.file
    : !changes.files.has(before.place.file);
}

function destructive({ before, after, alterations, place }: Alter): readonly Finding[] {
  if (after === null) {
    return [
      lost(
        place,
        `${before.name} is dropped with everything in it, and down() cannot bring that back`,
      ),
    ];
  }
  const gone = alterations.flatMap((one) => {
    if (one.kind === 'drop column')
      return [`the column ${one.name} of ${before.name} is dropped with everything in it`];
    if (one.kind === 'rename column')
      return [`the column ${one.from} of ${before.name} gets another name`];
    if (one.kind === 'change column' && one.from.toLowerCase() !== one.column.name.toLowerCase()) {
      return [`the column ${one.from} of ${before.name} gets another name`];
    }
    return one.kind === 'rename table' ? [`${before.name} gets another name`] : [];
  });
  return gone.map((what) => lost(place, what));
}

function lost(place: Alter['place'], what: string): Finding {
  return found(
    'migration-destructive',
    place,
    `${what.slice(0, 1).toUpperCase()}${what.slice(1)}. The previous code still runs while the migration does, and it uses that.`,
    'First deploy code that no longer needs it, and then this migration.',
  );
}

function copying(
  { before, after, alterations, place, checksKeys }: Alter,
  server: ServerVersion | null,
): readonly Finding[] {
  if (after === null) return [];
  const words = copyWords(before, alterations, server, { checksKeys, strict: true });
  if (words === null) return [];
  return [
    found(
      'migration-copies-table',
      place,
      `${before.name} is changed, and ${words}. With many rows that takes minutes.`,
      'Deploy it when few visitors are there, or change the table with a tool that copies in the background.',
    ),
  ];
}

function converted({ before, after, alterations, place }: Alter): readonly Finding[] {
  const old = columnOf(before, 'timestamp');
  const now = after === null ? undefined : columnOf(after, 'timestamp');
  const modified = alterations.some(
    (one) => one.kind === 'change column' && one.from.toLowerCase() === 'timestamp',
  );
  if (!modified || old === undefined || now === undefined) return [];
  if (!old.type.includes('int') || !/^(timestamp|datetime)/.test(now.type)) return [];
  return [
    found(
      'session-timestamp-converted',
      place,
      'Numbers do not become dates this way: every session gets the date 0000-00-00 and the next garbage collection logs everybody out. With strictOn the migration fails.',
      `$this->forge->dropColumn('${before.name}', 'timestamp');\n$this->forge->addColumn('${before.name}', ['timestamp TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP']);`,
    ),
  ];
}
