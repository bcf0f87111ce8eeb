import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Site } from '../rig/kayart.ts';
import { chosen, type Release } from '../rig/releases.ts';
import { run, type RunOptions, type RunResult } from '../rig/runner.ts';
import { brokenController, nicolas, root } from './breakages.ts';
import { checkedOut, type Workspace } from './checkout.ts';
import { regularVisitor } from './regular-visitor.ts';
import { ended, fresh, inputsFor, remedyOf, snapshot } from './situation.ts';

/** The server keeps its clone, and reaches the repository no more. Another developer still does, as root. */
async function closeRepository(site: Site): Promise<void> {
  await nicolas(site, 'git remote set-url origin git@nowhere.invalid:kayart.git');
}

async function pushed(
  site: Site,
  commit: string,
  { folder }: Pick<Workspace, 'folder'>,
  inputs: Readonly<Record<string, string>> = {},
  options: Partial<RunOptions> = {},
): Promise<RunResult> {
  return run({
    inputs: { ...inputsFor(site), source: 'push', ...inputs },
    context: { sha: commit, workspace: folder },
    ...options,
    // Beside the workspace, so that what a run leaves there is seen, and goes with it.
    env: { TMPDIR: dirname(folder), ...options.env },
  });
}

/** A push of everything there is. */
async function pushAll(site: Site, commit: string, inputs = {}): Promise<RunResult> {
  using workspace = await checkedOut(site);
  return await pushed(site, commit, workspace, inputs);
}

async function out(site: Site, script: string): Promise<string> {
  const { code, stdout, stderr } = await site.machine.exec(['sh', '-e', '-c', script], {
    user: site.machine.user,
    cwd: site.base,
  });
  if (code !== 0) throw new Error(`${script}: ${stderr}`);
  return stdout.trim();
}

const home = 'app/Controllers/Home.php';
const strategies = ['in-place', 'releases'] as const;
type Strategy = (typeof strategies)[number];

/** Green, green again, unhealthy and back, and the whole way back: as with fetch. */
async function asWithFetch(release: Release, strategy: Strategy): Promise<void> {
  await using server = await fresh(release, { strategy });
  const { site } = server;
  await closeRepository(site);
  const anna = await regularVisitor(site, 'anna');
  const { live, next } = site.commits;
  const refs = await out(site, `git -C ${site.gitDir} for-each-ref`);
  const before = await snapshot(site);
  const planned = await pushAll(site, next, { command: 'plan' });
  expect(ended(planned)).toEqual(['passed', []]);
  expect(await snapshot(site)).toEqual(before);
  expect(await out(site, `git -C ${site.gitDir} for-each-ref`)).toBe(refs);

  expect(ended(await pushAll(site, next))).toEqual(['deployed', []]);
  expect([await site.head(), await anna.noticed()]).toEqual([next, null]);
  expect(ended(await pushAll(site, next))).toEqual(['already-live', []]);

  const was = await snapshot(site);
  const broken = await site.push({ [home]: brokenController }, 'Throw at home');
  expect(ended(await pushAll(site, broken))).toEqual(['rolled-back', ['site-unhealthy']]);
  expect(await snapshot(site)).toEqual(was);
  const syntax = await site.push({ [home]: '<?php class {' }, 'Break');
  expect(ended(await pushAll(site, syntax))).toEqual(['refused', ['syntax-error']]);
  expect(await snapshot(site)).toEqual(was);
  expect(await anna.noticed()).toBeNull();

  expect(ended(await pushAll(site, next, { command: 'rollback', to: live }))).toEqual([
    'deployed',
    [],
  ]);
  expect([await site.head(), await anna.noticed()]).toEqual([live, null]);
}

const large = { 'public/large.txt': randomBytes(9 * 1024 * 1024).toString('base64') };

/** Killed when a part of the bundle is there. */
async function killed(
  site: Site,
  commit: string,
  patience: RunOptions['patience'],
  andPost: boolean,
): Promise<RunResult> {
  using workspace = await checkedOut(site);
  let reach: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => (reach = resolve));
  return await pushed(
    site,
    commit,
    workspace,
    {},
    {
      onLine: (line) => {
        if (/^\d+ % of the bundle is there$/.test(line.trim())) reach();
      },
      cancelAfter: reached,
      andPost,
      ...(patience === undefined ? {} : { patience }),
    },
  );
}

async function interrupted(release: Release, strategy: Strategy): Promise<void> {
  await using server = await fresh(release, { strategy });
  const { site } = server;
  await closeRepository(site);
  const anna = await regularVisitor(site, 'anna');
  const before = await snapshot(site);
  const commit = await site.push(large, 'A large file');
  const missing = `git -C ${site.gitDir} cat-file -e ${commit} 2>/dev/null || echo missing`;

  const cancelled = await killed(site, commit, undefined, true);
  expect([...ended(cancelled), await out(site, missing)]).toEqual(['cancelled', [], 'missing']);
  expect(await snapshot(site)).toEqual(before);

  await killed(site, commit, { interrupt: 0, terminate: 0 }, true);
  expect([await snapshot(site), await out(site, missing)]).toEqual([before, 'missing']);

  // The runner is gone for good: the next deploy finds what it left.
  await killed(site, commit, { interrupt: 0, terminate: 0 }, false);
  expect(await out(site, `ls ${site.gitDir}/ci4-deploy/lock`)).toContain('bundle');
  await nicolas(site, `touch -d '10 minutes ago' ${site.gitDir}/ci4-deploy/lock/heartbeat`);
  const result = await pushAll(site, commit, { 'lock-wait': '2m' });
  expect(ended(result)).toEqual(['deployed', []]);
  expect(await out(site, `ls ${site.gitDir}/ci4-deploy`)).toBe('releases.jsonl');
  expect([await site.head(), await anna.noticed()]).toEqual([commit, null]);
}

/** What a shallow checkout can do, and what it cannot. */
async function shallow(release: Release): Promise<void> {
  await using server = await fresh(release);
  const { site } = server;
  await closeRepository(site);
  const anna = await regularVisitor(site, 'anna');
  {
    using workspace = await checkedOut(site, 1);
    expect(ended(await pushed(site, site.commits.next, workspace))).toEqual(['deployed', []]);
  }
  await site.push({ 'public/one.txt': 'one' }, 'One');
  const two = await site.push({ 'public/two.txt': 'two' }, 'Two');
  const before = await snapshot(site);
  using workspace = await checkedOut(site, 1);
  const refused = await pushed(site, two, workspace);
  expect(ended(refused)).toEqual(['refused', ['push-too-shallow']]);
  expect(remedyOf(refused, 'push-too-shallow')).toContain('fetch-depth: 0');
  expect(await snapshot(site)).toEqual(before);
  // What fetch-depth: 0 does.
  execFileSync('git', ['-C', workspace.folder, 'fetch', '-q', '--unshallow']);
  expect(ended(await pushed(site, two, workspace))).toEqual(['deployed', []]);
  expect([await site.head(), await anna.noticed()]).toEqual([two, null]);
}

/** What the runner lacks, and a disk that is full. */
async function refusals(release: Release): Promise<void> {
  await using server = await fresh(release);
  const { site } = server;
  await closeRepository(site);
  const anna = await regularVisitor(site, 'anna');
  const before = await snapshot(site);
  using workspace = await checkedOut(site);
  const { next } = site.commits;

  const empty = mkdtempSync(join(tmpdir(), 'ci4-deploy-empty-'));
  mkdirSync(join(empty, 'workspace'));
  const nothing = await pushed(site, next, { folder: join(empty, 'workspace') });
  const unknown = await pushed(site, 'b'.repeat(40), workspace);
  const gitless = await pushed(site, next, workspace, {}, { env: { PATH: empty } });
  rmSync(empty, { recursive: true });
  expect([ended(nothing), ended(unknown), ended(gitless)]).toEqual([
    ['refused', ['push-without-commit']],
    ['refused', ['push-without-commit']],
    ['refused', ['push-without-git']],
  ]);
  const commit = await site.push(large, 'A large file');
  using later = await checkedOut(site);
  await root(
    site,
    `cd ${site.path}/.git; mount -t tmpfs -o "size=$(($(du -sk objects | cut -f 1) + 2048))k,mode=777" tmpfs /mnt; cp -a objects /mnt/; mount --bind /mnt/objects objects`,
  );
  const full = await pushed(site, commit, later);
  await root(site, `umount ${site.path}/.git/objects /mnt`);
  expect(ended(full)).toEqual(['refused', ['disk-full']]);
  expect([await snapshot(site), await anna.noticed()]).toEqual([before, null]);
  for (const { folder } of [workspace, later])
    expect(readdirSync(dirname(folder)).sort()).toEqual(['bundle', 'whole', 'workspace']);
}

describe.each((await chosen()).map((release) => [release.version, release] as const))(
  'source: push on CodeIgniter %s',
  (_, release) => {
    test.each(strategies)(
      '%s: what a deploy does, without access to the repository',
      async (strategy) => {
        await asWithFetch(release, strategy);
      },
      300_000,
    );

    test.each(strategies)(
      '%s: cancelled and killed while the bundle is sent',
      async (strategy) => {
        await interrupted(release, strategy);
      },
      400_000,
    );

    test('a shallow checkout is enough where the server has the commit before', async () => {
      await shallow(release);
    }, 240_000);

    test('refused without git, without the commit, and where the disk is full', async () => {
      await refusals(release);
    }, 240_000);
  },
);
