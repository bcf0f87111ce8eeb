import { sessionFilePattern } from '../app/session-files.ts';
import type { Application } from '../app/application.ts';
import type { Site } from '../plan/site.ts';
import type { Step } from '../plan/step.ts';
import { command, shell, succeeded, type Command } from '../server/command.ts';
import { ask } from '../server/round.ts';
import { releaseLock } from './lock.ts';
import { join } from './paths.ts';
import { removeStage } from './stage.ts';

const append = `# write the release down
cat >>"$1/releases.jsonl"`;

const clean = `# remove old session files
[ -d "$1" ] || exit 0
find "$1" -maxdepth 1 -type f -regextype posix-extended -regex ".*/$2" -print -delete | wc -l`;

const nothing = command('true', []);

/** Tidies up after a deploy that is live and proved; what cannot be tidied is said and changes nothing about that. */
export const finish: Step = {
  name: 'finish',
  title: 'Finish: tidy up and write it down',
  async run(site, signal) {
    const { house, id } = site.journal.now;
    const answers = await ask(
      site.server,
      {
        stage: removeStage(site.config.path, house),
        vendor: command('rm', ['-rf', join(house, 'vendor.before'), join(house, 'vendor.swapped')]),
        files: oldSessionFiles(site),
        release: shell(append, [house], { stdin: `${releaseLine(site)}\n` }),
        lock: releaseLock(house, id),
      },
      signal,
    );
    await site.journal.note({ locked: !succeeded(answers.lock) });
    for (const [what, output] of Object.entries(answers)) {
      if (!succeeded(output)) untidy(site, what, output.stderr.trim(), house);
    }
    if (site.config['clean-session-files']) {
      site.log.say(`${answers.files.stdout.trim() || '0'} old session file(s) removed`);
    }
  },
  undo: 'nothing to undo',
};

/** Files of the old handler go only if asked, and only once sessions really live in the database. */
function oldSessionFiles({ config, learned }: Site): Command {
  const { live, staged } = learned;
  if (!config['clean-session-files'] || !live || staged?.session.inDatabase !== true)
    return nothing;
  return isFileHandler(live)
    ? shell(clean, [live.session.savePath, sessionFilePattern(live.session)])
    : nothing;
}

function isFileHandler({ session }: Application): boolean {
  return session.driver.endsWith('FileHandler') && session.savePath.startsWith('/');
}

function releaseLine(site: Site): string {
  const { commit, previous } = site.journal.now;
  const { batch, migrated } = site.learned;
  const { actor, url } = site.run;
  return JSON.stringify({ at: site.run.now(), commit, previous, actor, run: url, batch, migrated });
}

function untidy(site: Site, what: string, problem: string, house: string): void {
  site.find({
    name: 'not-tidied',
    severity: 'warning',
    message: `The deploy is live, but this could not be tidied up (${what}): ${problem}`,
    remedy: `Look at ${house} on the server.`,
  });
}
