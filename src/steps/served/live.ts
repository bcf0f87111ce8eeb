import { quote } from '../../server/command.ts';
import { toSee } from '../../remedy.ts';
import type { Application } from '../../app/application.ts';
import { askApplication, readApplication } from '../../app/ask.ts';
import type { Connections } from '../../app/connections.ts';
import type { Inside } from '../../app/inside.ts';
import { errorFinding, type Finding } from '../../finding.ts';
import type { Site } from '../../plan/site.ts';
import { query } from '../../server/round.ts';
import { inside } from '../fpm/ask.ts';
import { sameSession } from '../inspect/judge-inside.ts';
import { judgeFpmDatabases } from './databases.ts';
import { differences, inWords } from './differences.ts';

/**
 * What went live, asked again. The live tree on the command line has to say what the stage said, whose database was
 * migrated, and PHP-FPM the same.
 */
export async function judgeWentLive(
  site: Site<'inspect'>,
  staged: Application,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const { config, run, server, facts, release } = site;
  const question = { live: askApplication(config.php, release.live, run.nonce) };
  const [{ live }, pools] = await Promise.all([
    query(server, question, signal),
    seenByPools(site, signal),
  ]);
  const answer = readApplication(live, run.nonce);
  const found: Finding[] = answer.ok
    ? judgeLive(answer.application, staged, release.live)
    : [doesNotBoot(config.php, release.live, answer.failure.message)];
  for (const [at, serving] of facts.inspect.serving.entries()) {
    const seen = pools[at] ?? 'it was not asked';
    const { said, why } = connectionsOf(seen);
    if (said === null) {
      site.notVerified(`Which database PHP-FPM (pool ${serving.pool.name}) uses now: ${why}.`);
      continue;
    }
    const compared = { tree: 'the new code', unit: config['fpm-service'] };
    found.push(...judgeFpmDatabases(said, staged.connections, serving, compared));
    if (answer.ok && typeof seen !== 'string') {
      found.push(...sameSession(seen, answer.application));
    }
  }
  return found;
}

/** One pool after the other, beside the command line. */
async function seenByPools(
  site: Site<'inspect'>,
  signal: AbortSignal,
): Promise<readonly (Inside | string)[]> {
  const { stateDir } = site.journal.now;
  const seen: (Inside | string)[] = [];
  for (const serving of site.facts.inspect.serving) {
    seen.push(await inside(site, serving, stateDir, site.release.live, signal));
  }
  return seen;
}

/** An application that does not boot for a program of ours may still serve its pages, which `confirm` looks at. */
function connectionsOf(seen: Inside | string): { said: Connections | null; why: string } {
  if (typeof seen === 'string') return { said: null, why: seen };
  return 'failure' in seen.session
    ? { said: null, why: `the application does not answer there, ${seen.session.failure.message}` }
    : { said: seen.session.connections, why: '' };
}

function judgeLive(live: Application, staged: Application, path: string): Finding[] {
  const found = differences(live.connections, staged.connections);
  if (found.length === 0) return [];
  return [
    errorFinding(
      'database-differs',
      `The new code names another database in the live tree than in the stage, whose database was migrated: ${inWords(found, 'stage')}. Something on the server does that which is not in the repository.`,
      toSee(
        'See what lies there besides the repository',
        `git -C ${quote(path)} status --ignored --short app`,
      ),
    ),
  ];
}

function doesNotBoot(php: string, path: string, message: string): Finding {
  return errorFinding(
    'new-code-does-not-boot',
    `The new code does not boot in the live tree, although it did in the stage: ${message}`,
    toSee(
      'See what it says',
      `cd ${quote(path)} && CI_ENVIRONMENT=development ${quote(php)} spark routes`,
    ),
  );
}
