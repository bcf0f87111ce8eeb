import { expect, test } from '@jest/globals';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { releaseDirectories } from '../../src/release/directories/directories.ts';
import { inPlace } from '../../src/release/in-place/in-place.ts';
import type { Change, Strategy } from '../../src/release/strategy.ts';
import { run, runAll, strategyContract, type Laid, type Subject as Site } from './strategy.ts';
import { Subject } from './strategy.ts';

function vendorIn(root: string): void {
  mkdirSync(join(root, 'vendor'));
  writeFileSync(join(root, 'vendor/autoload.php'), '<?php');
}

function layInPlace(subject: Site): Laid {
  const { base, repository, commits } = subject;
  repository.git('clone', '-q', repository.folder, base);
  repository.git('-C', base, 'reset', '-q', '--hard', commits.previous);
  subject.furnish(base);
  vendorIn(base);
  const stateDir = join(base, '.git/ci4-deploy');
  mkdirSync(join(stateDir, 'lock'), { recursive: true });
  return { strategy: inPlace({ path: base, stateDir }), stateDir };
}

const first = { next: '20260102T000000Z-bbbbbbbbbb', previous: '20260101T000000Z-aaaaaaaaaa' };

function layReleases(subject: Site): Laid {
  const { base, repository, commits } = subject;
  mkdirSync(join(base, 'releases'), { recursive: true });
  repository.git('clone', '-q', '--bare', repository.folder, join(base, 'repo'));
  const release = join(base, 'releases', first.previous);
  repository.git(
    '-C',
    join(base, 'repo'),
    'worktree',
    'add',
    '-q',
    '--detach',
    release,
    commits.previous,
  );
  subject.furnish(join(base, 'shared'));
  rmSync(join(base, 'shared/writable/cache'), { recursive: true });
  mkdirSync(join(base, 'shared/writable/logs'));
  mkdirSync(join(release, 'writable/cache'), { recursive: true });
  for (const one of ['.env', 'writable/session', 'writable/logs', 'writable/uploads']) {
    rmSync(join(release, one), { recursive: true, force: true });
    symlinkSync(join(base, 'shared', one), join(release, one));
  }
  vendorIn(release);
  symlinkSync(`releases/${first.previous}`, join(base, 'current'));
  const stateDir = join(base, 'repo/ci4-deploy');
  mkdirSync(join(stateDir, 'lock'), { recursive: true });
  return { strategy: directories(subject, first), stateDir };
}

function directories({ base }: Site, releases: typeof first, keep = 5): Strategy {
  const clone = join(base, 'repo');
  return releaseDirectories(
    { strategy: 'releases', base, clone, shared: [], keep },
    { path: join(base, 'current'), stateDir: join(clone, 'ci4-deploy'), releases },
  );
}

function changeOf({ commits, base }: Site): Change {
  const writable = join(base, 'current/writable');
  return { previous: commits.previous, commit: commits.next, dependencies: false, writable };
}

strategyContract('in place', layInPlace);
strategyContract('release directories', layReleases);

test('a directory at current is refused, and nothing of it is touched', () => {
  using subject = new Subject();
  const { strategy } = layReleases(subject);
  runAll(strategy.prepare(changeOf(subject)));
  const current = join(subject.base, 'current');
  rmSync(current);
  mkdirSync(current);
  writeFileSync(join(current, 'mine'), 'mine');
  expect(() => {
    runAll(strategy.activate(changeOf(subject)));
  }).toThrow('is no symbolic link');
  expect(readFileSync(join(current, 'mine'), 'utf8')).toBe('mine');
});

test('where somebody led current elsewhere meanwhile it stays there', () => {
  using subject = new Subject();
  const { strategy } = layReleases(subject);
  runAll(strategy.prepare(changeOf(subject)));
  const current = join(subject.base, 'current');
  rmSync(current);
  symlinkSync('/usr', current);
  const going = strategy.activate(changeOf(subject)).slice(1);
  expect(() => {
    runAll(going);
  }).toThrow('leads to /usr');
});

test('the live release is never removed as a stage', () => {
  using subject = new Subject();
  const { strategy } = layReleases(subject);
  runAll(strategy.prepare(changeOf(subject)));
  runAll(strategy.activate(changeOf(subject)));
  expect(() => run(strategy.unstage())).toThrow('is live');
  expect(existsSync(join(strategy.staged, 'spark'))).toBe(true);
});

test('a shared path that lies behind a link of the commit is refused, and what it leads to stays', () => {
  using subject = new Subject();
  layReleases(subject);
  const outside = join(subject.folder, 'outside');
  mkdirSync(join(outside, 'files'), { recursive: true });
  const commit = subject.repository.commit({ data: { link: outside } });
  mkdirSync(join(subject.base, 'shared/data/files'), { recursive: true });
  const clone = join(subject.base, 'repo');
  subject.repository.git('-C', clone, 'fetch', '-q', 'origin', 'main');
  const strategy = releaseDirectories(
    { strategy: 'releases', base: subject.base, clone, shared: ['data/files'], keep: 5 },
    { path: join(subject.base, 'current'), stateDir: join(clone, 'ci4-deploy'), releases: first },
  );
  expect(() => {
    runAll(strategy.prepare({ ...changeOf(subject), commit }));
  }).toThrow('leads out of the release');
  expect(existsSync(join(outside, 'files'))).toBe(true);
});

test('folders on the way to what is shared are as open as the live files, whatever the umask is', () => {
  using subject = new Subject();
  layReleases(subject);
  mkdirSync(join(subject.base, 'shared/public/photos/small'), { recursive: true });
  chmodSync(join(subject.base, 'current/app/Config/App.php'), 0o644);
  const clone = join(subject.base, 'repo');
  const strategy = releaseDirectories(
    { strategy: 'releases', base: subject.base, clone, shared: ['public/photos/small'], keep: 5 },
    { path: join(subject.base, 'current'), stateDir: join(clone, 'ci4-deploy'), releases: first },
  );
  const before = process.umask(0o077);
  try {
    runAll(strategy.prepare(changeOf(subject)));
  } finally {
    process.umask(before);
  }
  const modes = ['public', 'public/photos'].map((one) => statSync(join(strategy.staged, one)).mode);
  expect(modes.map((mode) => mode & 0o777)).toEqual([0o755, 0o755]);
});

test('good releases beyond keep go; the live one, the one before and an unfinished one stay', () => {
  using subject = new Subject();
  layReleases(subject);
  const names = ['1', '2', '3', '4'].map((day) => `2026010${day}T000000Z-aaaaaaaaaa`);
  const unfinished = '20260102T120000Z-cccccccccc';
  const clone = join(subject.base, 'repo');
  for (const name of [...names.slice(1), unfinished]) {
    const folder = join(subject.base, 'releases', name);
    subject.repository.git('-C', clone, 'worktree', 'add', '-q', '--detach', folder, 'main');
  }
  const [oldest = '', second = '', third = '', live = ''] = names;
  rmSync(join(subject.base, 'current'));
  symlinkSync(`releases/${live}`, join(subject.base, 'current'));
  for (const release of names.slice(0, 3)) {
    run(directories(subject, first).record(JSON.stringify({ commit: 'a', release })));
  }
  const prune = (previous: string, keep: number): readonly string[] => {
    runAll(Object.values(directories(subject, { next: live, previous }, keep).prune()));
    return readdirSync(join(subject.base, 'releases')).toSorted();
  };
  expect(prune(oldest, 2)).toEqual([oldest, unfinished, third, live]);
  expect(prune(third, 2)).toEqual([unfinished, third, live]);
  expect(subject.repository.git('-C', clone, 'worktree', 'list')).not.toContain(second);
});

test('a reader finds a whole release at any moment', async () => {
  using subject = new Subject();
  const { strategy } = layReleases(subject);
  const change = changeOf(subject);
  runAll(strategy.prepare(change));
  // Both files through one directory that was resolved once, as nginx does it for each request.
  const script = `cd "$1" && for i in $(seq 2000); do
    (cd -P current 2>/dev/null && cat app/Config/App.php spark >/dev/null && cat app/Config/App.php) || echo none
    echo; done | sort | uniq -c`;
  const reader = spawn('sh', ['-c', script, 'sh', subject.base]);
  let seen = '';
  reader.stdout.on('data', (part: Buffer) => (seen += part.toString()));
  const ended = once(reader, 'close');
  for (let flips = 0; flips < 40; flips += 1) {
    runAll(strategy.activate(change));
    runAll(strategy.revert(change));
    await new Promise((resolve) => setImmediate(resolve));
  }
  await ended;
  expect(seen).not.toContain('none');
  expect(seen).toMatch(/\/\/ 1/);
  expect(seen).toMatch(/\/\/ 2/);
}, 120_000);
