import { askApplication } from '../app/ask.ts';
import type { Site } from '../plan/site.ts';
import { succeeded, type Output } from '../server/command.ts';
import { ComposerFailed } from '../server/failures.ts';
import { perform, performAndAsk, query } from '../server/round.ts';
import { wantsInstall } from './inspect/topics/composer.ts';
import { bringSubmodules } from './submodules.ts';

/**
 * Makes the stage, whose application answers. All that needs the server alone is one round.
 * @param changed files that differ between the live commit and the new one
 * @returns what the application of the stage printed, unread
 * @throws CommandFailed, ComposerFailed
 */
export async function makeStage(
  site: Site,
  changed: readonly string[],
  signal: AbortSignal,
): Promise<Output> {
  const { config, server, journal, release, run } = site;
  const installs = wantsInstall(changed, config);
  journal.announce({ dependencies: installs });
  const changes = release.prepare(journal.now);
  const question = { application: askApplication(config.php, release.staged, run.nonce) };
  if (isOneRound(site, changed))
    return (await performAndAsk(server, changes, question, signal)).application;
  await perform(server, changes, signal);
  const fetched = submodulesOf(site);
  if (fetched.length > 0) await bringSubmodules(site, fetched, signal);
  if (installs) await install(site, signal);
  return (await query(server, question, signal)).application;
}

/** Whether nothing is fetched from elsewhere for it: no packages, no submodules. */
export function isOneRound(site: Site, changed: readonly string[]): boolean {
  return !wantsInstall(changed, site.config) && submodulesOf(site).length === 0;
}

function submodulesOf({ journal }: Site): readonly string[] {
  return journal.now.submodules?.fetched ?? [];
}

async function install(site: Site, signal: AbortSignal): Promise<void> {
  const { config, server, release } = site;
  const question = { installed: { ...release.installDependencies(config.php), survives: true } };
  const { installed } = await query(server, question, signal);
  if (!succeeded(installed)) throw new ComposerFailed(server.name, 'composer install', installed);
  // Its first line is the command that was chosen.
  site.did(`Dependencies were installed: ${installed.stdout.split('\n')[0] ?? ''}`);
}
