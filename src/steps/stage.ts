import { asUser, inInputs, inRepository, toSee } from '../remedy.ts';
import type { Application, BootFailure } from '../app/application.ts';
import { askApplication, askCanary, readApplication, readCanary } from '../app/ask.ts';
import { noticeFinding, type Finding, remedies, warningFinding } from '../finding.ts';
import type { Site } from '../plan/site.ts';
import type { Step } from '../plan/step.ts';
import { nothing, quote, shell, succeeded, type Command, type Output } from '../server/command.ts';
import { CommandFailed, ComposerFailed } from '../server/failures.ts';
import { perform, performAndAsk, query, queryGroups } from '../server/round.ts';
import { wantsInstall } from './inspect/topics/composer.ts';
import { entries, some } from './inspect/topics/words.ts';
import { openDatabases } from './database/databases.ts';
import { foresee } from './database/due.ts';
import { foreseeCutover, sessionsStay } from './cutover/foresee.ts';
import { judgeSessionSettings } from './database/session-settings.ts';
import { askSettings, readSettings } from './database/described.ts';
import { askStagedPools, judgeStagedConnections } from './served/staged.ts';
import { madeIn } from './own/in-stage.ts';
import { bringSubmodules } from './submodules.ts';
import { readSyntaxErrors } from './syntax.ts';

const lint = `# parse the changed PHP files
git diff -z --name-only --diff-filter=ACMRT "$1" "$2" -- '*.php' | xargs -0 -r -n 1 -P 4 "$3" -d display_errors=stderr -l`;

const uploads = `# does the commit delete uploads
git diff -z --name-only --no-renames --diff-filter=D "$1" "$2" -- ':(glob)**/uploads/**' ':(exclude,glob)**/index.html'`;

/** Puts the new commit beside the live one, complete enough to boot, and lets the new code answer for itself. */
export const stage: Step<'stage', 'inspect'> = {
  name: 'stage',
  title: 'Stage: the new commit beside the live one',
  needs: ['inspect'],
  changesSite: false,
  on: 'every host',
  keptWhenStranded: true,
  async run(site, signal) {
    const { server, release } = site;
    const reply = readApplication(await prepared(site, signal), site.run.nonce);
    // What else there is to ask does not depend on each other.
    const [answers, pools, open] = await Promise.all([
      queryGroups(server, questionsToTheStage(site), signal),
      askStagedPools(site, signal),
      reply.ok && judgeDatabases(site, reply.application, signal),
    ]);
    site.find(
      ...syntaxErrors(site, answers.syntax),
      ...judgeDeletions(answers.staying, answers.uploads),
    );
    const { tables: described, commands } = await readSettings(site, answers.settings);
    site.find(
      ...judgeLeftBehind(answers.leftBehind, release.live, madeIn(site, commands)),
      ...(reply.ok
        ? judgeStagedConnections(site, reply.application, pools)
        : [doesNotBoot(reply.failure)]),
    );
    const move =
      reply.ok && open ? await foreseeCutover(site, reply.application, signal) : sessionsStay;
    site.stopAtErrors();
    if (!reply.ok) throw new Error('the stage passed without an application');
    const { largestSession } = site.facts.inspect;
    const canary = provesEarly(site) ? readCanary(answers.canary, site.run.nonce) : null;
    return {
      ...{ ...move, application: reply.application, described, commands, canary },
      largestSession: Math.max(largestSession, move.largestSession),
    };
  },
  async undo(site, signal) {
    await perform(site.server, [site.release.unstage()], signal);
    return undefined;
  },
  stranded: 'stranded-stage',
  byHand: ({ config, release }) => [
    asUser(config.target.user, 'Remove the stage', ...release.byHand.unstage),
  ],
};

/** With nothing to migrate the table will be the same, and a session can go through the handler already. */
function provesEarly({ facts }: Site<'inspect'>): boolean {
  return facts.inspect.live.session.inDatabase;
}

/** Makes the stage, whose application answers in the same round. */
async function prepared(site: Site<'inspect'>, signal: AbortSignal): Promise<Output> {
  const { config, server, journal, release, run } = site;
  const installs = wantsInstall(site.facts.inspect.changed, config);
  journal.announce({ dependencies: installs });
  const changes = release.prepare(journal.now);
  const question = { application: askApplication(config.php, release.staged, run.nonce) };
  const { fetched = [] } = journal.now.submodules ?? {};
  if (!installs && fetched.length === 0)
    return (await performAndAsk(server, changes, question, signal)).application;
  await perform(server, changes, signal);
  if (fetched.length > 0) await bringSubmodules(site, fetched, signal);
  if (installs) await install(site, signal);
  return (await query(server, question, signal)).application;
}

type Question = 'syntax' | 'settings' | 'staying' | 'uploads' | 'leftBehind';

/** In two groups that take about the same time. */
function questionsToTheStage(
  site: Site<'inspect'>,
): readonly [Record<Question, Command>, Record<'canary', Command>] {
  const { config, run, release } = site;
  const { now } = site.journal;
  const canary = askCanary(config.php, release.staged, run.nonce);
  return [
    {
      settings: askSettings(release.staged),
      staying: release.staying(now.commit),
      leftBehind: release.leftBehind(),
      uploads: shell(uploads, [now.previous, now.commit], { cwd: release.live }),
      syntax: shell(lint, [now.previous, now.commit, config.php], { cwd: release.staged }),
    },
    { canary: provesEarly(site) ? canary : nothing },
  ];
}

async function install(site: Site, signal: AbortSignal): Promise<void> {
  const { config, server, release } = site;
  const question = { installed: { ...release.installDependencies(config.php), survives: true } };
  const { installed } = await query(server, question, signal);
  if (!succeeded(installed)) throw new ComposerFailed(server.name, 'composer install', installed);
  // Its first line is the command that was chosen.
  site.did(`Dependencies were installed: ${installed.stdout.split('\n')[0] ?? ''}`);
}

/**
 * The databases of the new configuration, its session settings, and whether what is due can run; findings go to the site.
 * @returns whether the databases are open to us
 */
async function judgeDatabases(
  site: Site<'inspect'>,
  application: Application,
  signal: AbortSignal,
): Promise<boolean> {
  const closed = await openDatabases(site, application, signal);
  site.find(...closed, ...judgeSessionSettings(application));
  if (closed.length > 0) return false;
  site.find(...(await foresee(site, application, signal)));
  return true;
}

/** `git rm --cached` in one clone is "remove it" in every other one: said, as somebody may have meant that. */
function judgeDeletions(staying: Output, uploads: Output): readonly Finding[] {
  const kept = entries(staying.stdout, '\0');
  const gone = entries(uploads.stdout, '\0').filter((name) => !kept.includes(name));
  return [
    ...(kept.length === 0 ? [] : [filesKept(kept)]),
    ...(gone.length === 0 ? [] : [uploadsDeleted(gone)]),
  ];
}

function filesKept(files: readonly string[]): Finding {
  return noticeFinding(
    'files-kept',
    `The commit takes files out of git that stay on the server: ${some(files)}. They are ignored from now on, or are .env.`,
  );
}

function uploadsDeleted(files: readonly string[]): Finding {
  return warningFinding(
    'uploads-deleted',
    `The commit deletes files from folders of uploads: ${some(files)}. The server loses them with this deploy.`,
    inRepository(
      'If they are to stay on the server, ignore them in the commit that takes them out.',
    ),
  );
}

/** A release has what the commit has and what is shared; other files stay where nobody looks for them any more. */
function judgeLeftBehind(
  { stdout }: Output,
  live: string,
  made: readonly string[],
): readonly Finding[] {
  const again = (file: string): boolean =>
    made.some((path) => `${file}/`.replace('//', '/').startsWith(`${path}/`));
  const files = entries(stdout, '\0').filter((file) => !again(file));
  if (files.length === 0) return [];
  return [
    warningFinding(
      'files-not-shared',
      `The live release has files that git does not have, and the next one goes live without them: ${some(files)}.`,
      [
        toSee('See whether the site needs them', `ls -la ${quote(live)}`),
        inInputs(
          'What all releases are to have lies in shared/, and is named as in shared: public/uploads.',
        ),
      ],
    ),
  ];
}

function syntaxErrors(site: Site, output: Output): readonly Finding[] {
  if (succeeded(output)) return [];
  const found = readSyntaxErrors(`${output.stdout}\n${output.stderr}`);
  if (found.length > 0) return found;
  throw new CommandFailed(site.server.name, 'php -l over the changed files', output);
}

function doesNotBoot({ phase, message, at }: BootFailure): Finding {
  return {
    name: 'new-code-does-not-boot',
    severity: 'error',
    message: `The new code does not boot on the server, at ${phase}: ${message}`,
    remedies: remedies(inRepository('Correct it and push again. The live site was not touched.')),
    ...(at === null ? {} : { at }),
  };
}
