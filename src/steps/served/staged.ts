import type { Application } from '../../app/application.ts';
import type { Finding } from '../../finding.ts';
import type { Site } from '../../plan/site.ts';
import { inside } from '../fpm/ask.ts';
import { judgeFpmDatabases, judgeStagedDatabases } from './databases.ts';

/** The databases of the new code: those of the live tree, and those that PHP-FPM takes the new code to. */
export async function judgeStagedConnections(
  site: Site<'inspect'>,
  application: Application,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const { live, changed } = site.facts.inspect;
  return [
    ...judgeStagedDatabases(live.connections, application.connections, changed, site.release.live),
    ...(await fromFpm(site, application, signal)),
  ];
}

/** Where PHP-FPM does not answer for the stage, the live tree is asked after the switch. */
async function fromFpm(
  site: Site<'inspect'>,
  application: Application,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const { stateDir } = site.journal.now;
  const unit = site.config['fpm-service'];
  const found: Finding[] = [];
  for (const serving of site.facts.inspect.serving) {
    const answer = await inside(site, serving, stateDir, site.release.staged, signal);
    if (typeof answer === 'string' || 'failure' in answer.session || !answer.readsEnv) continue;
    const { connections } = answer.session;
    const compared = { tree: 'the new code', unit };
    found.push(...judgeFpmDatabases(connections, application.connections, serving, compared));
  }
  return found;
}
