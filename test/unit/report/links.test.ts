import { expect, test } from '@jest/globals';
import { linksOf, noLinks } from '../../../src/report/links.ts';

const github: Readonly<Record<string, string>> = {
  SERVER_URL: 'https://github.com',
  REPOSITORY: 'example/kayart',
  RUN_ID: '123',
  RUN_NUMBER: '7',
  RUN_ATTEMPT: '1',
  ACTION_REPOSITORY: 'owner/ci4-deploy',
  ACTION_REF: 'v1',
};

function links(changes: Readonly<Record<string, string>>): ReturnType<typeof linksOf> {
  return linksOf((name) => ({ ...github, ...changes })[name] ?? '');
}

test('the repository, the run, and the page of findings of the version that runs', () => {
  expect(links({})).toEqual({
    repository: 'https://github.com/example/kayart',
    run: { url: 'https://github.com/example/kayart/actions/runs/123', name: 'run 7' },
    findings: 'https://github.com/owner/ci4-deploy/blob/v1/docs/findings.md',
  });
  expect(links({ RUN_ATTEMPT: '2' }).run?.name).toBe('run 7, attempt 2');
  expect(links({ ACTION_REF: '' }).findings).toContain('/blob/HEAD/');
});

test.each([
  [{ ACTION_REPOSITORY: '' }, { findings: null }],
  [{ REPOSITORY: 'x) [y](z' }, { repository: null, run: null }],
  [{ RUN_ID: '1) x' }, { run: null }],
  [{ SERVER_URL: '' }, noLinks],
])('%j leads nowhere', (changes, wanted) => {
  expect(links(changes)).toMatchObject(wanted);
});
