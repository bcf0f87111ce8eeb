import { counted } from '../../count.ts';
import type { Moment, OwnCommand } from '../../config/settings-commands.ts';
import { settingsFile } from '../../config/settings-path.ts';
import { errorFinding, warningFinding, type Given } from '../../finding.ts';
import type { Site } from '../../plan/site.ts';
import { endOwn, ownCommand } from '../../release/own.ts';
import { type Command, type Exit, type Output, succeeded } from '../../server/command.ts';
import { perform, query } from '../../server/round.ts';

/** A command of the repository, as far as running it takes. */
export type Own = Pick<OwnCommand, 'run' | 'limit' | 'mustSucceed' | 'hosts'>;

/** Characters of the output that the report keeps. */
const most = 16_000;

/** Those that run on this host. */
export function hereOf<One extends Own>(site: Site, all: readonly One[]): readonly One[] {
  return all.filter(({ hosts }) => hosts === 'each' || site.isFirst);
}

/** The commands of one moment as they run on the server. */
export function commandsOf(site: Site, moment: Moment, all: readonly Own[]): readonly Command[] {
  return hereOf(site, all).map((one, at) => commandOf(site, moment, one, at));
}

function commandOf(site: Site, moment: Moment, { run: line, limit }: Own, at: number): Command {
  const { staged, live } = site.release;
  const cwd = moment === 'in-stage' ? staged : live;
  return ownCommand({ line, cwd, live, limit, name: nameOf(site, moment, at) });
}

function nameOf({ journal }: Site, moment: Moment, at: number): string {
  return `${journal.now.id}/${moment}/${at}`;
}

/**
 * Runs the commands of one moment, one after the other. One that fails is a finding, and an error stops the rest.
 * @param whatNow what a person does about an error; the others run all the same where it is a rollback
 * @throws Stopped at a command that must succeed
 */
export async function runOwn(
  site: Site,
  moment: Moment,
  all: readonly Own[],
  signal: AbortSignal,
  whatNow: (one: Own) => Given,
): Promise<void> {
  const here = hereOf(site, all);
  for (const [at, one] of here.entries()) {
    const began = site.log.seconds;
    const question = { output: commandOf(site, moment, one, at) };
    const { output } = await query(site.server, question, signal);
    const seconds = site.log.seconds - began;
    site.ran({ moment, run: one.run, exit: output.exit, seconds, output: shown(output) });
    if (succeeded(output)) continue;
    await perform(site.server, [endOwn(nameOf(site, moment, at))], signal);
    site.find(failed(one, moment, output, whatNow(one)));
    if (moment !== 'after-rollback') site.stopAtErrors();
  }
  site.did(`${counted(here.length, 'command')} of ${settingsFile} ran (${moment})`);
}

/** The end of both streams. */
function shown({ stdout, stderr }: Output): string {
  return `${stdout}${stderr}`.slice(-most);
}

function failed(
  { run, limit, mustSucceed }: Own,
  moment: Moment,
  output: Output,
  whatNow: Given,
): ReturnType<typeof errorFinding> {
  const line = run.trim().split('\n')[0] ?? '';
  const last = (output.stderr.trim() || output.stdout.trim()).split('\n').slice(-5).join('\n');
  const why = `${endedHow(output.exit, limit)}${last === '' ? '.' : `: ${last}`}`;
  const message = `The command ${line} of ${settingsFile} (${moment}) ${why}`;
  if (mustSucceed) return errorFinding('own-command-failed', message, whatNow);
  return warningFinding('own-command-failed', `${message}\nIt need not succeed.`, whatNow);
}

function endedHow(exit: Exit, limit: number): string {
  if (exit === 'timed out')
    return `did not end within ${limit} s, so it was killed with its children`;
  return 'code' in exit
    ? `ended with status ${exit.code}`
    : `was ended by the signal ${exit.signal}`;
}
