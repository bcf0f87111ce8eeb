import type { Site } from '../plan/site.ts';
import type { Walked } from '../plan/walk.ts';
import { finding } from '../report/failure.ts';
import type { Finding } from '../finding.ts';
import type { StageName, UndoResult } from '../report/stages.ts';
import { worstFirst, type Outcome, type Report } from '../report/report.ts';
import { Cancelled, LockLost } from '../server/failures.ts';

/** Stages that change nothing of the site, so that a failure there is a refusal. */
const harmless: readonly StageName[] = ['lock', 'inspect', 'stage'];

/** The report of a walk. `green` is the outcome when nothing failed. */
export function conclude(site: Site, walked: Walked, green: Outcome): Report {
  const { config, journal, learned, server, log } = site;
  const stranded = walked.undone.filter(({ result }) => typeof result === 'object');
  site.find(...finding(walked.failure), ...strandedFindings(walked.undone, site));
  return {
    outcome: outcomeOf(walked, stranded.length > 0, green, config.command === 'verify'),
    command: config.command,
    server: server.name,
    path: config.path,
    commit: journal.now.commit || config.commit,
    previousCommit: journal.now.previous,
    steps: walked.steps,
    undone: walked.undone,
    migrations: learned.migrated ?? [],
    batch: learned.batch ?? null,
    columns: learned.columns ?? [],
    ...(learned.printed === undefined ? {} : { printed: learned.printed }),
    findings: worstFirst(site.findings),
    unverified: learned.unverified,
    rollbackNotes: learned.rollbackNotes,
    roundTrips: server.roundTrips,
    seconds: log.seconds,
  };
}

function outcomeOf(walked: Walked, stranded: boolean, green: Outcome, readsOnly: boolean): Outcome {
  if (stranded || walked.failure instanceof LockLost) return 'stranded';
  if (walked.failure === undefined) return green;
  if (walked.failure instanceof Cancelled) return 'cancelled';
  const changed = walked.steps.some(({ name }) => !harmless.includes(name));
  return changed && !readsOnly && green === 'deployed' ? 'rolled-back' : 'refused';
}

/** The steps that have something to undo. */
type Undoable = 'lock' | 'stage' | 'migrate' | 'carry' | 'switch' | 'handover';

/** Known once the lock was taken; before that only the clone itself says where it would lie. */
function stateOf({ config, journal: { now } }: Site): string {
  return now.stateDir || `"$(git -C ${config.path} rev-parse --absolute-git-dir)"/ci4-deploy`;
}

function unpin(path: string): string {
  return `sed -i '/^# ci4-deploy begin/,/^# ci4-deploy end/d' ${path}/.env`;
}

const byHand: Readonly<Record<Undoable, (site: Site) => string>> = {
  lock: (site) => {
    const state = stateOf(site);
    return `rm -rf ${state}/lock ${state}/mine-${site.journal.now.id}.*`;
  },
  stage: ({ config, journal }) =>
    `rm -rf ${journal.now.stateDir}/stage && git -C ${config.path} worktree prune`,
  migrate: ({ config, journal }) =>
    `cd ${journal.now.stateDir}/stage && ${config.php} spark migrate:rollback -b ${journal.now.batchBefore ?? 0} -f   (if that is missing: from ${config.path})`,
  carry: ({ config }) => unpin(config.path),
  handover: ({ config }) =>
    `${unpin(config.path)}   (the session handler of the live code then holds)`,
  switch: ({ config, journal }) =>
    `cd ${config.path} && git reset --keep ${journal.now.previous} && git restore . && sudo systemctl reload-or-restart ${config['fpm-service']}`,
};

function isUndoable(name: StageName): name is Undoable {
  return name in byHand;
}

function messageOf(failed: unknown): string {
  return failed instanceof Error ? failed.message : String(failed);
}

/** What is left to do, in its order: a step that could not be rolled back, then those that were kept for its sake. */
function strandedFindings(undone: readonly UndoResult[], site: Site): readonly Finding[] {
  return undone.flatMap(({ name, result }, at) => {
    if (typeof result !== 'object' || !isUndoable(name)) return [];
    // What is another deploy's now is for nobody here to undo, and not by hand either.
    if (result.failed instanceof LockLost) return finding(result.failed);
    const cause = finding(result.failed)[0]?.message ?? messageOf(result.failed);
    const kept = undone.slice(at + 1).filter((later) => later.result === 'kept');
    const steps = [name, ...kept.map((later) => later.name).filter(isUndoable)];
    const lines = steps.map((step) => byHand[step](site));
    return [
      {
        name: `stranded-${name}`,
        severity: 'error',
        message: `The step ${name} could not be rolled back: ${cause} Once that is repaired, the next deploy takes it back before it begins. The commands do it by hand.`,
        remedy: lines.join('\n'),
      },
    ];
  });
}
