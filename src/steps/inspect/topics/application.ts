import type { Answered } from '../../../app/ask.ts';
import type { BootFailure } from '../../../app/application.ts';
import type { Config } from '../../../config/config.ts';
import { errorFinding, warningFinding, type Finding } from '../../../finding.ts';
import type { Sharing } from '../../../remedies/access.ts';
import { inClone, toSee, toSeeInClone } from '../../../remedy.ts';
import { quote } from '../../../server/command.ts';
import type { Environment } from './environment.ts';
import { lacksExtensions, type PhpFacts } from './php.ts';

/** Why the live application does not answer, or what of its answer stands against a deploy. */
export function judgeApplication(
  reported: Answered,
  environment: Environment,
  { php }: PhpFacts,
  { first = false }: Sharing,
  { path, php: program }: Config,
): readonly Finding[] {
  // Without .env, PHP or its extensions it cannot be blamed.
  if (environment !== 'ok' && !reported.ok) return [];
  if (environment === 'closed' || 'problem' in php || lacksExtensions(php)) return [];
  if (!reported.ok) return [doesNotBoot(reported.failure, first, path, program)];
  const { caches } = reported.application;
  if (caches.length === 0) return [];
  return [
    ...(caches.includes('file locations') ? [locatorCache] : []),
    {
      name: 'caches-on',
      severity: 'notice',
      message: `The application caches its ${caches.join(' and ')} (Config\\Optimize): changes of .env and of files take effect only when the cache is deleted. This deploy deletes it by name, before migrating and after the switch.`,
    },
  ];
}

function doesNotBoot(
  { phase, message, at }: BootFailure,
  first: boolean,
  path: string,
  php: string,
): Finding {
  const where = at === null ? '' : ` (${at.file}:${at.line})`;
  const what = first ? 'The application of the first release' : 'The live application';
  const shown = 'CI_ENVIRONMENT=development';
  return errorFinding(
    'application-does-not-boot',
    `${what} does not boot on the command line, at ${phase}: ${message}${where}`,
    // What a first deploy made went with it.
    first
      ? toSeeInClone('See what it says elsewhere', `${shown} php spark routes`)
      : toSee('See what it says', `cd ${quote(path)} && ${shown} ${quote(php)} spark routes`),
  );
}

// The framework includes that file as PHP at every start (system/Cache/FactoriesCache/FileVarExportHandler.php).
const locatorCache = warningFinding(
  'locator-cache-writable',
  'The application caches its file locations (Config\\Optimize). php spark then runs writable/cache/FileLocatorCache, which the user of PHP-FPM writes: who breaks into the site could run code as the deploy user. This deploy does not run that file.',
  inClone(
    'Switch it off',
    "sed -i 's/locatorCacheEnabled = true/locatorCacheEnabled = false/' app/Config/Optimize.php",
    "git commit -m 'Do not cache file locations' app/Config/Optimize.php && git push",
  ),
);
