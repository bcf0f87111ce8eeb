import { open } from 'node:fs/promises';
import type { FileInParts } from '../plan/workspace.ts';

/**
 * Opens a file.
 * @param remove removes it, and what lies around it
 */
export async function inParts(path: string, remove: () => Promise<void>): Promise<FileInParts> {
  const file = await open(path);
  const { size } = await file.stat();
  return {
    bytes: size,
    read: async (from, most) => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(most), 0, most, from);
      return buffer.subarray(0, bytesRead);
    },
    [Symbol.asyncDispose]: async () => {
      await file.close();
      await remove();
    },
  };
}
