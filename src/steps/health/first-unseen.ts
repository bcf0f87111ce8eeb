import { isDeepStrictEqual } from 'node:util';
import { inputs } from '../../config/inputs.ts';
import { errorFinding, type Finding } from '../../finding.ts';
import type { Visit } from '../../net/visit.ts';
import { isFirst } from '../../plan/journal.ts';
import type { Site } from '../../plan/site.ts';
import { join } from '../../release/paths.ts';
import { passThrough } from '../../remedies/access.ts';
import { newestOfWebServer } from '../../remedies/logs.ts';
import { inInputs } from '../../remedy.ts';

/**
 * What a first release has proved by such an answer: nothing. Before it the web server found no page there either, and it
 * finds none where it may not read the files or has another root. Null where a page was seen, or input health-status says
 * which answer is right.
 */
export function firstUnseen(
  { config, journal }: Site,
  url: URL,
  { status }: Visit,
): Finding | null {
  if (!isFirst(journal.now) || status < 400 || status === 401) return null;
  // Somebody has set it.
  if (!isDeepStrictEqual(config['health-status'], inputs['health-status'].otherwise)) return null;
  const { base, path } = config;
  return errorFinding(
    'first-not-served',
    `With the first release ${url.href} answers ${status}: nobody has seen a page of it. The web server may have another root than ${path}/public, or may not read the files.`,
    [newestOfWebServer, passThrough(base), passThrough(join(base, 'shared'))],
    inInputs('Or visit a page that the site has: set health-url'),
    inInputs('Or, if that is the right answer', `health-status: ${status}`),
  );
}
