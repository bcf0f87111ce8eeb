import { afterAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const copy = mkdtempSync(join(tmpdir(), 'ci4-deploy-new-rule-'));
for (const part of ['src', 'test/unit/schema', 'test/fakes', 'docs', 'scripts']) {
  cpSync(join(root, part), join(copy, part), { recursive: true });
}
afterAll(() => {
  rmSync(copy, { recursive: true });
});

function newRule(name: string): { status: number | null; says: string } {
  const script = join(root, 'scripts/new-rule.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, name, copy], {
    encoding: 'utf8',
  });
  return { status, says: stdout + stderr };
}

const files = [
  'src/schema/rules/table-odd.ts',
  'test/unit/schema/rules/table-odd.test.ts',
  'src/schema/rules/all.ts',
  'src/findings/explained/rules.ts',
];

describe('npm run new-rule', () => {
  test('writes a rule that is listed, with its test and its page, in four files that are TypeScript', () => {
    expect(newRule('table-odd')).toEqual({
      status: 0,
      says: `Written: ${files.join(', ')}.\n`,
    });
    for (const file of files) {
      const text = readFileSync(join(copy, file), 'utf8');
      const { diagnostics } = ts.transpileModule(text, { reportDiagnostics: true });
      expect(diagnostics).toEqual([]);
    }
    const list = readFileSync(join(copy, 'src/schema/rules/all.ts'), 'utf8');
    expect(list).toContain("import { tableOdd } from './table-odd.ts';");
    expect(list).toContain('  tableOdd,\n] as const;');
    const docs = ['docs/ci4-deploy.schema.json', 'docs/findings.md'];
    for (const file of docs) expect(readFileSync(join(copy, file), 'utf8')).toContain('table-odd');
  });

  test('refuses a name that is taken, and one that is none', () => {
    expect(newRule('column-type')).toEqual({
      status: 1,
      says: 'There is a rule column-type already: src/schema/rules/column-type.ts\n',
    });
    for (const name of ['', 'Odd', 'odd', '../x-y', 'a_b-c']) {
      expect(newRule(name)).toMatchObject({ status: 1, says: expect.stringMatching(/^Usage: /) });
    }
  });
});
