import { basename } from 'node:path/posix';
import type { Application } from '../../app/application.ts';
import type { Pool, Serving } from '../../app/pool.ts';
import type { Config } from '../../config/config.ts';
import type { RunContext, Site } from '../../plan/site.ts';
import { releaseName } from '../../release/directories/layout.ts';
import { join } from '../../release/paths.ts';
import type { ReleaseNames } from '../../release/strategy.ts';
import type { ServerFacts } from './facts.ts';
import type { Clone } from './topics/clone.ts';

/** Where the lock and everything else of a deploy lies. */
export function stateDirOf({ gitDir }: Pick<Clone, 'gitDir'>): string {
  return join(gitDir, 'ci4-deploy');
}

/** Puts into the journal what undoing will need of the tree. */
export function writeDown(
  site: Site,
  { tree: { clone }, deploy, others }: ServerFacts,
  live: Application,
): void {
  const { config, journal } = site;
  if ('problem' in clone) return;
  const submodules = deploy?.commit.submodules ?? null;
  journal.announce({
    stateDir: stateDirOf(clone),
    branch: clone.branch,
    // What only looks says what is live, whichever commit its workflow runs on.
    commit: deploy === null ? clone.head : config.commit,
    previous: clone.head,
    writable: live.writable,
    pinned: others.pinned,
    ...(submodules === null ? {} : { submodules }),
    ...(config.strategy === 'in-place' ? {} : { releases: namesOf(config, clone, site.run) }),
  });
  site.did(
    `CodeIgniter ${live.framework} on PHP ${live.php} at ${clone.head.slice(0, 10)}; sessions: ${live.session.driver}`,
  );
}

/** And what it will need of what the database and PHP-FPM answered. */
export function writeDownAnswers(
  { journal }: Site,
  { serving }: { readonly serving: readonly Serving[] },
  ledgerConnection: number,
): void {
  journal.announce({ ledgerConnection, pools: distinctPools(serving) });
}

function namesOf({ commit }: Config, { top }: Clone, run: RunContext): ReleaseNames {
  return { next: releaseName(run.now(), commit), previous: basename(top) };
}

function distinctPools(serving: readonly Serving[]): readonly Pool[] {
  return [...new Map(serving.map(({ pool }) => [pool.listen, pool])).values()];
}
