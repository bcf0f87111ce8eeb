import { describe, expect, test } from '@jest/globals';
import { parse } from '../../../../src/config/config.ts';
import { placesOf } from '../../../../src/release/directories/layout.ts';
import type { Output } from '../../../../src/server/command.ts';
import { judgeLinks, linksUnknown } from '../../../../src/steps/served/links.ts';
import type { WebServer } from '../../../../src/steps/served/web-server.ts';
import {
  hasRelease,
  judgeReleases,
  readReleases,
} from '../../../../src/steps/inspect/topics/releases.ts';
import { pasted } from '../../../fakes/remedies.ts';

const given = {
  host: 'nicolas@www.example.org',
  'ssh-key': 'k',
  'known-hosts': 'x',
  commit: 'a'.repeat(40),
  branch: 'main',
};
const parsed = parse(new Map(Object.entries({ ...given, strategy: 'releases' })));
const config = { ...parsed, ...placesOf(parsed) };
const inPlace = parse(new Map(Object.entries(given)));
const sharing = {
  ...{ path: config.path, user: 'nicolas' },
  ...{ fpmUser: 'www-data', fpmGroup: 'www-data', socketGroup: null },
};

function read(text: string, at = config): ReturnType<typeof readReleases> {
  const releases: Output = { exit: { code: 0 }, stdout: text, stderr: '' };
  return readReleases({ releases }, at);
}

function found(text: string): readonly string[] {
  return judgeReleases(read(text), config, sharing).map(({ name }) => name);
}

describe('the directory of the releases', () => {
  test('a live release, and everything that is shared', () => {
    expect(found('current release\nrepository\n')).toEqual([]);
    expect(hasRelease(read('current release\n'))).toBe(true);
  });

  test.each([
    ['nothing, not even its settings', 'missing .env\nmissing public/up\n', ['shared-missing']],
    ['an empty one', 'current absent\nmissing .env\n', ['shared-missing']],
    [
      'a place that nobody may make',
      'unmakeable\nmissing .env\n',
      ['no-release', 'shared-missing'],
    ],
    ['other files', 'current absent\noccupied index.html\n', ['no-release']],
    ['releases without a link', 'current absent\noccupied releases/20260101\n', ['no-release']],
    ['everything, and no lock', 'current absent\n', ['no-release']],
    ['a first deploy that is not done', 'current first\n', []],
    ['a directory at current', 'current directory\nrepository\n', ['current-not-a-link']],
    ['a link to elsewhere', 'current elsewhere\nrepository\n', ['current-not-a-link']],
    [
      'a folder and a file in the place of links',
      'current release\nrepository\nfile .env\nfolder writable/session\n',
      ['shared-not-linked'],
    ],
    [
      'a group that is not ours to give',
      'current release\nrepository\nforeign www-data\n',
      ['writable-closed-to-fpm'],
    ],
    ['closed', 'current release\nrepository\nclosed releases\n', ['path-not-writable']],
  ])('%s', (_name, text, names) => {
    expect(found(text)).toEqual(names);
  });

  test('an application that lies there itself is one to adopt', () => {
    const [first] = judgeReleases(read('current absent\noccupied spark\n'), config, sharing);
    expect(pasted(first)).toContain('command: adopt');
  });

  test('a command that makes none says which one does', () => {
    const [first] = judgeReleases(
      read('current absent\n'),
      { ...config, command: 'verify' },
      sharing,
    );
    expect(pasted(first)).toContain('Run a deploy.');
  });

  test('in place nothing is judged', () => {
    const releases = read('', inPlace);
    expect([hasRelease(releases), judgeReleases(releases, inPlace, sharing)]).toEqual([true, []]);
  });
});

describe('links in the configuration of nginx', () => {
  const link = { file: '/etc/nginx/sites-enabled/k', pass: 'unix:/run/f.sock', ownParams: false };
  const web: WebServer = { sends: [{ to: '/run/f.sock', params: {}, link }], variable: [] };

  test('named by the link: refused, with the line that lets nginx resolve it', () => {
    const [first, ...more] = judgeLinks(web, config);
    expect([first?.name, more]).toEqual(['link-not-resolved', []]);
    expect(pasted(first)).toContain('include fastcgi.conf; fastcgi_param SCRIPT_FILENAME');
  });

  test('resolved, in place, or unknown: no finding', () => {
    const resolved: WebServer = { sends: [{ to: 'a', params: {} }], variable: [] };
    const unknown: WebServer = { unknown: 'the configuration of apache2 is not read' };
    expect([
      ...judgeLinks(resolved, config),
      ...judgeLinks(web, inPlace),
      ...judgeLinks(unknown, config),
    ]).toEqual([]);
    expect(linksUnknown(unknown, config)).toEqual([expect.stringContaining('apache2 is not read')]);
    expect(linksUnknown(unknown, inPlace)).toEqual([]);
  });
});
