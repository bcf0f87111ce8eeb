import type { Finding } from '../../finding.ts';
import type { ColumnComparison } from '../../schema/column-comparison.ts';
import type { Folded } from '../fold.ts';
import { isAtLeast } from '../forge/release.ts';
import { everyOther, type Project } from '../project/project.ts';
import { judgeAlters } from './alters.ts';
import { isMysql } from '../forge/connection.ts';
import { isChanged, type Changes } from './changes.ts';
import { judgeFiles, type Leaves } from './files.ts';
import { found } from './names.ts';
import { judgeSessionTable, type Wish } from './session-table.ts';

/** What reading the application found. */
export interface Judgement {
  readonly findings: readonly Finding[];
  /** The columns of the session table; empty when it was not judged. */
  readonly columns: readonly ColumnComparison[];
}

/**
 * Every rule, asked of the application as it lies there and of what the pull request changes.
 * @param leaves see {@link judgeFiles}
 */
export async function judge(
  project: Project,
  folded: Folded,
  changes: Changes | null,
  wish: Wish,
  leaves?: Leaves,
): Promise<Judgement> {
  const table = sessionTable(project, folded, wish, changes);
  return {
    columns: table.columns,
    findings: [
      ...table.findings,
      ...failures(project, folded, changes),
      ...tablesFromElsewhere(project, folded),
      ...(await judgeFiles(project.migrations, project.folders, changes, {
        leaves,
        oldest: project.oldestPhp,
      })),
      ...judgeAlters(folded, project, changes, wish.server),
      ...[...folded.unjudged].map(([group, driver]) =>
        found(
          'group-not-mysql',
          { file: 'app/Config/Database.php', line: 1 },
          `The group ${group} uses the driver ${driver}, so its tables are not judged: rules here are those of MySQL and MariaDB.`,
        ),
      ),
      ...project.unresolvedNamespaces.map((namespace) =>
        found(
          'namespace-unresolved',
          { file: 'app/Config/Autoload.php', line: 1 },
          namespace === everyOther
            ? 'Which namespaces there are, only running tells, so that migrations of App alone were read.'
            : `Where the namespace ${namespace} lies, only running tells, so that its migrations were not read.`,
        ),
      ),
    ],
  };
}

function sessionTable(
  project: Project,
  folded: Folded,
  wish: Wish,
  changes: Changes | null,
): Judgement {
  const { session } = project;
  if ('unresolved' in session) {
    const { unresolved, place } = session;
    const message = `A setting of the session is only known when the application runs (${unresolved.why}), so that its table was not checked.`;
    return { findings: [found('session-settings-unresolved', place, message)], columns: [] };
  }
  const group = project.groups.get(session.group ?? project.defaultGroup);
  if (!session.configuration.inDatabase || (group !== undefined && !isMysql(group)))
    return { findings: [], columns: [] };
  const { release } = project.known;
  if (!isAtLeast(release, [4, 1, 2])) {
    const message = `CodeIgniter ${release.join('.')} writes the time of a session as a number. The check knows the table of newer releases, so that it has no verdict on ${session.configuration.table ?? ''}.`;
    return { findings: [found('session-table-unresolved', session.place, message)], columns: [] };
  }
  return judgeSessionTable(project, session, folded, wish, changes);
}

/** Where something may come from that no migration makes that is read; null where all are read. */
function otherSource({ leftOut, packages }: Project): string | null {
  if (leftOut.migrations > 0) {
    return 'a namespace whose migrations are not read (input namespaces: all)';
  }
  return packages.map((name) => `the package ${name}`)[0] ?? null;
}

function perhaps(finding: Finding, project: Project): Finding {
  const source = otherSource(project);
  if (source === null) return finding;
  const message = `${finding.message} What is missing may come from ${source}.`;
  return { ...finding, severity: 'warning', message };
}

/** Tables that foreign keys point to and that come from elsewhere, if they are there at all. */
function tablesFromElsewhere(project: Project, { catalogs }: Folded): readonly Finding[] {
  const source = otherSource(project) ?? 'elsewhere';
  return [...catalogs.values()].flatMap(({ references }) =>
    [...references.missing].map(([table, { key, place }]) => ({
      ...found(
        'migration-fails',
        place,
        `The foreign key ${key} points to the table ${table}, which no migration makes that is read here. Where it is not there before, this fails (errno: 150). It may come from ${source}.`,
      ),
      severity: 'warning' as const,
    })),
  );
}

/** A failing statement stops all that follow. In an old migration it is no fault of the pull request: then it is only said. */
function failures(
  project: Project,
  { failures: all, stoppedAt }: Folded,
  changes: Changes | null,
): readonly Finding[] {
  const findings = all.map(({ place, why, missing }) => {
    const stops =
      stoppedAt?.file === place.file
        ? 'spark migrate stops here, exits 0 all the same, and no migration after it runs'
        : 'the migration goes on as if nothing had happened';
    const message = `On an empty database this fails (${why}): ${stops}.`;
    const finding = found('migration-fails', place, message);
    return missing ? perhaps(finding, project) : finding;
  });
  // A file without a class is said as such.
  const stopped = project.migrations.find(({ path }) => path === stoppedAt?.file)?.own ?? null;
  const said = all.some(({ place }) => place.file === stoppedAt?.file);
  if (stoppedAt !== null && stopped !== null && !said) {
    findings.push(
      found(
        'migration-fails',
        stoppedAt,
        'up() throws an exception: spark migrate stops here, and no migration after it runs.',
      ),
    );
  }
  return findings.map((one) =>
    isChanged(one.at?.file ?? '', changes) ? one : { ...one, severity: 'warning' as const },
  );
}
