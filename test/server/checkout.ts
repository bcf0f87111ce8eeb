import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Site } from '../rig/kayart.ts';

/** A checkout of the job, as actions/checkout makes one. */
export interface Workspace extends Disposable {
  readonly folder: string;
}

/**
 * The repository of the site as the runner has it, with its main branch checked out.
 * @param depth as `fetch-depth` of actions/checkout; 0 for the whole history
 */
export async function checkedOut(site: Site, depth = 0): Promise<Workspace> {
  const root = mkdtempSync(join(tmpdir(), 'ci4-deploy-checkout-'));
  const [bundle, whole, folder] = ['bundle', 'whole', 'workspace'].map((one) => join(root, one));
  if (bundle === undefined || whole === undefined || folder === undefined) throw new Error('never');
  const script = 'git -c safe.directory="*" -C /srv/git/kayart.git bundle create - main | base64';
  const { stdout } = await site.machine.exec(['sh', '-c', script]);
  execFileSync('sh', ['-c', 'base64 -d >"$1"', 'sh', bundle], { input: stdout });
  execFileSync('git', ['clone', '-q', '--bare', '-b', 'main', bundle, whole]);
  const shallow = depth === 0 ? [] : ['--depth', String(depth)];
  // It brings no files of Git LFS unless it is asked for them.
  const env = { ...process.env, GIT_LFS_SKIP_SMUDGE: '1' };
  execFileSync('git', ['clone', '-q', ...shallow, `file://${whole}`, folder], { env });
  const remove = (): void => {
    rmSync(root, { recursive: true, force: true });
  };
  return { folder, [Symbol.dispose]: remove };
}
