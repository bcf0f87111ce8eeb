import { expect, test } from '@jest/globals';
import { doctor } from '../../../src/commands/doctor.ts';
import type { Journal } from '../../../src/plan/journal.ts';
import { sentence, type Report } from '../../../src/report/report.ts';
import { fakeApplication } from '../../fakes/application.ts';
import { FakeDatabase } from '../../fakes/database.ts';
import { asked, failing, scripted, type Script } from '../../fakes/scripts.ts';
import { fakeHost } from '../../fakes/site.ts';
import { answer, printed } from '../app/replies.ts';

const path = '/var/www/kayart';
const head = 'b'.repeat(40);
const healthy: Record<string, Script> = {
  'who and where': 'nicolas\nnicolas www-data\nwww-data\n',
  'clone, commit and branch': [path, `${path}/.git`, head, 'main', path].join('\n'),
  'is a deploy going on, or did one end in the middle': '\f',
  'does the repository answer': 'git@github.com:nicolas/kayart.git\n',
  '/usr/bin/php': ({ args }) =>
    args[0] === '-r'
      ? { stdout: '8.2.1 Core mysqli intl mbstring' }
      : printed({ ok: true, answer: answer() }),
  date: () => ({ stdout: String(Math.floor(Date.now() / 1000)) }),
};

async function doctored(
  scripts: Record<string, Script> = {},
): Promise<{ report: Report; asked: readonly string[]; saved: readonly Journal[] }> {
  const server = scripted({ ...healthy, ...scripts });
  const database = new FakeDatabase(fakeApplication().ledgerDatabase);
  const saved: Journal[] = [];
  const host = fakeHost(server, {
    inputs: {
      ...{ command: 'doctor', 'fpm-service': 'none', 'health-url': 'none' },
      php: '/usr/bin/php',
    },
    save: (now) => saved.push(now),
    logIn: async () => Promise.resolve(database),
  });
  const report = await doctor([host], new AbortController().signal);
  return { report, asked: asked(server), saved };
}

test('a server that has everything passes, and each thing is said', async () => {
  const { report, asked: titles } = await doctored();
  expect(report.outcome).toBe('passed');
  expect(sentence(report)).toContain('a deploy has all that it needs');
  expect(report.ready.join('\n')).toMatch(
    /login as nicolas[^]*reaches the repository[^]*PHP 8\.2\.1/,
  );
  expect(titles).not.toContain('take the lock');
  expect(titles).not.toContain('fetch the commit');
});

test('what is missing fails it, and is not called ready', async () => {
  const { report } = await doctored({
    'does the repository answer': failing(128, 'Permission denied (publickey).'),
    'is .env there and readable': failing(1),
  });
  expect(report.outcome).toBe('failed');
  expect(report.findings.map(({ name }) => name)).toEqual(['commit-unreachable', 'env-closed']);
  expect(report.ready.join('\n')).not.toMatch(/reaches the repository|\.env can be read/);
});
