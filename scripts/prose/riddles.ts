// Passive sentences that leave the reader to guess who does it: "it is said", "what was seen", "as it is meant".

const subject = 'it|that|this|what|which|they|these|those|all|all of them|nothing|everything';
const verb = 'said|meant|asked|known|believed|led|held|named|called|seen|taken|looked';
const be = 'is|are|was|were|has been|have been';

const riddle = new RegExp(
  `\\b(?:(?:${subject})\\s+(?:${be})\\s+(?:${verb})|(?:${be})\\s+said)\\b`,
  'giu',
);

/** The words of each such passive in a text. Who does it may follow: "is said by git" is none. */
export function riddles(text: string): readonly string[] {
  return [...text.matchAll(riddle)]
    .filter(({ 0: words, index }) => !/^\s+by\b/u.test(text.slice(index + words.length)))
    .map(([words]) => words.toLowerCase().replace(/\s+/g, ' '));
}
