import type { Application } from '../../app/application.ts';
import type { Inside } from '../../app/inside.ts';
import type { Pool, Serving } from '../../app/pool.ts';
import type { Finding } from '../../finding.ts';
import type { Site } from '../../plan/site.ts';
import { inside } from '../fpm/ask.ts';
import { oldCode } from '../served/code.ts';
import { judgeFpmDatabases } from '../served/databases.ts';
import { judgeInside, preloaded } from './judge-inside.ts';

/**
 * Asks PHP-FPM itself, through its own socket, what it sees of the application. The command line knows neither its
 * user's rights nor the environment of its pool. What cannot be asked is said to be unverified, not wrong.
 * @param serving the pools that serve the site
 */
export async function askInside(
  site: Site,
  live: Application,
  serving: readonly Serving[],
  stateDir: string,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  const answering: Serving[] = [];
  for (const one of serving) {
    const seen = await inside(site, one, stateDir, live.root, signal);
    if (typeof seen === 'string') {
      found.push(notAsked(site, seen, one.pool));
      continue;
    }
    answering.push(one);
    const judged = judgeAnswer(site, seen, live, one);
    found.push(
      ...(await causeOf(site, one, { stateDir, writable: live.writable }, judged, signal)),
    );
  }
  // What did not answer now is said once, and not asked again.
  site.learned.serving = answering;
  return found;
}

const bySettings = ['fpm-session-differs', 'fpm-database-differs'];

/** Other settings may be those of old code that PHP-FPM still has compiled: then that is said in their place. */
async function causeOf(
  site: Site,
  serving: Serving,
  places: Parameters<typeof oldCode>[2],
  judged: readonly Finding[],
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  if (!judged.some(({ name }) => bySettings.includes(name))) return judged;
  const old = await oldCode(site, serving, places, signal);
  if (typeof old === 'string' || old.length === 0) return judged;
  return [...old, ...judged.filter(({ name }) => !bySettings.includes(name))];
}

function judgeAnswer(
  site: Site,
  seen: Inside,
  live: Application,
  serving: Serving,
): readonly Finding[] {
  const { learned, config } = site;
  const { seesNewCode: known = 0 } = learned;
  const sees = secondsUntilSeen(seen);
  learned.seesNewCode = known === null || sees === null ? null : Math.max(known, sees);
  if (seen.userIni.length > 0) {
    learned.unverified.push(
      `What .user.ini changes for visitors (${seen.userIni.join(', ')}): PHP-FPM was asked without it.`,
    );
  }
  const unit = config['fpm-service'];
  const frozen = config.command === 'deploy' && config.reload === 'never';
  return [
    ...judgeInside(seen, live, unit),
    ...(frozen ? preloaded(seen, unit) : []),
    // Without mysqli it does not even know the socket; that is said elsewhere.
    ...('failure' in seen.session || !seen.readsEnv || !seen.extensions.includes('mysqli')
      ? []
      : judgeFpmDatabases(seen.session.connections, live.connections, serving, {
          tree: 'the live code',
          unit,
        })),
  ];
}

/** Seconds after which a change of a file is seen; null when only a reload shows it. */
function secondsUntilSeen({ opcache, looksAgain, looksEvery, preload }: Inside): number | null {
  if (!opcache) return 0;
  return looksAgain && preload === '' ? looksEvery : null;
}

/** PHP-FPM could not be asked: its pool is named where one is known. */
export function notAsked(site: Site, why: string, pool: Pool | null): Finding {
  site.learned.unverified.push(
    `What PHP-FPM sees of .env and its environment, which database it uses and what code it has compiled: ${why}.`,
  );
  const [user = ''] = site.server.name.split('@');
  return {
    name: 'fpm-not-asked',
    severity: 'notice',
    message: `PHP-FPM could not be asked what it sees of the application: ${why}. Its rights to .env and writable/, its database, settings in the environment of its pool, and the code it has compiled were not checked.`,
    ...(pool === null
      ? {}
      : { remedy: `To let it be asked: sudo usermod -aG ${pool.user} ${user}` }),
  };
}
