import { asUser, inInputs, inRepository, toSee } from '../remedy.ts';
import { mayBeShared } from '../config/parsers.ts';
import type { Application, BootFailure } from '../app/application.ts';
import { askCanary, readApplication, readCanary } from '../app/ask.ts';
import {
  errorFinding,
  noticeFinding,
  remedies,
  warningFinding,
  type Finding,
  type Given,
} from '../finding.ts';
import type { EarlyProof } from '../plan/facts.ts';
import { isFirst } from '../plan/journal.ts';
import type { Site } from '../plan/site.ts';
import type { Step } from '../plan/step.ts';
import { nothing, quote, shell, succeeded, type Command, type Output } from '../server/command.ts';
import { CommandFailed } from '../server/failures.ts';
import { perform, queryGroups } from '../server/round.ts';
import { entries, some } from './inspect/topics/words.ts';
import { openDatabases, sessionDatabase } from './database/databases.ts';
import { foresee } from './database/due.ts';
import { tryLedger } from './database/ledger-lock.ts';
import { foreseeCutover, sessionsStay } from './cutover/foresee.ts';
import { judgeSessionSettings } from './database/session-settings.ts';
import { askSettings, readSettings } from './database/described.ts';
import { askStagedPools, judgeStagedConnections } from './served/staged.ts';
import { madeIn } from './own/in-stage.ts';
import { laying } from './fpm/ask.ts';
import { healthBefore } from './health/before.ts';
import { makeStage } from './make-stage.ts';
import { databaseStates } from './inspect/database-state.ts';
import { readSyntaxErrors } from './syntax.ts';

// Nothing has changed since a first release: then all of the application is parsed, without what it brings along.
const lint = `# parse the changed PHP files
if [ "$4" = first ]; then set -- "$(git hash-object -t tree /dev/null)" "$2" "$3" 'app/*.php'; else set -- "$1" "$2" "$3" '*.php'; fi
git diff -z --name-only --diff-filter=ACMRT "$1" "$2" -- "$4" | xargs -0 -r -n 1 -P 4 "$3" -d display_errors=stderr -l`;

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
    const { live, staged, changed } = site.facts.inspect;
    const made = staged ?? (await makeStage(site, changed, signal));
    const reply = readApplication(made, site.run.nonce);
    // What else there is to ask does not depend on each other.
    const [answers, pools, { open, table, ledger }, health] = await Promise.all([
      queryGroups(site.server, questionsToTheStage(site), signal),
      askStagedPools(site, signal),
      reply.ok ? judgeDatabases(site, reply.application, signal) : unasked,
      healthBefore(site, live, isFirst(site.journal.now) ? 'first' : 'deploy', signal),
    ]);
    site.find(
      ...syntaxErrors(site, answers.syntax),
      ...judgeDeletions(answers.staying, answers.uploads),
    );
    const { tables: described, commands } = await readSettings(site, answers.settings);
    const left = leftBehind(answers.leftBehind, madeIn(site, commands));
    site.find(
      ...judgeLeftBehind(left, reply.ok, site),
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
      ...{
        ...move,
        application: reply.application,
        described,
        commands,
        early: { table, canary, ledger },
        health,
      },
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

/** What the databases of the new configuration are like. */
interface DatabasesSeen {
  /** Whether they are open to us. */
  readonly open: boolean;
  readonly table: EarlyProof['table'];
  readonly ledger: EarlyProof['ledger'];
}

const unasked: DatabasesSeen = { open: false, table: null, ledger: null };

/** With nothing to migrate the table will be the same, and a session can go through the handler already. */
function provesEarly({ facts }: Site<'inspect'>): boolean {
  return facts.inspect.live.session.inDatabase;
}

type Question = 'laid' | 'syntax' | 'settings' | 'staying' | 'uploads' | 'leftBehind';

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
      // It changes something, so the journal is written first, whose connection may get the lock of the ledger.
      laid: laying(site, 'compiled'),
      staying: release.staying(now.commit),
      leftBehind: release.leftBehind(now.commit),
      uploads: shell(uploads, [now.previous, now.commit], { cwd: release.live }),
      syntax: shell(lint, [now.previous, now.commit, config.php, isFirst(now) ? 'first' : ''], {
        cwd: release.staged,
      }),
    },
    { canary: provesEarly(site) ? canary : nothing },
  ];
}

/**
 * The databases of the new configuration, its session settings, and whether what is due can run; findings go to the site.
 */
async function judgeDatabases(
  site: Site<'inspect'>,
  application: Application,
  signal: AbortSignal,
): Promise<DatabasesSeen> {
  const closed = await openDatabases(site, application, signal);
  site.find(...closed, ...judgeSessionSettings(application));
  if (closed.length > 0) return unasked;
  const { live, clock } = site.facts.inspect;
  const [ledger, foreseen, states, table] = await Promise.all([
    tryLedger(site, application, signal),
    foresee(site, application, signal),
    databaseStates(site, live, clock, signal),
    tableBefore(site, application, signal),
  ]);
  site.find(...states, ...foreseen);
  return { open: true, table, ledger };
}

/** The session table before the migrations; null where it may be another one after them. */
async function tableBefore(
  site: Site<'inspect'>,
  application: Application,
  signal: AbortSignal,
): Promise<EarlyProof['table']> {
  const { inDatabase, table } = application.session;
  if (!provesEarly(site) || !inDatabase || table === null) return null;
  const database = await sessionDatabase(site, application, signal);
  return database.table(table);
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
  files: readonly string[],
  boots: boolean,
  { config, release }: Site,
): readonly Finding[] {
  if (files.length === 0) return [];
  const missing = files.map((file) => file.replace(/\/$/, '')).filter(mayBeShared);
  const shares = inInputs(
    'Let all releases share those that the site needs. The next run prints how',
    `shared: ${[...config.shared, ...missing].join(', ')}`,
  );
  const given: readonly Given[] = [
    ...(missing.length === 0 ? [] : [shares]),
    toSee('See what is there', `ls -la ${quote(release.live)}`),
  ];
  const message = `The live release has files that the commit does not have, and the next one goes live without them: ${some(files)}.`;
  return [
    boots
      ? warningFinding('files-not-shared', message, ...given)
      : errorFinding('files-not-shared', `${message} It may not boot for that reason.`, ...given),
  ];
}

/** Without what commands make in each stage. */
function leftBehind({ stdout }: Output, made: readonly string[]): readonly string[] {
  const again = (file: string): boolean =>
    made.some((path) => `${file}/`.replace('//', '/').startsWith(`${path}/`));
  return entries(stdout, '\0').filter((file) => !again(file));
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
