import type { Site } from '../plan/site.ts';
import type { Walked } from '../plan/walk.ts';
import { finding } from '../report/failure.ts';
import type { Finding } from '../finding.ts';
import type { StageName, UndoResult } from '../report/stages.ts';
import { worstFirst, type Outcome, type Report } from '../report/report.ts';
import { Cancelled, LockLost } from '../server/failures.ts';

/** Stages that change nothing of the site, so that a failure there is a refusal. */
const harmless: readonly StageName[] = ['inspect', 'lock', 'stage'];

/** The report of a walk. `green` is the outcome when nothing failed. */
export function conclude(site: Site, walked: Walked, green: Outcome): Report {
  const { config, journal, learned, server, log } = site;
  const stranded = walked.undone.filter(({ result }) => typeof result === 'object');
  site.find(...finding(walked.failure), ...stranded.flatMap((one) => strandedFinding(one, site)));
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
    findings: worstFirst(site.findings),
    unproved: learned.unproved,
    takenBack: learned.takenBack,
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

function unpin(path: string): string {
  return `sed -i '/^# ci4-deploy begin/,/^# ci4-deploy end/d' ${path}/.env`;
}

const byHand: Partial<Record<StageName, (site: Site) => string>> = {
  lock: ({ journal }) => `rm -r ${journal.now.house}/lock`,
  stage: ({ config, journal }) =>
    `rm -rf ${journal.now.house}/stage && git -C ${config.path} worktree prune`,
  migrate: ({ config, journal }) =>
    `cd ${journal.now.house}/stage && ${config.php} spark migrate:rollback -b ${journal.now.batchBefore ?? 0} -f   (if that is missing: from ${config.path})`,
  carry: ({ config }) => unpin(config.path),
  handover: ({ config }) =>
    `${unpin(config.path)}   (the session handler of the live code then holds)`,
  switch: ({ config, journal }) =>
    `cd ${config.path} && git reset --keep ${journal.now.previous} && sudo systemctl reload ${config['fpm-service']}`,
};

function messageOf(failed: unknown): string {
  return failed instanceof Error ? failed.message : String(failed);
}

function strandedFinding({ name, result }: UndoResult, site: Site): readonly Finding[] {
  if (typeof result !== 'object') return [];
  const cause = finding(result.failed)[0]?.message ?? messageOf(result.failed);
  const remedy = byHand[name]?.(site);
  return [
    {
      name: `stranded-${name}`,
      severity: 'error',
      message: `The step ${name} could not be taken back: ${cause}`,
      ...(remedy === undefined ? {} : { remedy }),
    },
  ];
}
