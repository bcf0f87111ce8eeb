import { describe, expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { prints, tiny } from './tiny-action.ts';

describe('what the program is given', () => {
  test('inputs, context, files, and nothing of ours', async () => {
    process.env['RIG_TEST_SECRET'] = 'ours';
    const { log } = await tiny('console.log(JSON.stringify({ ...env, cwd: process.cwd() }))', {
      inputs: { host: 'a@b', prot: '1' },
      context: { sha: 'f00', repository: 'me/site' },
      env: { EXTRA: 'x' },
    });
    const given = JSON.parse(log[0] ?? '') as Record<string, string>;
    expect(given).toMatchObject({
      INPUT_HOST: 'a@b',
      INPUT_PORT: '22',
      INPUT_COMMIT: 'f00',
      INPUT_PROT: '1',
      GITHUB_SHA: 'f00',
      GITHUB_REPOSITORY: 'me/site',
      GITHUB_REF_NAME: 'main',
      GITHUB_ACTIONS: 'true',
      CI: 'true',
      EXTRA: 'x',
      GITHUB_WORKSPACE: given['cwd'],
    });
    expect(given).not.toHaveProperty('RIG_TEST_SECRET');
    for (const name of ['OUTPUT', 'STATE', 'STEP_SUMMARY', 'ENV', 'PATH']) {
      expect(given).toHaveProperty(`GITHUB_${name}`);
    }
    expect(existsSync(given['RUNNER_TEMP'] ?? '')).toBe(false);
  });

  test('Node.js 24 runs it', async () => {
    const { log } = await tiny('console.log(process.versions.node)');
    expect(log[0]).toMatch(/^24\./);
  });

  test('an unexpected input is a warning, not a failure', async () => {
    const { annotations, conclusion } = await tiny('', { inputs: { prot: '1' } });
    expect(annotations).toMatchObject([{ level: 'warning' }]);
    expect(annotations[0]?.message).toBe(
      "Unexpected input(s) 'prot', valid inputs are ['host', 'port', 'commit']",
    );
    expect(conclusion).toBe('success');
  });
});

describe('what the program says', () => {
  test('groups, annotations and debug lines', async () => {
    const { shown, annotations, log } = await tiny(
      prints(
        '::group::first',
        'inside',
        '::error file=app/A.php,line=12,title=broken::it broke%0Ahere',
        '::endgroup::',
        '::debug::hidden',
        '  ::warning::careful',
        '##[notice]old form',
        'text ::error::not a command',
      ),
    );
    expect(shown).toEqual([
      '▸ first',
      '  inside',
      '  ✗ Error at app/A.php:12: broken: it broke',
      '    here',
      '! Warning: careful',
      'i Notice: old form',
      'text ::error::not a command',
    ]);
    expect(annotations).toEqual([
      { level: 'error', message: 'it broke\nhere', file: 'app/A.php', line: 12, title: 'broken' },
      { level: 'warning', message: 'careful' },
      { level: 'notice', message: 'old form' },
    ]);
    expect(log).toHaveLength(8);
  });

  test('masks hide what follows, line by line', async () => {
    const { shown, masks, annotations } = await tiny(
      prints(
        'open: secret-1',
        '::add-mask::secret-1',
        'closed: secret-1!',
        '::add-mask::line one%0Aline two',
        'x line two x',
        '::error::secret-1',
      ),
    );
    expect(masks).toEqual(['secret-1', 'line one\nline two', 'line one', 'line two']);
    expect(shown).toEqual(['open: secret-1', 'closed: ***!', 'x *** x', '✗ Error: ***']);
    expect(annotations[0]?.message).toBe('***');
  });

  test('stopped commands are ordinary text until the token', async () => {
    const { shown, annotations } = await tiny(
      prints('::stop-commands::a-long-token', '::error::text', '::a-long-token::', '::error::real'),
    );
    expect(shown).toEqual(['::stop-commands::***', '::error::text', '::***::', '✗ Error: real']);
    expect(annotations).toHaveLength(1);
  });

  test('a token that could come by chance is refused', async () => {
    const { conclusion, annotations } = await tiny(prints('::stop-commands::error', '::error::x'));
    expect(conclusion).toBe('failure');
    expect(annotations).toHaveLength(2);
  });

  test('a lone carriage return begins a line that may be a command', async () => {
    const { annotations, log } = await tiny(prints('text\r::error::smuggled', 'with\r'));
    expect(annotations).toMatchObject([{ message: 'smuggled' }]);
    expect(log).toEqual(['text', '::error::smuggled', 'with']);
  });

  test('each line is handed on as it is shown', async () => {
    const lines: string[] = [];
    const { shown } = await tiny(prints('::group::a', 'ünï'), {
      onLine: (line) => lines.push(line),
    });
    expect(lines).toEqual(['▸ a', '  ünï']);
    expect(shown).toEqual(lines);
  });

  test('standard error and a last line without an end count too', async () => {
    const { log } = await tiny("process.stderr.write('::warning::from stderr')");
    expect(log).toEqual(['::warning::from stderr']);
  });
});

describe('what the program leaves', () => {
  test('outputs, state, summary and files', async () => {
    const result = await tiny(
      `fs.appendFileSync(env.GITHUB_OUTPUT, 'a<<EOF\\none\\ntwo\\nEOF\\nb=2\\n');
       fs.appendFileSync(env.GITHUB_STATE, 'phase=main\\n');
       fs.appendFileSync(env.GITHUB_STEP_SUMMARY, '# hello');
       fs.writeFileSync(env.RUNNER_TEMP + '/report.json', '{}');`,
      {
        post: `fs.appendFileSync(env.GITHUB_STEP_SUMMARY, ' again');
               fs.appendFileSync(env.GITHUB_OUTPUT, 'b=3\\n');
               console.log(env.STATE_phase, env.INPUT_PORT, fs.readFileSync(env.GITHUB_STATE, 'utf8') === '')`,
      },
    );
    expect(result).toMatchObject({
      exitCode: 0,
      postExitCode: 0,
      conclusion: 'success',
      outputs: { a: 'one\ntwo', b: '2' },
      state: { phase: 'main' },
      summary: '# hello again',
      postLog: ['main 22 true'],
      shown: ['Post tiny', 'main 22 true'],
    });
    expect([...result.files]).toEqual([['report.json', '{}']]);
  });

  test('a malformed file fails the step', async () => {
    const { exitCode, conclusion, annotations } = await tiny(
      "fs.appendFileSync(env.GITHUB_OUTPUT, 'a<<EOF\\none\\n')",
    );
    expect([exitCode, conclusion]).toEqual([0, 'failure']);
    expect(annotations.map(({ message }) => message)).toEqual([
      "Unable to process file command 'output' successfully.",
      "Invalid value. Matching delimiter not found 'EOF'",
    ]);
  });

  test('a summary above 1 MiB is dropped, with an error', async () => {
    const { summary, conclusion } = await tiny(
      "fs.writeFileSync(env.GITHUB_STEP_SUMMARY, 'x'.repeat(1024 * 1024 + 1))",
    );
    expect([summary, conclusion]).toEqual(['', 'failure']);
  });
});
