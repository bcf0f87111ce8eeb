import { masked } from './runner-masks.ts';
import type { Transcript } from './runner-transcript.ts';

// Shorter lines of a secret, as the last one of a key, also stand in innocent text.
const shortestPiece = 12;

/** Every place where one of the secrets can be read, whole, in part (a line of it) or encoded. */
export function findLeaks(
  secrets: readonly string[],
  transcript: Transcript,
  texts: ReadonlyMap<string, string>,
): string[] {
  return secrets.flatMap((secret, index) => {
    const forms = formsOf(secret);
    const where = [...inLog(forms, transcript), ...inTexts(forms, texts)];
    return where.map((place) => `secret ${index + 1} in ${place}`);
  });
}

function formsOf(secret: string): string[] {
  const whole = secret.trim();
  if (whole === '') return [];
  const lines = whole
    .split(/\r?\n/)
    .map((line) => line.trim())
    // The first and last line of a key are the same for everybody.
    .filter((line) => line.length >= shortestPiece && !line.startsWith('-----'));
  const encoded = [
    Buffer.from(secret).toString('base64'),
    Buffer.from(whole).toString('base64').replace(/=+$/, ''),
    encodeURIComponent(whole),
    JSON.stringify(whole).slice(1, -1),
  ];
  return [...new Set([whole, ...lines, ...encoded])];
}

function inLog(forms: readonly string[], { raw, masks }: Transcript): string[] {
  return raw.flatMap(({ text, masks: known, tellsMask }, index) => {
    const holds = (line: string): boolean => forms.some((form) => line.includes(form));
    if (tellsMask || !holds(unescaped(text))) return [];
    const visible = holds(masked(unescaped(text), masks.slice(0, known)));
    return [`log line ${index + 1}${visible ? '' : ' (only its mask hides it)'}`];
  });
}

function unescaped(line: string): string {
  return line.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}

function inTexts(forms: readonly string[], texts: ReadonlyMap<string, string>): string[] {
  return [...texts]
    .filter(([, text]) => forms.some((form) => text.includes(form)))
    .map(([name]) => name);
}
