import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { inParts } from './parts.ts';
import { NotPacked, type Packed, type Workspace } from '../plan/workspace.ts';

const run = promisify(execFile);

/**
 * The workspace of the job, as it lies on this machine.
 * @param directory where the application lies below it
 */
export function openWorkspace(workspace: string, directory: string): Workspace {
  const root = join(workspace, directory);
  return { pack: async (paths) => pack(root, paths) };
}

async function pack(root: string, paths: readonly string[]): Promise<Packed> {
  const missing = paths.filter((path) => !existsSync(join(root, path)));
  if (missing.length > 0) throw new NotPacked(missing, 'files are missing');
  const folder = await mkdtemp(join(tmpdir(), 'ci4-deploy-'));
  const remove = async (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const file = join(folder, 'files.tgz');
    await archive(root, file, paths);
    return await opened(file, remove);
  } catch (failure) {
    await remove();
    throw failure;
  }
}

async function archive(root: string, file: string, paths: readonly string[]): Promise<void> {
  const names = paths.map((path) => `./${path}`);
  // macOS adds files of its own to an archive unless this is set.
  const env = { PATH: process.env['PATH'] ?? '/usr/bin:/bin', COPYFILE_DISABLE: '1' };
  try {
    await run('tar', ['-czf', file, '-C', root, ...names], { env });
  } catch (failure) {
    const { stderr } = failure as { stderr?: unknown };
    const said = typeof stderr === 'string' ? stderr.trim() : '';
    throw new NotPacked([], said || String(failure), failure);
  }
}

async function opened(path: string, remove: () => Promise<void>): Promise<Packed> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return { ...(await inParts(path, remove)), sum: hash.digest('hex') };
}
