import { reload } from '../../remedies/fpm.ts';
import { asRoot, toSee } from '../../remedy.ts';
import { readCompiled, type Compiled, type CompiledOrder } from '../../app/compiled.ts';
import type { Serving } from '../../app/pool.ts';
import { errorFinding, type Finding } from '../../finding.ts';
import { programs } from '../../php/programs.ts';
import type { LyingFiles } from '../../plan/facts.ts';
import type { Journal } from '../../plan/journal.ts';
import type { Site } from '../../plan/site.ts';
import { Stopped } from '../../plan/results.ts';
import { shell, quote, type Command } from '../../server/command.ts';
import { askFpm } from '../fpm/ask.ts';
import { some } from '../inspect/topics/words.ts';

/** `<git dir>/ci4-deploy`, and where the live application writes. */
type Places = Pick<Journal, 'stateDir' | 'writable'>;

/** So many changed files are compared; a file system that is another one differs in more than one. */
const most = 200;

const sums = `# sums of the changed PHP files
git diff -z --name-only --no-renames --diff-filter=AM "$1" "$2" -- '*.php' | head -z -n ${most} | xargs -0 -r sha1sum -z --
exit 0`;

/**
 * After the files were changed and PHP-FPM was reloaded: whatever it compiled before `since` goes, and then nothing of
 * that is left.
 * @throws Stopped when PHP-FPM goes on with old code, with the finding recorded
 */
export async function renewCode(site: Site, lying: LyingFiles, signal: AbortSignal): Promise<void> {
  const { stateDir, writable, pools = [] } = site.journal.now;
  for (const pool of pools) {
    const one = { pool, params: {} };
    const answer = await compiled(site, one, { stateDir, writable }, lying, signal);
    if (typeof answer === 'string') {
      site.notVerified(`What code PHP-FPM has compiled (pool ${one.pool.name}): ${answer}.`);
      continue;
    }
    const [worst] = judgeRenewed(answer, one, site);
    if (worst === undefined) continue;
    site.find(worst);
    throw new Stopped(worst.message);
  }
}

/** Whether PHP-FPM serves the code that lies in the live tree, where nothing is changed: as findings. */
export async function lookAtCode(
  site: Site<'inspect'>,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  for (const one of site.facts.inspect.serving) {
    const answer = await oldCode(site, one, site.journal.now, signal);
    if (typeof answer === 'string') {
      site.notVerified(`What code PHP-FPM has compiled (pool ${one.pool.name}): ${answer}.`);
    } else found.push(...answer);
  }
  return found;
}

/** The same of one pool; a sentence where it could not be asked. */
export async function oldCode(
  site: Site,
  serving: Serving,
  places: Places,
  signal: AbortSignal,
): Promise<readonly Finding[] | string> {
  const answer = await compiled(site, serving, places, { since: null, sums: {} }, signal);
  return typeof answer === 'string' ? answer : judgeOld(answer, site);
}

async function compiled(
  site: Site,
  serving: Serving,
  { stateDir, writable }: Places,
  order: Pick<CompiledOrder, 'since' | 'sums'>,
  signal: AbortSignal,
): Promise<Compiled | string> {
  const { nonce } = site.run;
  const body = JSON.stringify({ root: site.release.live, writable, nonce, ...order });
  const question = { name: 'compiled', program: programs.compiled, body };
  const page = await askFpm(site, serving, stateDir, question, signal);
  if (typeof page === 'string') return page;
  const reply = readCompiled(page.page, nonce);
  if (!reply.ok) return reply.failure.message;
  return reply.value.closed
    ? 'opcache.restrict_api or disable_functions keeps its state from everybody'
    : reply.value;
}

/** Asks for the sums of the PHP files that the deploy changes, as they lie in the live tree. */
export function sumsOfChanged({ journal, release }: Site): Command {
  const { previous, commit } = journal.now;
  return shell(sums, [previous, commit], { cwd: release.live, shown: 'command' });
}

/** Sums by paths, from what {@link sumsOfChanged} printed. */
export function readSums(text: string): Readonly<Record<string, string>> {
  const lines = text.split('\0').filter((line) => line !== '');
  return Object.fromEntries(lines.map((line) => [line.slice(42), line.slice(0, 40)]));
}

function judgeRenewed(answer: Compiled, { pool }: Serving, site: Site): Finding[] {
  const { foreign } = answer;
  const unit = site.config['fpm-service'];
  if (foreign.length > 0) {
    return [
      errorFinding(
        'fpm-other-files',
        `PHP-FPM (pool ${pool.name} of ${unit}) does not read the files that were deployed: ${some(foreign)} have other contents for it, or cannot be read. Visitors would get other code.`,
        toSee(
          'See what its service shows it instead',
          `systemctl show -p RootDirectory -p BindPaths -p BindReadOnlyPaths -p User ${quote(unit)}`,
        ),
      ),
    ];
  }
  return judgeOld(answer, site);
}

/** Files that visitors get as they were. */
export function judgeOld(
  { old, fileCache }: Compiled,
  { config, release }: Pick<Site, 'config' | 'release'>,
): Finding[] {
  if (old.length === 0) return [];
  const unit = config['fpm-service'];
  const names = old.map((file) => file.replace(`${release.live}/`, ''));
  return [
    errorFinding(
      'old-code-served',
      `${unit} serves old code: it compiled ${some(names)} before these files were changed, and does not look at them again (opcache.validate_timestamps, opcache.file_cache, opcache.preload).`,
      asRoot(
        'PHP-FPM then reads the files again',
        ...(fileCache === null ? [] : [`sudo find ${quote(fileCache)} -name '*.bin' -delete`]),
        reload(unit),
      ),
    ),
  ];
}
