import { expect, test } from '@jest/globals';
import type { InspectFacts } from '../../../src/plan/facts.ts';
import { Recorder } from '../../../src/plan/recorder.ts';
import { adoptSite } from '../../../src/steps/adopt.ts';
import { pasted } from '../../fakes/remedies.ts';
import { asked, failing, scripted, type Script } from '../../fakes/scripts.ts';
import { fakeHost } from '../../fakes/site.ts';

const place = 'a place for release directories';
const made = {
  'release directories beside the live site': '',
  'git worktree add': '',
  'link what releases share': '',
  'link vendor into the stage': '',
  'the first release is complete': '',
  'remove the release directories again': '',
};

interface Adopted {
  readonly recorder: Recorder;
  readonly titles: readonly string[];
  readonly failure: unknown;
}

async function adopted(
  answers: Record<string, Script>,
  inputs: Readonly<Record<string, string>> = {},
): Promise<Adopted> {
  const server = scripted({
    'files of the server alone': '',
    'configuration of the web server': 'apache2\n\f',
    ...made,
    ...answers,
  });
  const facts = { inspect: { serving: [] } as unknown as InspectFacts };
  const journal = { stateDir: '/var/www/kayart/.git/ci4-deploy', previous: 'b'.repeat(40) };
  const host = fakeHost(server, { inputs: { path: '/var/www/kayart', ...inputs }, facts, journal });
  const recorder = new Recorder();
  const failure = await adoptSite
    .run(host.site(['inspect'], recorder), new AbortController().signal)
    .then(() => null)
    .catch((error: unknown) => error);
  return { recorder, titles: asked(server), failure };
}

function finding({ recorder }: Adopted, name: string): string {
  return pasted(recorder.findings.find((one) => one.name === name));
}

test('the lines change the root of nginx and of Apache, and nothing that only begins alike', async () => {
  const names = 'names /etc/nginx/sites-available/s\nnames /etc/apache2/sites-available/s.conf\n';
  const lines = finding(await adopted({ [place]: `place free\n${names}` }), 'adopt-web-server');
  expect(lines.split('\n')).toEqual([
    expect.stringMatching(
      /^sudo sed -i --follow-symlinks .*kayart-releases\/current\/public.* \S*nginx/,
    ),
    expect.stringMatching(/^sudo sed -i --follow-symlinks .* \S*apache2\/sites-available\/s\.conf/),
    'sudo nginx -t && sudo systemctl reload nginx',
    'sudo apachectl configtest && sudo systemctl reload apache2',
  ]);
});

test('what git does not have is shared, and the input that says so is printed', async () => {
  const answers = { [place]: 'place ours\n', 'files of the server alone': 'public/up/\0' };
  const inputs = finding(await adopted(answers), 'adopt-workflow').split('\n');
  expect(inputs).toEqual([
    'strategy: releases',
    'path: /var/www/kayart-releases',
    'shared: public/up',
  ]);
});

test('a closed place: the line that makes it, and nothing is made', async () => {
  const result = await adopted({ [place]: 'place closed\n' });
  expect(finding(result, 'adopt-place')).toMatch(
    /^sudo install -d -o \S*nicolas\S* .*kayart-releases/,
  );
  expect(result.titles).not.toContain('release directories beside the live site');
});

test('a place that holds something else is left alone', async () => {
  const result = await adopted({ [place]: 'place taken\n' }, { 'releases-path': '/srv/other' });
  expect(finding(result, 'adopt-place')).toBe('releases-path: /srv/other-2');
  expect(result.titles).not.toContain('release directories beside the live site');
});

test('a site with release directories has nothing to adopt', async () => {
  const result = await adopted({ [place]: 'place free\n' }, { strategy: 'releases' });
  expect(finding(result, 'adopt-place')).toBe('strategy: in-place');
  expect(result.titles).not.toContain('release directories beside the live site');
});

test.each(['place ours\nserves /etc/nginx/sites-enabled/s\n', 'place deployed\n'])(
  'what is served or was deployed to is not made again: %j',
  async (said) => {
    const result = await adopted({ [place]: said });
    expect(result.failure).toBeNull();
    expect(result.titles).not.toContain('release directories beside the live site');
  },
);

test('what cannot be made fails', async () => {
  const answers = { [place]: 'place free\n', 'git worktree add': failing(1, 'no room') };
  expect(String((await adopted(answers)).failure)).toContain('worktree add --detach');
});

test.each([
  ['place ours\n', true],
  ['place ours\nserves /etc/nginx/sites-enabled/s\n', false],
])('it is undone unless visitors are served from there: %j', async (said, removes) => {
  const server = scripted({ [place]: said, ...made });
  const site = fakeHost(server, { inputs: { path: '/var/www/kayart' } }).site([], new Recorder());
  if (typeof adoptSite.undo === 'string') throw new Error('it has to be undone');
  await adoptSite.undo(site, new AbortController().signal);
  expect(asked(server).includes('remove the release directories again')).toBe(removes);
});
