import type { Site } from '../rig/kayart.ts';
import { commitByHand } from './breakages.ts';

/** A commit with a large file of this letter in Git LFS, which its developer has. Answers it. */
export async function withLarge(site: Site, letter: string, more = 'true'): Promise<string> {
  const file = `head -c 100000 /dev/zero | tr '\\0' ${letter} >public/large.bin`;
  const said = await commitByHand(
    site,
    `git lfs install --local >/dev/null; git lfs track 'public/*.bin' >/dev/null; ${file}; ${more}; git add -A`,
  );
  // Git LFS says what it sends.
  return said.split('\n').at(-1) ?? '';
}

/** What visitors get of it: a letter and how often, or the pointer. */
export async function served(site: Site): Promise<string> {
  const { body } = await site.get('/large.bin');
  return /^(.)\1*$/.test(body) ? `${body.length} ${body.slice(0, 1)}` : body.slice(0, 40);
}
