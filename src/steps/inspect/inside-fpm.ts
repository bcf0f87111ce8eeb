import type { Application } from '../../app/application.ts';
import type { Inside } from '../../app/inside.ts';
import type { Pool, Serving } from '../../app/pool.ts';
import { errorFinding, warningFinding, type Finding } from '../../finding.ts';
import type { Site } from '../../plan/site.ts';
import { inside } from '../fpm/ask.ts';
import { judgeFpmDatabases } from '../served/databases.ts';

/**
 * Asks PHP-FPM itself, through its own socket, what it sees of the application: the command line knows neither its
 * user's rights nor the environment of its pool. What cannot be asked is said to be unproved, not wrong.
 * @param serving the pools that serve the site
 */
export async function askInside(
  site: Site,
  live: Application,
  serving: readonly Serving[],
  house: string,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  for (const one of serving) {
    const told = await inside(site, one, house, live.root, signal);
    if (typeof told === 'string') found.push(notAsked(site, told, one.pool));
    else found.push(...judgeAnswer(site, told, live, one));
  }
  return found;
}

function judgeAnswer(
  site: Site,
  told: Inside,
  live: Application,
  serving: Serving,
): readonly Finding[] {
  const { learned, config } = site;
  const { seesNewCode: known = 0 } = learned;
  const sees = secondsUntilSeen(told);
  learned.seesNewCode = known === null || sees === null ? null : Math.max(known, sees);
  if (told.userIni.length > 0) {
    learned.unproved.push(
      `What .user.ini changes for visitors (${told.userIni.join(', ')}): PHP-FPM was asked without it.`,
    );
  }
  const unit = config['fpm-service'];
  const frozen = config.command === 'deploy' && config.reload === 'never';
  return [
    ...judgeInside(told, live, unit),
    ...(frozen ? preloaded(told, unit) : []),
    ...('failure' in told.session || !told.readsEnv
      ? []
      : judgeFpmDatabases(told.session.connections, live.connections, serving, {
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
  site.learned.unproved.push(
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

/** What PHP-FPM sees against what the command line sees. */
export function judgeInside(told: Inside, live: Application, unit: string): readonly Finding[] {
  return [
    ...readable(told, live, unit),
    ...sameSession(told, live, unit),
    ...cached(told, unit),
    ...closedCache(told, unit),
  ];
}

function* readable(told: Inside, live: Application, unit: string): Generator<Finding> {
  const { user } = told;
  if (!told.readsEnv) {
    yield errorFinding(
      'env-closed-to-fpm',
      `${live.root}/.env cannot be read by ${user}, who runs PHP-FPM: visitors get the application with its defaults, without database and base URL.`,
      `sudo chgrp ${user} ${live.root}/.env && sudo chmod 640 ${live.root}/.env`,
    );
  }
  if (told.closed.length > 0) {
    yield errorFinding(
      'writable-closed-to-fpm',
      `${user}, who runs PHP-FPM, cannot write to ${told.closed.join(', ')}: CodeIgniter stops with an error, or loses logs and caches.`,
      `sudo chgrp -R ${user} ${told.closed.join(' ')} && sudo chmod -R g+rwX ${told.closed.join(' ')} && sudo find ${told.closed.join(' ')} -type d -exec chmod g+s {} +`,
    );
  }
  if ('failure' in told.session && told.readsEnv) {
    const { stage, message } = told.session.failure;
    yield warningFinding(
      'fpm-application-fails',
      `Inside PHP-FPM the application does not answer, at ${stage}: ${message}`,
      `Look at writable/logs and at: sudo journalctl -u ${unit}`,
    );
  }
}

function* sameSession(
  { session, readsEnv }: Inside,
  live: Application,
  unit: string,
): Generator<Finding> {
  if ('failure' in session || !readsEnv) return;
  const names = ['driver', 'cookieName', 'savePath', 'matchIP'] as const;
  const other = names.filter((name) => session[name] !== live.session[name]);
  if (other.length === 0) return;
  const words = other.map(
    (name) => `${name} ${String(session[name])} (command line: ${String(live.session[name])})`,
  );
  yield errorFinding(
    'fpm-session-differs',
    `PHP-FPM runs the application with other session settings than the command line: ${words.join(', ')}. What is verified would not be what visitors get.`,
    `Look for env[...] in the pool of ${unit}, fastcgi_param in the web server, and a config cache (Config\\Optimize); write these settings into .env instead.`,
  );
}

function* cached({ opcache, looksAgain }: Inside, unit: string): Generator<Finding> {
  if (!opcache || looksAgain) return;
  yield {
    name: 'opcache-never-looks',
    severity: 'notice',
    message: `opcache of ${unit} never looks whether a file has changed (opcache.validate_timestamps is 0). This deploy reloads it; what anybody changes by hand does not show before the next reload.`,
  };
}

function* preloaded({ preload, opcache }: Inside, unit: string): Generator<Finding> {
  if (!opcache || preload === '') return;
  yield errorFinding(
    'preload-needs-reload',
    `${unit} preloads ${preload} (opcache.preload): what is preloaded changes only with a reload, and input reload is never.`,
    'reload: when-needed',
  );
}

function* closedCache({ lockedCache, user }: Inside, unit: string): Generator<Finding> {
  if (lockedCache === null) return;
  yield errorFinding(
    'file-cache-closed',
    `${unit} keeps compiled code in ${lockedCache} (opcache.file_cache) and never compares it with the files (opcache.validate_timestamps is 0). ${user} cannot remove it there, so old code would be served for good.`,
    `sudo chown -R ${user} ${lockedCache}`,
  );
}
