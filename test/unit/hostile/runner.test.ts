import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Finding } from '../../../src/finding.ts';
import { actions } from '../../../src/report/actions.ts';
import { WorkflowLog } from '../../../src/report/log.ts';
import { publish } from '../../../src/report/publish.ts';
import { command } from '../../../src/server/command.ts';
import { destination, FakeWorkflow } from '../../fakes/workflow.ts';
import { parsePairs } from '../../rig/runner-files.ts';
import { parseCommand } from '../../rig/workflow-commands.ts';
import { reportOf } from './report.ts';
import { hostile } from './values.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ci4-deploy-runner-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What the runner itself prints of an annotation it does not read again. */
class Heard extends FakeWorkflow {
  override annotate(finding: Finding): void {
    this.annotations.push(finding);
  }
}

/** Lines as the runner splits what a program prints. */
function commands({ lines }: FakeWorkflow): readonly string[] {
  return lines
    .flatMap((line) => line.split(/\r\n|\n|\r/))
    .filter((line) => parseCommand(line) !== null);
}

describe('text from elsewhere asks nothing of the runner', () => {
  test('as output of a command, as a sentence, as a title', () => {
    fc.assert(
      fc.property(hostile, hostile, (out, word) => {
        const workflow = new Heard();
        const log = new WorkflowLog(workflow, () => 0);
        log.group('Stage');
        log.round([command(word, [word])], [{ exit: { code: 1 }, stdout: out, stderr: out }]);
        log.say(out);
        expect(commands(workflow)).toEqual([]);
      }),
      { numRuns: 600 },
    );
  });

  test('in every field of a report', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        const workflow = new Heard();
        await publish(reportOf(text), workflow, new WorkflowLog(workflow, () => 0), destination);
        expect(commands(workflow)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  test('in outputs and state: the files of the runner hold exactly what was said', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const file = join(folder, 'pairs');
        for (const name of ['GITHUB_OUTPUT', 'GITHUB_STATE']) {
          writeFileSync(file, '');
          process.env[name] = file;
          const workflow = actions();
          if (name === 'GITHUB_OUTPUT') workflow.output('findings', text);
          else workflow.saveState('findings', text);
          expect([...parsePairs(readFileSync(file, 'utf8'))]).toEqual([['findings', text]]);
        }
      }),
      { numRuns: 400 },
    );
  });
});
