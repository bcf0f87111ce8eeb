import { expect, test } from '@jest/globals';
import { check } from '../../src/commands/check.ts';
import { openCheckout } from '../../src/checkout/checkout.ts';
import { releases } from '../rig/releases.ts';
import { run, TestApplication } from './application.ts';

const servers = [
  { name: 'MariaDB', version: '10.11' },
  { name: 'MariaDB', version: '11.8' },
  { name: 'MySQL', version: '9.4' },
] as const;

test("the generator's own migration is green since 4.1.5, and red at its timestamp before", async () => {
  for (const { version, folder: path } of await releases()) {
    using application = new TestApplication({ version, path });
    application.ownFramework();
    application.sessionsInTable();
    const made = run({
      program: 'php',
      args: ['spark', 'make:migration', '--session'],
      cwd: application.root,
    });
    for (const server of servers) {
      const report = await check(
        {
          base: null,
          directory: '.',
          match: 'proposed',
          namespaces: 'app',
          server,
          sarifFile: null,
          report: 'changes',
        },
        openCheckout({ workspace: application.root, directory: '.', merge: null }),
        () => 0,
      );
      const errors = report.findings.filter(({ severity }) => severity === 'error');
      const lines = errors.map(({ name, at }) => {
        const rows = application.read(at?.file ?? '').split('\n');
        return [name, rows[(at?.line ?? 0) - 1]?.trim()];
      });
      const wrong = version.startsWith('4.1.3');
      expect({ version, server, made: made.stdout, outcome: report.outcome, lines }).toEqual({
        version,
        server,
        made: made.stdout,
        outcome: wrong ? 'failed' : 'passed',
        lines: wrong
          ? (expect.arrayContaining([
              ['column-type', expect.stringContaining("'timestamp'")],
            ]) as unknown)
          : [],
      });
      expect(report.columns).toHaveLength(4);
    }
  }
}, 60_000);
