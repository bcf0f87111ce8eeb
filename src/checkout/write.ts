import { randomUUID } from 'node:crypto';
import { lstatSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A file that could not be written below the checkout. `message` says where and why. */
export class NotWritten extends Error {
  override readonly name = 'NotWritten';
}

/**
 * Writes a file whole: a new one beside it that nobody else had opened, renamed into its place. A link in that place is
 * replaced, never followed.
 */
export function writeWhole(file: string, text: string): void {
  const fresh = `${file}.${randomUUID()}`;
  try {
    writeFileSync(fresh, text, { flag: 'wx' });
    renameSync(fresh, file);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
}

/**
 * Writes a file below a folder, and never through a link that lies there: what is below may be a stranger's.
 * @throws NotWritten
 */
export function writeBelow(root: string, path: string, text: string): void {
  let folder = root;
  for (const name of dirname(path).split('/')) {
    if (name === '' || name === '.') continue;
    folder = join(folder, name);
    const found = lstatSync(folder, { throwIfNoEntry: false });
    if (name.toLowerCase() === '.git') throw new NotWritten(`${path} lies in git's own folder`);
    if (found === undefined) mkdirSync(folder);
    else if (!found.isDirectory())
      throw new NotWritten(`${path} was not written: ${name} is a link or a file in the checkout`);
  }
  try {
    writeWhole(join(root, path), text);
  } catch (error) {
    const { code = '' } = error as { code?: string };
    throw new NotWritten(`${path} was not written (${code})`);
  }
}
