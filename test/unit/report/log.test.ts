import { describe, expect, test } from '@jest/globals';
import { WorkflowLog, quoted } from '../../../src/report/log.ts';
import { command } from '../../../src/server/command.ts';
import { FakeWorkflow } from '../../fakes/workflow.ts';

describe('quoted', () => {
  test.each([
    '::error::x',
    '  ::add-mask::x',
    '##[error]x',
    'a ##[add-mask]x',
    '\r::set-output name=a::b',
  ])('%j cannot be a workflow command', (text) => {
    for (const line of quoted(text)) {
      expect(line.trimStart().startsWith('::')).toBe(false);
      expect(line).not.toContain('##[');
    }
  });

  test('control characters do not reach the terminal', () => {
    expect(quoted('a\u001b[31mb')).toEqual(['│ a�[31mb']);
  });

  test('a line of a megabyte is shortened, and says so', () => {
    const [line = ''] = quoted('x'.repeat(1_000_000));
    expect(line).toBe(`│ ${'x'.repeat(4000)} (996000 more characters left out)`);
  });

  test('long output keeps its end and says what is missing', () => {
    const lines = quoted(Array.from({ length: 500 }, (_, index) => `line ${index}`).join('\n'));
    expect(lines).toHaveLength(201);
    expect(lines[0]).toBe('│ (300 lines left out)');
    expect(lines.at(-1)).toBe('│ line 499');
  });
});

describe('log', () => {
  test('a silence of 30 s is broken once, with what we wait for', () => {
    let now = 0;
    const workflow = new FakeWorkflow();
    const log = new WorkflowLog(workflow, () => now);
    log.group('Migrate');
    now = 29_000;
    log.heartbeat();
    now = 30_000;
    log.heartbeat();
    now = 31_000;
    log.heartbeat();
    expect(workflow.lines).toEqual(['Migrate', '  30 s: still at Migrate']);
  });

  test('a command of the repository is shown with its output, whatever came of it', () => {
    const workflow = new FakeWorkflow();
    const log = new WorkflowLog(workflow, () => 0);
    const own = command('sh', [], { shown: 'always', typed: 'npm ci', survives: true });
    log.round([own], [{ exit: { code: 0 }, stdout: '::error::x\n', stderr: '' }]);
    expect(workflow.lines).toEqual(['$ npm ci', '│ ::error::x']);
  });

  test('who looks for a fault gets each command with its output and how it ended; a closed one only by name', () => {
    const workflow = new FakeWorkflow();
    const log = new WorkflowLog(workflow, () => 0, { raw: true });
    log.round(
      [command('git', ['merge', "a'b"]), command('php', [], { shown: 'command' })],
      [
        { exit: { code: 1 }, stdout: 'out\n', stderr: 'err\n' },
        { exit: { code: 0 }, stdout: 'secret', stderr: '' },
      ],
    );
    expect(workflow.lines).toEqual([
      `$ git merge 'a'\\''b'`,
      '│ out',
      '│ err',
      '  exit status 1',
      '$ php',
    ]);
  });

  test('else a question is not shown, whatever its status, and a change only when it failed; all changes are kept', () => {
    const workflow = new FakeWorkflow();
    const log = new WorkflowLog(workflow, () => 0);
    const change = { survives: true } as const;
    log.group('Switch: the live tree');
    log.say('words');
    log.round(
      [
        command('command', ['-v', 'composer']),
        command('git', ['merge'], change),
        command('touch', ['x'], { ...change, shown: 'nothing' }),
        command('php', ['spark'], change),
      ],
      [
        { exit: { code: 127 }, stdout: '', stderr: 'not found' },
        { exit: { code: 0 }, stdout: 'merged', stderr: '' },
        { exit: { code: 1 }, stdout: '', stderr: '' },
        { exit: { code: 1 }, stdout: '', stderr: '::error::no\n' },
      ],
    );
    log.close();
    log.say('after');
    expect(workflow.lines).toEqual([
      'Switch: the live tree',
      '  words',
      '  $ php spark',
      '  │ ::error::no',
      '    exit status 1',
      'after',
    ]);
    expect(log.changes).toEqual(['git merge', 'php spark']);
  });

  test('a second group closes the group of the first', () => {
    const workflow = new FakeWorkflow();
    const log = new WorkflowLog(workflow, () => 0, { raw: true });
    log.group('a');
    log.group('b');
    log.close();
    log.close();
    expect(workflow.lines).toEqual(['> a', '<', '> b', '<']);
  });
});
