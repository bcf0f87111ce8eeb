import { dropStaleCaches } from '../app/clear.ts';
import type { Application } from '../app/application.ts';
import { askApplication, readApplication } from '../app/ask.ts';
import type { Finding } from '../finding.ts';
import type { Site } from '../plan/site.ts';
import type { Step } from '../plan/step.ts';
import { shell, succeeded, type Command, type Output } from '../server/command.ts';
import { CommandFailed, ComposerFailed } from '../server/failures.ts';
import { ask, perform } from '../server/round.ts';
import { modesOfTree } from './tree/modes.ts';
import { openDatabases } from './database/databases.ts';
import { foresee } from './database/due.ts';
import { foreseeHandover, sessionsStay, type SessionMove } from './handover/foresee.ts';
import { judgeSessionSettings } from './database/session-settings.ts';
import { askSettings, readDescribed } from './database/described.ts';
import { judgeStagedConnections } from './served/staged.ts';
import { installDependencies, wantsInstall } from './tree/composer.ts';
import { reserve } from './tree/reserve.ts';
import { staged, stageOf } from './tree/paths.ts';
import { readSyntaxErrors } from './tree/syntax.ts';

// What a clone lacks. Writable places are the live ones, so that a migration finds what the application would find,
// but cache, logs and debug bar are the stage's own: a cached path of the stage must never reach the live site.
// A session handler that an unfinished deploy pinned in .env is not what the new code says.
const furnish = `# link .env and writable places into the stage
cd "$2" || exit
if [ -e .env ]; then :
elif grep -q '^# ci4-deploy begin ' "$1/.env" 2>/dev/null; then
  cp --preserve=all "$1/.env" .env && sed '/^# ci4-deploy begin /,/^# ci4-deploy end$/d' "$1/.env" >.env || exit
else
  ln -s "$1/.env" .env || exit
fi
for place in "$1"/writable/*; do
  name=\${place##*/}
  case $name in cache|logs|debugbar|session|'*') continue;; esac
  [ -d "$place" ] || continue
  rm -rf "writable/$name" && ln -s "$place" "writable/$name" || exit
done
mkdir -p writable/cache writable/logs writable/session`;

// Hard links cost no room, and Composer's own paths (relative to its directory) stay inside the stage.
const linkVendor = `# link vendor into the stage
[ -d "$1/vendor" ] || exit 0
cp -al "$1/vendor" "$2/vendor" 2>/dev/null || { rm -rf "$2/vendor"; cp -a "$1/vendor" "$2/vendor"; }`;

const copyVendor = `# copy vendor into the stage
[ ! -d "$1/vendor" ] || cp -a "$1/vendor" "$2/vendor"`;

const lint = `# parse the changed PHP files
git diff -z --name-only --diff-filter=ACMRT "$1" "$2" -- '*.php' | xargs -0 -r -n 1 -P 4 "$3" -d display_errors=stderr -l`;

// A hook of the live tree (post-checkout) is not meant for the stage. Its files become the live ones.
const add = `# git worktree add
${modesOfTree}
exec git -c core.hooksPath=/dev/null worktree add --detach --quiet "$2" "$3"`;

// A git that was killed at it leaves the stage locked, and pruning spares what is locked (git-worktree(1)). By what git
// wrote it belongs to our directory, or to none yet.
const removal = `# remove the stage
cd "$1" && rm -rf "$2" || exit
for place in "$(git rev-parse --git-common-dir)"/worktrees/stage*; do
  case $(cat "$place/gitdir" 2>/dev/null) in */ci4-deploy/stage/.git|'') rm -f "$place/locked";; esac
done
git worktree prune`;

/** Removes the second work tree, if it is there. */
export function removeStage(path: string, stateDir: string): Command {
  return shell(removal, [path, stageOf(stateDir)]);
}

/** Puts the new commit beside the live one, complete enough to boot, and lets the new code answer for itself. */
export const stage: Step<'stage', 'inspect'> = {
  name: 'stage',
  title: 'Stage: the new commit beside the live one',
  needs: ['inspect'],
  changesSite: false,
  on: 'every host',
  keptWhenStranded: true,
  async run(site, signal) {
    const { config, server, journal } = site;
    const tree = stageOf(journal.now.stateDir);
    const installs = wantsInstall(site.facts.inspect.changed, config);
    await journal.note({ dependencies: installs });
    await perform(server, build(site, tree, installs), signal);
    if (installs) await install(site, tree, signal);
    const answers = await ask(
      server,
      {
        syntax: shell(lint, [journal.now.previous, journal.now.commit, config.php], { cwd: tree }),
        application: askApplication(config.php, tree, site.run.nonce),
        settings: askSettings(tree),
      },
      signal,
    );
    site.find(...syntaxErrors(site, answers.syntax));
    const application = readStaged(site, answers.application);
    const described = readDescribed(site, answers.settings);
    const move = application === null ? sessionsStay : await judgeStaged(site, application, signal);
    site.stopAtErrors();
    if (application === null) throw new Error('the stage passed without an application');
    const { largestSession } = site.facts.inspect;
    return {
      ...{ application, described, handover: move.handover, sessions: move.sessions },
      largestSession: Math.max(largestSession, move.largestSession),
    };
  },
  async undo(site, signal) {
    await perform(site.server, [removeStage(site.config.path, site.journal.now.stateDir)], signal);
    return undefined;
  },
  stranded: 'stranded-stage',
  byHand: ({ config, journal }) =>
    `rm -rf ${stageOf(journal.now.stateDir)} && git -C ${config.path} worktree prune`,
};

function build(site: Site, tree: string, installs: boolean): Command[] {
  const { path } = site.config;
  const at = { cwd: path };
  const { commit, previous, stateDir, writable } = site.journal.now;
  return [
    removeStage(path, stateDir),
    { ...reserve(stateDir, previous, commit), ...at },
    shell(add, [path, tree, commit], at),
    shell(furnish, [path, tree]),
    shell(installs ? copyVendor : linkVendor, [path, tree]),
    dropStaleCaches(staged(writable, path, tree)),
  ];
}

async function install({ server, config }: Site, tree: string, signal: AbortSignal): Promise<void> {
  const question = { installed: { ...installDependencies(config.path, tree), survives: true } };
  const { installed } = await ask(server, question, signal);
  if (!succeeded(installed)) throw new ComposerFailed(server.name, 'composer install', installed);
}

/**
 * The databases of the new configuration, its session settings, and whether what is due can run; findings go to the site.
 * @returns how its visitors keep their sessions
 */
async function judgeStaged(
  site: Site<'inspect'>,
  application: Application,
  signal: AbortSignal,
): Promise<SessionMove> {
  const closed = await openDatabases(site, application, signal);
  site.find(
    ...closed,
    ...judgeSessionSettings(application),
    ...(await judgeStagedConnections(site, application, signal)),
  );
  if (closed.length > 0) return sessionsStay;
  site.find(...(await foresee(site, application, signal)));
  return foreseeHandover(site, application, signal);
}

function syntaxErrors(site: Site, output: Output): readonly Finding[] {
  if (succeeded(output)) return [];
  const found = readSyntaxErrors(`${output.stdout}\n${output.stderr}`);
  if (found.length > 0) return found;
  throw new CommandFailed(site.server.name, 'php -l over the changed files', output);
}

function readStaged(site: Site, output: Output): Application | null {
  const reported = readApplication(output, site.run.nonce);
  if (reported.ok) return reported.application;
  const { stage: where, message, at } = reported.failure;
  site.find({
    name: 'new-code-does-not-boot',
    severity: 'error',
    message: `The new code does not boot on the server, at ${where}: ${message}`,
    remedy:
      'Repair the configuration in the repository and push again; the live site was not touched.',
    ...(at === null ? {} : { at }),
  });
  return null;
}
