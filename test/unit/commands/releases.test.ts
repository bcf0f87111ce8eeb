import { destination } from '../../fakes/workflow.ts';
import { expect, test } from '@jest/globals';
import { releases } from '../../../src/commands/releases.ts';
import { releaseLine, type Release } from '../../../src/plan/release-log.ts';
import { outputs } from '../../../src/report/publish.ts';
import { releaseLines } from '../../../src/report/releases.ts';
import { sentence, type Report } from '../../../src/report/report.ts';
import { markdown } from '../../../src/report/summary.ts';
import { commitOf, released } from '../../fakes/releases.ts';
import { asked, failing, scripted, titleOf, type Script } from '../../fakes/scripts.ts';
import { fakeHost } from '../../fakes/site.ts';

const where = 'where the release log is';

async function listed(
  log: readonly Release[],
  live: string,
  scripts: Record<string, Script> = {},
): Promise<{ report: Report; titles: readonly string[]; lines: readonly string[] }> {
  const server = scripted({
    [where]: '/var/www/kayart/.git\n',
    'what was deployed': log.map(releaseLine).join('\n'),
    git: commitOf(live),
    'first lines of the commits': `${commitOf('b')} Move the sessions\n`,
    ...scripts,
  });
  const host = fakeHost(server, { inputs: { command: 'releases' } });
  const report = await releases([host], new AbortController().signal);
  const lines = releaseLines(report.hosts[0]?.releases ?? []);
  return { report, titles: asked(server), lines };
}

const log = [
  released('a', 'b'),
  released('b', 'c', { outcome: 'rolled-back', errors: ['site-unhealthy'] }),
];

test('what was deployed is shown with its outcome, the newest first, and what is live', async () => {
  const { report, titles, lines } = await listed(log, 'b');
  expect(report.outcome).toBe('passed');
  expect(report.hosts[0]?.releases).toMatchObject([
    { outcome: 'rolled-back', live: false, subject: '' },
    { outcome: 'deployed', live: true, subject: 'Move the sessions' },
  ]);
  expect(lines.join('\n')).toMatch(/rolled-back {2}c{10} .*\(site-unhealthy\)\n.*b{10}.* {2}LIVE/);
  expect(sentence(report)).toContain(`has commit ${'b'.repeat(10)} live, and knows of 2 deploys.`);
  expect(titles).not.toContain('take the lock');
});

test('the summary has a table, and the output all of it', async () => {
  const { report } = await listed(log, 'b');
  expect(markdown(report)).toContain(`| ✅ | 2026-01-09 10:00 UTC | deployed | \`bbbbbbb\` |`);
  expect(JSON.parse(outputs(report, destination)['releases'] ?? '')).toHaveLength(2);
});

test('where a hand moved the site since, nothing of the log is called live', async () => {
  const { report } = await listed(log, 'f');
  expect(report.hosts[0]?.releases?.some(({ live }) => live)).toBe(false);
  expect(sentence(report)).toContain('f'.repeat(10));
});

test('an earlier deploy of the commit that is live is not called live', async () => {
  const { report } = await listed([released('a', 'b'), ...log.slice(0, 1)], 'b');
  expect(report.hosts[0]?.releases?.map(({ live }) => live)).toEqual([true, false]);
});

test('more than a page of them are counted', async () => {
  const { report, lines } = await listed(Array(60).fill(log[0]), 'b');
  expect(lines.at(-2)).not.toBe(lines.at(-1));
  expect(lines).toContain('and 10 earlier ones');
  expect(markdown(report)).toContain('and 10 earlier ones');
});

test('nothing deployed yet', async () => {
  const { report } = await listed([], 'a');
  expect(report.outcome).toBe('passed');
  expect(markdown(report)).toContain('None is known.');
});

test('no clone, no list: it fails, and doctor says more', async () => {
  const { report } = await listed([], 'a', { [where]: failing(128, 'not a git repository') });
  expect(report.outcome).toBe('failed');
  expect(report.findings).toMatchObject([{ name: 'not-a-clone' }]);
  expect(JSON.stringify(report.findings)).toContain('command: doctor');
});

test('only objects that git may have are asked for', async () => {
  const server = scripted({ [where]: '/w/.git\n', git: commitOf('a') });
  const odd = { ...released('a', 'b'), commit: '--output=/etc/passwd' };
  const answers = { 'what was deployed': releaseLine(odd) };
  const spied = scripted({ [where]: '/w/.git\n', git: commitOf('a'), ...answers });
  await releases([fakeHost(spied)], new AbortController().signal);
  expect(asked(server)).toEqual([]);
  const question = spied.asked.find((one) => titleOf(one) === 'first lines of the commits');
  expect(question?.args.slice(3)).toEqual([commitOf('a')]);
});
