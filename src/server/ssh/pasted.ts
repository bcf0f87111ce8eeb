/**
 * A private key as its file has it, from what became of it in a secret. It may have line ends of Windows, quotes around it,
 * or blanks before each line. Its line feeds may be blanks or `\\n`. Or all of it is Base64.
 * @returns the text as it is where none of these is certain
 */
export function repaired(pasted: string): string {
  const text = unquoted(pasted.replace(/\r\n?/g, '\n').trim());
  const whole = decoded(text) ?? text;
  const lines = (whole.includes('\n') ? whole : whole.replaceAll('\\n', '\n')).split('\n');
  return `${inLines(
    lines
      .map((line) => line.trim())
      .join('\n')
      .trim(),
  )}\n`;
}

function unquoted(text: string): string {
  const inside = /^(["'])(.*)\1$/s.exec(text)?.[2];
  return inside?.trim() ?? text;
}

/** Base64 of a whole file of a key; null for anything else. */
function decoded(text: string): string | null {
  if (!/^[A-Za-z0-9+/\s]+=*\s*$/.test(text)) return null;
  const file = Buffer.from(text, 'base64').toString('utf8').trim();
  return file.startsWith('-----BEGIN') ? file : null;
}

/** A key on one line, its line feeds turned into blanks. */
function inLines(text: string): string {
  const [, begin = '', body = '', end = ''] =
    /^(-----BEGIN [A-Z ]+-----) +([A-Za-z0-9+/= ]+?) +(-----END [A-Z ]+-----)$/.exec(text) ?? [];
  return begin === '' ? text : [begin, ...body.split(/ +/), end].join('\n');
}
