import { findEnvironment } from '../../remedies/fpm.ts';
import type { Application } from '../../app/application.ts';
import type { Inside } from '../../app/inside.ts';
import { errorFinding, warningFinding, type Finding } from '../../finding.ts';
import { shareEnv, shareWritable, type Sharing } from '../../remedies/access.ts';
import { newestErrors } from '../../remedies/logs.ts';
import { asRoot, inInputs, onServer, toSeeAsRoot } from '../../remedy.ts';
import { quote } from '../../server/command.ts';

/** What PHP-FPM sees against what the command line sees. */
export function judgeInside(
  seen: Inside,
  live: Application,
  unit: string,
  sharing: Sharing,
): readonly Finding[] {
  return [
    ...readable(seen, live, unit, sharing),
    ...sameSession(seen, live),
    ...cached(seen, unit),
    ...closedCache(seen, unit),
  ];
}

function* readable(
  seen: Inside,
  live: Application,
  unit: string,
  sharing: Sharing,
): Generator<Finding> {
  const { user } = seen;
  if (!seen.readsEnv) {
    yield errorFinding(
      'env-closed-to-fpm',
      `${live.root}/.env cannot be read by ${user}, who runs PHP-FPM: visitors get the application with its defaults, without database and base URL.`,
      shareEnv(sharing),
    );
  }
  if (seen.closed.length > 0) {
    yield errorFinding(
      'writable-closed-to-fpm',
      `${user}, who runs PHP-FPM, cannot write to ${seen.closed.join(', ')}: CodeIgniter stops with an error, or loses logs and caches.`,
      shareWritable(sharing, seen.closed),
    );
  }
  if ('failure' in seen.session && seen.readsEnv) {
    const { phase, message } = seen.session.failure;
    yield warningFinding(
      'fpm-application-fails',
      `Inside PHP-FPM the application does not answer, at ${phase}: ${message}`,
      newestErrors(live.writable),
      toSeeAsRoot('Read what PHP-FPM says', `sudo journalctl -u ${quote(unit)} -n 20`),
    );
  }
}

/** Session settings that PHP-FPM resolves otherwise than the command line. */
export function* sameSession({ session, readsEnv }: Inside, live: Application): Generator<Finding> {
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
    [
      toSeeAsRoot('Find where they are set', findEnvironment),
      onServer(
        'Write these settings into .env instead, and delete a configuration cache (Config\\Optimize).',
      ),
    ],
  );
}

function* cached({ opcache, looksAgain }: Inside, unit: string): Generator<Finding> {
  if (!opcache || looksAgain) return;
  yield {
    name: 'opcache-timestamps-disabled',
    severity: 'notice',
    message: `opcache of ${unit} never looks whether a file has changed (opcache.validate_timestamps is 0). This deploy reloads it; what anybody changes by hand does not show before the next reload.`,
  };
}

/** What is preloaded stays as it is without a reload. */
export function* preloaded({ preload, opcache }: Inside, unit: string): Generator<Finding> {
  if (!opcache || preload === '') return;
  yield errorFinding(
    'preload-needs-reload',
    `${unit} preloads ${preload} (opcache.preload): what is preloaded changes only with a reload, and input reload is never.`,
    inInputs('', 'reload: when-needed'),
  );
}

function* closedCache({ lockedCache, user }: Inside, unit: string): Generator<Finding> {
  if (lockedCache === null) return;
  yield errorFinding(
    'file-cache-closed',
    `${unit} keeps compiled code in ${lockedCache} (opcache.file_cache) and never compares it with the files (opcache.validate_timestamps is 0). ${user} cannot remove it there, so old code would be served for good.`,
    asRoot(
      'PHP-FPM may then remove what is old there',
      `sudo chown -R ${quote(user)} ${quote(lockedCache)}`,
    ),
  );
}
