// Words that only this project understands, and what the field says instead.

export const stopList: Readonly<Record<string, string>> = {
  told: 'reported, said, asked',
  ill: 'unhealthy',
  illness: 'health failure',
  mend: 'fix, repair',
  mended: 'fixed, repaired',
  mends: 'fixes',
  anew: 'again',
  wholly: 'completely',
  thereof: 'of it',
  befall: 'happen',
  befalls: 'happens',
  befallen: 'happened',
  'held against': 'compared with',
  'taken back': 'rolled back',
  'takes back': 'rolls back',
  'take back': 'roll back',
  'taking back': 'rolling back',
  'of before': 'previous',
  'the way back': 'the rollback',
  'signs of life': 'heartbeat',
  'sign of life': 'heartbeat',
  whoever: 'who, everybody who',
  house: 'project, repository',
  door: 'entry point',
  'forth and back': 'forward and back',
  hitherto: 'until now',
  thereby: 'by that',
  therein: 'in it',
  whereby: 'by which',
  whence: 'from where',
  henceforth: 'from now on',
  nought: 'nothing',
};

const pattern = new RegExp(`\\b(?:${Object.keys(stopList).join('|')})\\b`, 'giu');

/** The words of the list in a text; identifiers are read word by word. */
export function stopped(text: string): readonly string[] {
  const plain = text.replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2').replace(/[_-]/g, ' ');
  return [...plain.matchAll(pattern)].map(([word]) => word.toLowerCase());
}
