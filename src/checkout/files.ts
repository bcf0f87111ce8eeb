import { closeSync, constants, fstatSync, openSync, opendirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { LeftOut, Tree } from '../static/project/tree.ts';
import { followOnDisk, notReadable } from './disk.ts';
import { circle, irregular } from './follow.ts';

/** What is read of a checkout at most; an application of a thousand migrations stays far below. */
export interface Limits {
  /** Bytes of one file. */
  readonly file: number;
  /** Bytes of all files. */
  readonly all: number;
  /** Files and folders that are listed. */
  readonly entries: number;
  /** Folders in folders. */
  readonly depth: number;
}

/** Limits for a checkout of any size that a person would read. */
export const usualLimits: Limits = {
  file: 4 * 1024 * 1024,
  all: 64 * 1024 * 1024,
  entries: 20_000,
  depth: 32,
};

/** The files of an application below a checkout, links followed as PHP follows them, but never out of it. */
export class Files implements Tree {
  readonly #root: string;
  readonly #directory: string;
  readonly #limits: Limits;
  readonly #leftOut = new Map<string, string>();
  readonly #texts = new Map<string, string>();
  #bytes = 0;
  #entries = 0;

  /**
   * @param root the checkout, a path without links
   * @param directory where the application lies below it; `.` for the checkout itself
   */
  constructor(root: string, directory: string, limits = usualLimits) {
    this.#root = root;
    this.#directory = directory;
    this.#limits = limits;
  }

  get leftOut(): readonly LeftOut[] {
    return [...this.#leftOut].map(([file, why]) => ({ file, why }));
  }

  async read(path: string): Promise<string | null> {
    const lead = followOnDisk(this.#root, `${this.#directory}/${path}`);
    if (lead.kind === 'refused') return this.#leave(path, lead.why);
    if (lead.kind !== 'file') return null;
    const known = this.#texts.get(lead.real);
    if (known !== undefined) return known;
    const text = this.#textOf(join(this.#root, lead.real));
    if (typeof text === 'object') return this.#leave(path, text.why);
    this.#texts.set(lead.real, text);
    return text;
  }

  async list(folder: string): Promise<readonly string[]> {
    const path = folder.replace(/\/+$/, '');
    const lead = followOnDisk(this.#root, `${this.#directory}/${path}`);
    if (lead.kind === 'refused') this.#leave(path, lead.why);
    return lead.kind === 'folder' ? this.#walk(path, lead.real, [lead.real]) : [];
  }

  /** @param above the real folders that lead here: one of them again is a circle */
  #walk(path: string, real: string, above: readonly string[]): readonly string[] {
    const found: string[] = [];
    for (const name of this.#names(path, real)) {
      const below = `${path}/${name}`;
      const lead = followOnDisk(this.#root, `${real}/${name}`);
      if (lead.kind === 'file') found.push(below);
      else if (lead.kind === 'refused') this.#leave(below, lead.why);
      else if (lead.kind === 'absent') this.#leave(below, 'it is a link that leads to nothing');
      else if (above.includes(lead.real)) this.#leave(below, circle);
      else if (above.length >= this.#limits.depth)
        this.#leave(below, `more than ${this.#limits.depth} folders lie in each other there`);
      else found.push(...this.#walk(below, lead.real, [...above, lead.real]));
    }
    return found;
  }

  #names(path: string, real: string): readonly string[] {
    const names: string[] = [];
    try {
      const folder = opendirSync(join(this.#root, real));
      try {
        for (let one = folder.readSync(); one !== null; one = folder.readSync()) {
          if (++this.#entries > this.#limits.entries) {
            const { entries } = this.#limits;
            this.#leave(
              path,
              `more than ${entries} files and folders were found, and the others were left`,
            );
            break;
          }
          // That of a submodule, which is none of its files.
          if (one.name !== '.git') names.push(one.name);
        }
      } finally {
        folder.closeSync();
      }
    } catch (error) {
      this.#leave(path, notReadable(error));
    }
    return names.toSorted();
  }

  #textOf(whole: string): string | { readonly why: string } {
    let file: number;
    try {
      // What it was a moment ago it may no longer be: no link is followed, and no pipe is waited for.
      file = openSync(whole, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    } catch (error) {
      return { why: notReadable(error) };
    }
    try {
      const found = fstatSync(file);
      if (!found.isFile()) return { why: irregular };
      const { file: most, all } = this.#limits;
      if (found.size > most) return { why: `it is larger than ${most / 1024} KiB` };
      if (this.#bytes + found.size > all)
        return { why: `with it, all files read would be larger than ${all / 1024} KiB` };
      this.#bytes += found.size;
      const bytes = Buffer.alloc(found.size);
      return bytes.subarray(0, readSync(file, bytes, 0, found.size, 0)).toString('utf8');
    } finally {
      closeSync(file);
    }
  }

  #leave(path: string, why: string): null {
    if (!this.#leftOut.has(path)) this.#leftOut.set(path, why);
    return null;
  }
}
