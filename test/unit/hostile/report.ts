import type { Report } from '../../../src/report/report.ts';
import { advice } from '../../../src/remedy.ts';

/** A report that holds a text wherever it can hold one of strangers. */
export function reportOf(text: string): Report {
  const finding = {
    name: 'site-unhealthy',
    severity: 'error',
    message: text,
    remedies: [[{ where: 'server', as: text, what: text, lines: [text] }], [advice(text)]],
  } as const;
  const at = { file: text, line: 1 };
  const columns = [{ name: text, expected: text, actual: text, ok: false }];
  return {
    outcome: 'rolled-back',
    command: 'deploy',
    hosts: [
      {
        server: `nicolas@${text}`,
        path: text,
        previousCommit: `${text} before`,
        steps: [{ name: 'migrate', title: `Migrate: ${text}`, seconds: 1, result: 'failed' }],
        undone: [],
        ran: [{ moment: 'in-stage', run: text, exit: { code: 1 }, seconds: 1, output: text }],
      },
    ],
    commit: text,
    migrations: [text],
    batch: 1,
    columns,
    printed: text,
    findings: [
      finding,
      {
        ...finding,
        severity: 'warning',
        at,
        remedies: [[{ where: 'clone', what: text, lines: [text], long: true }]],
      },
      { ...finding, severity: 'notice', message: `${text} ${text}`, at },
    ],
    unverified: [text],
    databases: [
      {
        name: text,
        product: `${text} 10.11`,
        phases: [{ title: text, result: text }],
        columns: [],
        seconds: 1,
      },
    ],
    rollbackNotes: [text],
    ready: [],
    visitors: null,
    roundTrips: 1,
    seconds: 1,
  };
}
