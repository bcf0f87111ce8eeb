/** The parts of a text between separators, empty ones left out. */
export function entries(text: string, separator: string): readonly string[] {
  return text.split(separator).filter((part) => part !== '');
}

/** Some names of a list that may be long. */
export function some(names: readonly string[]): string {
  const rest = names.length > 10 ? ` and ${names.length - 10} more` : '';
  return names.slice(0, 10).join(', ') + rest;
}
