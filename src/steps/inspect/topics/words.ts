/** The parts of a text between separators, empty ones left out. */
export function entries(text: string, separator: string): readonly string[] {
  return text.split(separator).filter((part) => part !== '');
}

/** What stands behind a word, of the lines that begin with it and a space. */
export function after(word: string, lines: readonly string[]): readonly string[] {
  return lines
    .filter((line) => line.startsWith(`${word} `))
    .map((line) => line.slice(word.length + 1));
}

/** Some names of a list that may be long. */
export function some(names: readonly string[]): string {
  const rest = names.length > 10 ? ` and ${names.length - 10} more` : '';
  return names.slice(0, 10).join(', ') + rest;
}
