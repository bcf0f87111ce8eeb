// Sentences of a text, and how many words each has.

const most = 25;

/** What does not end a sentence although it ends with a dot. */
const short = /\b(?:e\.g|i\.e|etc|vs|p\. ex|No)\.\s/g;

/** The sentences of a paragraph; code counts as one word. */
function sentences(paragraph: string): readonly string[] {
  const plain = paragraph
    .replace(/`[^`]*`/g, 'code')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/https?:\/\/\S+/g, 'address')
    .replace(short, ' ');
  return plain.split(/[.!?](?:["')*]*)(?=\s|$)/).map((one) => one.trim());
}

/** Words as a reader counts them: what holds a letter or a figure. */
function wordsOf(sentence: string): readonly string[] {
  return sentence.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
}

/** Those sentences of a paragraph that are too long, with their number of words. */
export function longSentences(
  paragraph: string,
): readonly { readonly sentence: string; readonly words: number }[] {
  return sentences(paragraph)
    .map((sentence) => ({ sentence, words: wordsOf(sentence).length }))
    .filter(({ words }) => words > most);
}
