import type { Application } from '../../app/application.ts';
import type { Inside } from '../../app/inside.ts';
import type { Serving } from '../../app/pool.ts';
import { type Finding, remedies } from '../../finding.ts';
import type { Site } from '../../plan/site.ts';
import type { Runs } from '../fpm/apache.ts';
import { inside } from '../fpm/ask.ts';
import { oldCode } from '../served/code.ts';
import { judgeFpmDatabases } from '../served/databases.ts';
import { judgeInside, preloaded } from './judge-inside.ts';
import { joinFpm, type Sharing } from '../../remedies/access.ts';
import type { Instruction } from '../../remedy.ts';
import { sharedWith } from './sharing.ts';
import type { Purpose } from './topics/place.ts';

/** What came of asking PHP-FPM. */
export interface SeenInside {
  /** The pools that answered: what did not answer now is said once, and not asked again. */
  readonly serving: readonly Serving[];
  /** Seconds after which new code is seen without a reload; null when it never is, absent when no pool answered. */
  readonly seesNewCode?: number | null;
}

/** What the questions to PHP-FPM depend on. */
interface Circumstances {
  /** `<git dir>/ci4-deploy` on the server. */
  readonly stateDir: string;
  readonly purpose: Purpose;
  readonly sharing: Sharing;
}

/**
 * Asks PHP-FPM itself, through its own socket, what it sees of the application. The command line knows neither its
 * user's rights nor the environment of its pool. What cannot be asked is said to be unverified, not wrong.
 * @param serving the pools that serve the site
 */
export async function askInside(
  site: Site,
  live: Application,
  serving: readonly Serving[],
  { stateDir, purpose, sharing }: Circumstances,
  signal: AbortSignal,
): Promise<SeenInside> {
  const answering: Serving[] = [];
  const delays: (number | null)[] = [];
  for (const one of serving) {
    const shared = { ...sharing, ...sharedWith(one.pool) };
    const seen = await inside(site, one, stateDir, live.root, signal);
    if (typeof seen === 'string') {
      notAsked(site, seen, { remedies: [joinFpm(shared)] });
      continue;
    }
    answering.push(one);
    delays.push(secondsUntilSeen(seen));
    const judged = judgeAnswer(site, seen, live, one, { purpose, sharing: shared });
    const places = { stateDir, writable: live.writable };
    site.find(...(await causeOf(site, one, places, judged, signal)));
  }
  if (answering.length === 0) return { serving: [] };
  const known = delays.filter((delay) => delay !== null);
  const seesNewCode = known.length < delays.length ? null : Math.max(...known);
  return { serving: answering, seesNewCode };
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
  { purpose, sharing }: Pick<Circumstances, 'purpose' | 'sharing'>,
): readonly Finding[] {
  const { config } = site;
  if (seen.userIni.length > 0) {
    site.notVerified(
      `What .user.ini changes for visitors (${seen.userIni.join(', ')}): PHP-FPM was asked without it.`,
    );
  }
  const unit = config['fpm-service'];
  const frozen = purpose !== 'verify' && config.reload === 'never';
  return [
    ...judgeInside(seen, live, unit, sharing),
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

/** Without its pools PHP-FPM cannot be asked. mod_php answers pages of the site, and no question of ours is one. */
export function noSettings(site: Site, unit: string, runs: Runs): SeenInside {
  if (runs === 'mod_php') {
    notAsked(site, 'only a page of the site could ask it', { who: `mod_php of ${unit}` });
  } else notAsked(site, `the configuration of ${unit} cannot be read`);
  return { serving: [] };
}

/** Records that PHP could not be asked, and what lets it be asked where that is known. */
export function notAsked(
  site: Site,
  why: string,
  {
    who = 'PHP-FPM',
    remedies: given = [],
  }: { readonly who?: string; readonly remedies?: readonly Instruction[] } = {},
): void {
  site.notVerified(
    `What ${who} sees of .env and its environment, which database it uses and what code it has compiled: ${why}.`,
  );
  site.find({
    name: 'fpm-not-asked',
    severity: 'notice',
    message: `${who} could not be asked what it sees of the application: ${why}. Its rights to .env and writable/, its database, settings in its environment, and the code it has compiled were not checked.`,
    ...(given.length === 0 ? {} : { remedies: remedies(...given) }),
  });
}
