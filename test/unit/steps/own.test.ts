import { describe, expect, test } from '@jest/globals';
import {
  noCommands,
  type OwnCommand,
  type OwnCommands,
} from '../../../src/config/settings-commands.ts';
import type { Journal } from '../../../src/plan/journal.ts';
import { NotPacked } from '../../../src/plan/workspace.ts';
import { unwind, walk } from '../../../src/plan/walk.ts';
import type { Host } from '../../../src/plan/host.ts';
import type { Command } from '../../../src/server/command.ts';
import { afterSwitch } from '../../../src/steps/own/after-switch.ts';
import { inStage } from '../../../src/steps/own/in-stage.ts';
import { asked, failing, scripted, type Script } from '../../fakes/scripts.ts';
import type { FakeServer } from '../../fakes/server.ts';
import { facts, fakeHost } from '../../fakes/site.ts';

const signal = new AbortController().signal;
const running = 'run a command of the repository';
const making = 'the stage has its own files';

function own(run: string, more: Partial<OwnCommand> = {}): OwnCommand {
  return { ...{ run, limit: 5, mustSucceed: true, hosts: 'each', makes: [], line: 1 }, ...more };
}

/** Runs what its text says: `false` fails. */
const shell: Record<string, Script> = {
  [running]: ({ args }: Command) =>
    args.at(-1) === 'false' ? { exit: { code: 3 }, stderr: 'no' } : {},
};

function host(
  server: FakeServer,
  commands: Partial<OwnCommands>,
  journal: Partial<Journal> = {},
  inputs: Readonly<Record<string, string>> = {},
): Host {
  return fakeHost(server, {
    journal: { locked: true, stateDir: '/h', ...journal },
    facts: facts('stage', { commands: { ...noCommands, ...commands } }),
    inputs,
    workspace: { pack: async (paths) => Promise.reject(new NotPacked(paths, 'missing')) },
  });
}

function lines(server: FakeServer): readonly (string | undefined)[] {
  return server.asked.filter(({ typed }) => typed !== undefined).map(({ typed }) => typed);
}

describe('commands of the repository', () => {
  test('a deploy without any does not begin the steps, and asks nothing', async () => {
    const server = scripted(shell);
    const one = host(server, {});
    const { steps } = await walk([inStage, afterSwitch], [one], signal, {
      whole: [],
      goesOn: true,
    });
    expect([steps, server.asked, one.journal.now.begun]).toEqual([[], [], []]);
  });

  test('they run in their order and are reported; what they make goes live', async () => {
    const server = scripted(shell);
    const all = { 'in-stage': [own('a', { makes: ['public/build'] }), own('b')] };
    const one = host(server, all);
    const { steps } = await walk([inStage], [one], signal);
    expect(lines(server)).toEqual(['a', 'b']);
    expect(steps[0]?.ran).toMatchObject([{ run: 'a' }, { run: 'b' }]);
    expect(one.journal.now.made).toEqual(['public/build']);
  });

  test('one that must succeed stops the rest, one that need not is a warning', async () => {
    const server = scripted(shell);
    const all = { 'in-stage': [own('false', { mustSucceed: false }), own('false'), own('never')] };
    const { steps, failure } = await walk([inStage], [host(server, all)], signal);
    expect(lines(server)).toEqual(['false', 'false']);
    expect(steps[0]?.findings.map(({ name, severity }) => [name, severity])).toEqual([
      ['own-command-failed', 'warning'],
      ['own-command-failed', 'error'],
    ]);
    expect(failure).toBeDefined();
    expect(asked(server)).toContain('end what commands of this deploy started');
  });

  test.each([
    [true, ['each', 'first']],
    [false, ['each']],
  ])('hosts: first runs on the first host alone (%s)', async (isFirst, expected) => {
    const server = scripted(shell);
    const all = { 'after-switch': [own('each'), own('first', { hosts: 'first' })] };
    const one = host(server, all);
    Object.defineProperty(one, 'isFirst', { value: isFirst });
    await walk([afterSwitch], [one], signal);
    expect(lines(server)).toEqual(expected);
  });

  test('a path that git has, and one that all releases share, is refused', async () => {
    const all = { 'in-stage': [own('a', { makes: ['public/uploads/x'] })] };
    const tracked = scripted({
      ...shell,
      [making]: { ...(failing(3) as object), stdout: 'public/uploads/x\n' },
    });
    const inputs = { strategy: 'releases', shared: 'public/uploads' };
    for (const one of [host(tracked, all), host(scripted(shell), all, {}, inputs)]) {
      const { steps } = await walk([inStage], [one], signal);
      expect(steps[0]?.findings).toMatchObject([{ name: 'made-path-taken' }]);
      expect(steps[0]?.ran).toEqual([]);
    }
  });

  test('what was to be made and is not there, and files of git that changed', async () => {
    const server = scripted({
      ...shell,
      'was everything made': 'public/build\n',
      'put tracked files back': 'package-lock.json\0',
      'did vendor change': 'vendor/composer/x\n',
    });
    const one = host(server, { 'in-stage': [own('a', { makes: ['public/build'] })] });
    const { steps } = await walk([inStage], [one], signal);
    const names = steps[0]?.findings.map(({ name }) => name);
    expect(names).toEqual(['tracked-files-changed', 'nothing-made']);
    expect(one.journal.now.dependencies).toBe(true);
  });

  test('files that the job has not built are refused', async () => {
    const one = host(scripted(shell), {}, {}, { files: 'public/build' });
    const { steps } = await walk([inStage], [one], signal);
    expect(steps[0]?.findings).toMatchObject([{ name: 'files-missing' }]);
  });
});

describe('the rollback', () => {
  const later: Partial<Journal> = {
    begun: ['in-stage', 'after-switch'],
    afterRollback: [
      { run: 'false', limit: 5, mustSucceed: true, hosts: 'each' },
      { run: 'back', limit: 5, mustSucceed: false, hosts: 'each' },
    ],
  };

  test('after the switch: each command runs by the journal alone, and one that fails strands nothing', async () => {
    const server = scripted(shell);
    const one = host(server, {}, { ...later, undone: ['switch'] });
    const undone = await unwind([inStage, afterSwitch], [one], new Error('x'));
    expect(lines(server)).toEqual(['false', 'back']);
    expect(undone.map(({ result }) => result)).toEqual(['undone', 'undone']);
    expect(undone.flatMap(({ findings }) => findings)).toMatchObject([
      { name: 'own-command-failed', severity: 'error' },
    ]);
  });

  test('before the switch nothing of them runs, and what was left running is ended', async () => {
    const server = scripted(shell);
    await unwind([inStage, afterSwitch], [host(server, {}, later)], new Error('x'));
    expect(lines(server)).toEqual([]);
    expect(asked(server)).toContain('end what commands of this deploy started');
  });
});
