import { realpathSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { inParts } from './parts.ts';
import { bundleRef, SourceFailed, type Bundle, type Source } from '../steps/push/source.ts';
import { repositoryIn } from './checkout.ts';
import { gitIn, gitOf, type Git } from './git.ts';

/**
 * The repository that lies in the workspace, or around the application there.
 * @param directory where the application lies below the workspace
 */
export function openSource(workspace: string, directory: string): Source {
  const repository = async (): Promise<Repository> => find(workspace, directory);
  return {
    cutOff: async (commit) => cutOff(await repository(), commit),
    bundle: async (commit, known) => bundle(await repository(), commit, known),
  };
}

interface Repository {
  readonly git: Git;
  /** Absolute paths, as git says them. */
  readonly objects: string;
  /** The file that says where a shallow history is cut off; it may be missing. */
  readonly shallow: string;
}

async function find(workspace: string, directory: string): Promise<Repository> {
  const found = repositoryIn(realpathSync(workspace), directory);
  if (found === null) throw new SourceFailed({ kind: 'no checkout' });
  const { top } = found;
  return failing(async () => {
    const git = await gitOf(top);
    const place = async (name: string): Promise<string> =>
      resolve(top, await line(git, ['rev-parse', '--git-path', name]));
    return { git, objects: await place('objects'), shallow: await place('shallow') };
  });
}

/** Without git, and in git's own words. */
async function failing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (failure) {
    if (failure instanceof SourceFailed) throw failure;
    const { code, stderr } = failure as { code?: unknown; stderr?: unknown };
    if (code === 'ENOENT') throw new SourceFailed({ kind: 'no git' }, failure);
    const said = Buffer.isBuffer(stderr) ? stderr.toString('utf8').trim() : '';
    throw new SourceFailed({ kind: 'other', problem: said || String(failure) }, failure);
  }
}

async function line(git: Git, args: readonly string[]): Promise<string> {
  return (await git(args)).toString('utf8').trim();
}

/** Those of the commits that are there. Of others git says "missing", and ends with 0. */
async function present(git: Git, commits: readonly string[]): Promise<readonly string[]> {
  const asked = commits.map((one) => `${one}\n`).join('');
  const said = (await git(['cat-file', '--batch-check'], asked)).toString('utf8');
  return [...said.matchAll(/^([0-9a-f]+) commit /gm)].map(([, id = '']) => id);
}

async function cutOff({ git, shallow }: Repository, commit: string): Promise<readonly string[]> {
  return failing(async () => {
    const [there] = await present(git, [commit]);
    if (there === undefined) throw new SourceFailed({ kind: 'no commit' });
    const ends = await lines(shallow);
    if (ends.length === 0) return [];
    const history = new Set((await line(git, ['rev-list', commit])).split('\n'));
    const parents = ends.filter((one) => history.has(one)).map(async (one) => parentsOf(git, one));
    return [...new Set((await Promise.all(parents)).flat())];
  });
}

/** As the commit itself names them, wherever the history was cut off. */
async function parentsOf(git: Git, commit: string): Promise<readonly string[]> {
  const [head = ''] = (await git(['cat-file', 'commit', commit])).toString('utf8').split('\n\n');
  return [...head.matchAll(/^parent ([0-9a-f]+)$/gm)].map(([, id = '']) => id);
}

async function lines(file: string): Promise<readonly string[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.split('\n').filter((one) => one !== '');
}

/**
 * A bundle names its commit by a ref. That one is made in a repository beside the workspace, which borrows the objects.
 * So any commit can be sent, and the workspace stays as it is.
 */
async function bundle(
  { git, objects, shallow }: Repository,
  commit: string,
  known: readonly string[],
): Promise<Bundle> {
  const folder = await mkdtemp(join(tmpdir(), 'ci4-deploy-'));
  const remove = async (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    return await failing(async () => {
      const beside = gitIn(folder);
      const format = await line(git, ['rev-parse', '--show-object-format']);
      await beside(['init', '--quiet', '--bare', `--object-format=${format}`]);
      await writeFile(join(folder, 'objects/info/alternates'), `${objects}\n`);
      const ends = await lines(shallow);
      if (ends.length > 0) await writeFile(join(folder, 'shallow'), `${ends.join('\n')}\n`);
      await beside(['update-ref', bundleRef, commit]);
      const there = await present(git, known);
      const wanted = [bundleRef, ...there.map((one) => `^${one}`)];
      const file = join(folder, 'bundle');
      await beside(['bundle', 'create', '--quiet', file, '--stdin'], `${wanted.join('\n')}\n`);
      return await inParts(file, remove);
    });
  } catch (failure) {
    await remove();
    throw failure;
  }
}
