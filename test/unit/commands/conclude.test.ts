import { expect, test } from '@jest/globals';
import { conclude } from '../../../src/commands/conclude.ts';
import { FakeServer } from '../../fakes/server.ts';
import { fakeSite } from '../../fakes/site.ts';

/** What is printed to type by hand when the lock could not be released. */
async function printed(house: string): Promise<string | undefined> {
  const site = fakeSite(new FakeServer({}));
  await site.journal.note({ begun: ['lock'], house });
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
