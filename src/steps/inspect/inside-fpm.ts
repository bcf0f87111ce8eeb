import type { Application } from '../../app/application.ts';
import { request } from '../../app/fastcgi.ts';
import { readInside, type Inside } from '../../app/inside.ts';
import { errorFinding, warningFinding, type Finding } from '../../finding.ts';
import { programs } from '../../php/programs.ts';
import type { Site } from '../../plan/site.ts';
import { shell } from '../../server/command.ts';
import { ForwardRefused } from '../../server/failures.ts';
import { ask, perform } from '../../server/round.ts';
import type { Address } from '../../server/server.ts';
import type { Pool } from '../fpm-settings.ts';
import { join } from '../paths.ts';

// PHP-FPM runs files only. This one lies beside git's own, where no web server looks, and holds no secret.
const place = `# lay down the question for PHP-FPM
mkdir -p "$1" && cat >"$1/$2" && chmod 644 "$1/$2"`;

const remove = `# take the question away again
rm -f "$1/$2" && rmdir --ignore-fail-on-non-empty "$1"`;

/**
 * Asks PHP-FPM itself, through its own socket, what it sees of the application: the command line knows neither its
 * user's rights nor the environment of its pool. What cannot be asked is said to be unproved, not wrong.
 */
export async function askInside(
  site: Site,
  live: Application,
  pools: readonly Pool[],
  house: string,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const [pool] = pools;
  if (pool === undefined || pools.length > 1) {
    return pool === undefined ? [] : [notAsked(site, 'it has several pools', null)];
  }
  const name = `ask-${site.journal.now.id}.php`;
  const file = shell(place, [house, name], { stdin: programs.inside });
  try {
    await perform(site.server, [file], signal);
    const told = await inside(site, pool, join(house, name), signal);
    if (typeof told === 'string') return [notAsked(site, told, pool)];
    return judgeInside(told, live, site.config['fpm-service']);
  } finally {
    await ask(site.server, { removed: shell(remove, [house, name]) }, signal);
  }
}

async function inside(
  site: Site,
  pool: Pool,
  script: string,
  signal: AbortSignal,
): Promise<Inside | string> {
  try {
    const stream = await site.server.open(addressOf(pool), signal);
    try {
      const answer = await request(stream, {
        SCRIPT_FILENAME: script,
        SCRIPT_NAME: '/ci4-deploy',
        REQUEST_URI: '/ci4-deploy',
        REQUEST_METHOD: 'GET',
        SERVER_PROTOCOL: 'HTTP/1.1',
        GATEWAY_INTERFACE: 'CGI/1.1',
        REMOTE_ADDR: '127.0.0.1',
        CI4_DEPLOY_ROOT: site.config.path,
        CI4_DEPLOY_NONCE: site.run.nonce,
      });
      return readInside(answer.body, site.run.nonce) ?? refusal(answer.status, pool.user);
    } finally {
      stream.destroy();
    }
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ForwardRefused) return `${site.server.name} cannot open ${pool.listen}`;
    return error instanceof Error ? error.message : String(error);
  }
}

function refusal(status: number, user: string): string {
  return `it answered with status ${status}: ${user} cannot read files in the clone, or open_basedir or security.limit_extensions keep it from them`;
}

/** `listen` of a pool: a path, a port, or host and port. */
function addressOf({ listen }: Pool): Address {
  if (listen.startsWith('/')) return { socket: listen };
  const [, host, port] = /^(?:(.*):)?(\d+)$/.exec(listen) ?? [];
  const own = host === undefined || host === '' || host === '0.0.0.0' || host === '[::]';
  return { host: own ? '127.0.0.1' : host.replace(/^\[|\]$/g, ''), port: Number(port) };
}

function notAsked(site: Site, why: string, pool: Pool | null): Finding {
  site.learned.unproved.push(`What PHP-FPM sees of .env and its environment: ${why}.`);
  const [user = ''] = site.server.name.split('@');
  return {
    name: 'fpm-not-asked',
    severity: 'notice',
    message: `PHP-FPM could not be asked what it sees of the application: ${why}. Its rights to .env and writable/, and settings in the environment of its pool, were not checked.`,
    ...(pool === null
      ? {}
      : { remedy: `To let it be asked: sudo usermod -aG ${pool.user} ${user}` }),
  };
}

/** What PHP-FPM sees against what the command line sees. */
export function judgeInside(told: Inside, live: Application, unit: string): readonly Finding[] {
  return [...readable(told, live, unit), ...sameSession(told, live, unit), ...cached(told, unit)];
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
