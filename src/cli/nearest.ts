/** How many letters have to be added, taken away or changed to make one word of the other (Levenshtein). */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [line, letter] of Array.from(one).entries()) {
    const next = [line + 1];
    for (const [at, wanted] of Array.from(other).entries()) {
      const changed = (row[at] ?? 0) + (letter === wanted ? 0 : 1);
      next.push(Math.min(changed, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}

/** The word that was meant, where one is so near that only a slip of the fingers lies between. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const near = known.map((one) => ({ one, far: distance(word, one) }));
  const [best] = near.toSorted((a, b) => a.far - b.far);
  return best !== undefined && best.far <= Math.min(2, word.length / 2) ? best.one : undefined;
}
