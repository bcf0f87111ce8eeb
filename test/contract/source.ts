import { describe, expect, test } from '@jest/globals';
import type { Bundle, Source } from '../../src/steps/push/source.ts';

/** A workspace with three commits in a line, or with the newest alone. */
export interface Subject extends Disposable {
  readonly source: Source;
  /** The oldest first. */
  readonly commits: readonly [string, string, string];
}

/** Everything of a bundle, in parts of that length. */
export async function content(bundle: Bundle, part: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for (let from = 0; from < bundle.bytes; from += part) parts.push(await bundle.read(from, part));
  return Buffer.concat(parts);
}

/** What every source of commits does. */
export function sourceContract(
  name: string,
  make: (history: 'whole' | 'newest alone') => Subject,
): void {
  describe(name, () => {
    test('nothing is cut off of a whole history', async () => {
      using subject = make('whole');
      expect(await subject.source.cutOff(subject.commits[2])).toEqual([]);
    });

    test('of a shallow one the parents that are missing are', async () => {
      using subject = make('newest alone');
      const [, middle, newest] = subject.commits;
      expect(await subject.source.cutOff(newest)).toEqual([middle]);
    });

    test('a commit that is not there cannot be sent', async () => {
      using subject = make('whole');
      await expect(subject.source.cutOff('e'.repeat(40))).rejects.toMatchObject({
        fault: { kind: 'no commit' },
      });
    });

    test('a bundle is as long as it says, read in any parts, and ends there', async () => {
      using subject = make('whole');
      await using bundle = await subject.source.bundle(subject.commits[2], []);
      expect(bundle.bytes).toBeGreaterThan(0);
      const whole = await content(bundle, bundle.bytes);
      expect(whole.length).toBe(bundle.bytes);
      expect((await content(bundle, 7)).equals(whole)).toBe(true);
      expect((await bundle.read(bundle.bytes, 10)).length).toBe(0);
    });

    test('it is shorter for who has the commits before; unknown ones do not count', async () => {
      using subject = make('whole');
      const [, middle, newest] = subject.commits;
      await using all = await subject.source.bundle(newest, ['d'.repeat(40)]);
      await using part = await subject.source.bundle(newest, ['d'.repeat(40), middle]);
      expect(part.bytes).toBeLessThan(all.bytes);
    });
  });
}
