import type { OwnCommands } from '../../config/settings-commands.ts';
import { settingsFile } from '../../config/settings-path.ts';
import { errorFinding, warningFinding } from '../../finding.ts';
import type { Site } from '../../plan/site.ts';
import { Stopped } from '../../plan/results.ts';
import type { Step } from '../../plan/step.ts';
import { ownFiles, sharedPaths } from '../../release/directories/layout.ts';
import {
  endOwn,
  isTracked,
  makeOwn,
  missingIn,
  putBack,
  vendorChanged,
} from '../../release/own.ts';
import { asUser, inRepository, onServer } from '../../remedy.ts';
import { exitCode, quote, succeeded } from '../../server/command.ts';
import { CommandFailed } from '../../server/failures.ts';
import { perform, queryLasting } from '../../server/round.ts';
import { entries, some } from '../inspect/topics/words.ts';
import { deliver } from './deliver.ts';
import { runOwn } from './own.ts';

/**
 * Commands of the repository in the staged tree, while the old code serves. Its rollback comes after that of the switch and
 * of the migrations, and runs those for the previous code.
 */
export const inStage: Step<'in-stage', 'stage'> = {
  name: 'in-stage',
  title: 'In stage: your own files and commands',
  needs: ['stage'],
  changesSite: false,
  on: 'every host',
  applies: ({ facts, config }) =>
    config.files.length > 0 ||
    Object.values(facts.stage?.commands ?? {}).some((all) => all.length > 0),
  async run(site, signal) {
    const { commands } = site.facts.stage;
    const { 'in-stage': own, 'after-rollback': afterRollback } = commands;
    const { files } = site.config;
    const made = madeIn(site, commands);
    site.journal.announce({ afterRollback });
    if (own.length > 0 || files.length > 0) await makeReady(site, made, own.length > 0, signal);
    if (files.length > 0) await deliver(site, files, signal);
    if (own.length > 0) {
      await runOwn(site, 'in-stage', own, signal, () => inRepository(correct));
      await settle(site, made, signal);
    }
    if (made.length > 0) site.journal.announce({ made });
    return undefined;
  },
  async undo(site, signal) {
    const { id, undone = [], afterRollback = [] } = site.journal.now;
    await perform(site.server, [endOwn(id)], signal);
    if (!undone.includes('switch') || afterRollback.length === 0) return undefined;
    await runOwn(site, 'after-rollback', afterRollback, signal, ({ run }) =>
      onServer('Run it by hand', inLive(site, run)),
    );
    return undefined;
  },
  stranded: 'stranded-in-stage',
  byHand(site) {
    const { user } = site.config.target;
    const { id, afterRollback = [] } = site.journal.now;
    return [
      asUser(user, 'End what your commands left running', ...endByHand(id)),
      ...afterRollback.map(({ run }) =>
        asUser(user, 'Run what belongs to the previous code', inLive(site, run)),
      ),
    ];
  },
};

/** A command of the repository as a person runs it; its last line may be a comment. */
function inLive({ release }: Site, run: string): string {
  return `cd ${quote(release.live)} && { ${run.trim()}\n}`;
}

const correct = 'Correct it and push again. The live site was not touched.';

/** Paths of the stage that git does not have and that go live with it. */
export function madeIn({ config }: Pick<Site, 'config'>, commands: OwnCommands): readonly string[] {
  return [...new Set([...config.files, ...commands['in-stage'].flatMap(({ makes }) => makes)])];
}

/** Lines that end what the commands of a deploy left running. */
export function endByHand(id: string): readonly string[] {
  return [
    `grep -lsz '^CI4_DEPLOY_COMMAND=${id}/' /proc/[0-9]*/environ | cut -d / -f 3 | xargs -r kill`,
  ];
}

/** @throws Stopped where a path is not free */
async function makeReady(
  site: Site,
  made: readonly string[],
  writes: boolean,
  signal: AbortSignal,
): Promise<void> {
  const { release, journal, config, server } = site;
  const shared = made.find((path) => sharedPaths(config).some((one) => overlap(path, one)));
  if (shared !== undefined) isTaken(site, shared, 'all releases share it');
  const command = makeOwn(release.live, release.staged, journal.now.stateDir, made, writes);
  const { ready } = await queryLasting(server, { ready: command }, signal);
  if (exitCode(ready) === isTracked) isTaken(site, ready.stdout.trim(), 'git has files there');
  if (!succeeded(ready)) throw new CommandFailed(server.name, 'give the stage its files', ready);
}

function overlap(one: string, other: string): boolean {
  return `${one}/`.startsWith(`${other}/`) || `${other}/`.startsWith(`${one}/`);
}

function isTaken(site: Site, path: string, why: string): never {
  const message = `${path} is named as something that is made for each deploy, but ${why}.`;
  site.find(
    errorFinding(
      'made-path-taken',
      message,
      inRepository('Name what only the build makes, and take it out of git', `/${path}`),
    ),
  );
  throw new Stopped(message);
}

/** What the commit has goes live as it is, and what was made goes live with it. */
async function settle(site: Site, made: readonly string[], signal: AbortSignal): Promise<void> {
  const { release, journal, config, server } = site;
  const { stateDir } = journal.now;
  const own = ownFiles(config);
  const specs = [...(own.length === 0 ? ['--', '.'] : own), ':!writable', ':!.env'];
  const answers = await queryLasting(
    server,
    {
      changed: putBack(release.staged, stateDir, specs),
      missing: missingIn(release.staged, made),
      vendor: vendorChanged(release.staged, stateDir),
    },
    signal,
  );
  if (!succeeded(answers.changed))
    throw new CommandFailed(server.name, 'put tracked files back', answers.changed);
  const changed = entries(answers.changed.stdout, '\0');
  if (changed.length > 0) site.find(filesPutBack(changed));
  const missing = entries(answers.missing.stdout, '\n');
  if (missing.length > 0) site.find(nothingMade(missing));
  const dependencies = journal.now.dependencies || answers.vendor.stdout.trim() !== '';
  journal.announce({ dependencies });
}

function filesPutBack(files: readonly string[]): ReturnType<typeof warningFinding> {
  return warningFinding(
    'tracked-files-changed',
    `Your commands changed files that git has: ${some(files)}. They were put back, because what goes live is the commit.`,
    inRepository('Commit them as the command writes them, or let it write elsewhere.'),
  );
}

function nothingMade(paths: readonly string[]): ReturnType<typeof errorFinding> {
  return errorFinding(
    'nothing-made',
    `${settingsFile} says that a command makes ${some(paths)}, but it is not there after the commands of the stage.`,
    inRepository('Correct the path below makes, or the command.'),
  );
}
