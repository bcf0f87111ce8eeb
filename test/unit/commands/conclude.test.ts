import { expect, test } from '@jest/globals';
import { conclude } from '../../../src/commands/conclude.ts';
import { sentence } from '../../../src/report/report.ts';
import { LockLost } from '../../../src/server/failures.ts';
import { FakeServer } from '../../fakes/server.ts';
import { fakeSite } from '../../fakes/site.ts';

/** What is printed to type by hand when the lock could not be released. */
async function printed(stateDir: string): Promise<string | undefined> {
  const site = fakeSite(new FakeServer({}));
  await site.journal.note({ begun: ['lock'], stateDir });
  const undone = [{ name: 'lock', result: { failed: new Error('gone') } } as const];
  const report = conclude(site, { steps: [], failure: new Error('x'), undone }, 'deployed');
  return report.findings.find(({ name }) => name === 'stranded-lock')?.remedy;
}

test('a lock that could not be released is named by its own directory', async () => {
  expect(await printed('/srv/.git/ci4-deploy')).toBe(
    'rm -rf /srv/.git/ci4-deploy/lock /srv/.git/ci4-deploy/mine-id.*',
  );
});

test('where that was not learned yet, nothing at the root of the server is named', async () => {
  const state = '"$(git -C /var/www/kayart rev-parse --absolute-git-dir)"/ci4-deploy';
  expect(await printed('')).toBe(`rm -rf ${state}/lock ${state}/mine-id.*`);
});

test("a lock that is another deploy's is named, and nothing to type for what that one undoes", () => {
  const site = fakeSite(new FakeServer({}));
  const undone = [{ name: 'switch', result: { failed: new LockLost('h') } } as const];
  const report = conclude(site, { steps: [], failure: undefined, undone }, 'cancelled');
  expect(report.outcome).toBe('stranded');
  expect(report.findings.map(({ name }) => name)).toEqual(['lock-lost']);
});

test.each([
  ['cancelled', /^Cancelled; what had begun was rolled back\. /],
  ['rolled-back', /^Everything that had begun is rolled back now\. /],
] as const)('what post finishes after main, %s, is said without a step', (outcome, words) => {
  const site = fakeSite(new FakeServer({}));
  const report = conclude(site, { steps: [], failure: undefined, undone: [] }, outcome);
  expect(sentence(report)).toMatch(words);
});
