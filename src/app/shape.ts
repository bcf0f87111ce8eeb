import * as v from 'valibot';

/** The answer of a program on the server has not the shape we agreed on: another nonce's text, or our two halves do not match. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

/** Text. */
export const text = v.string();
/** A whole number that JavaScript holds exactly. */
export const whole = v.pipe(v.number(), v.safeInteger());
/** True or false. */
export const flag = v.boolean();

/** An object with these fields; more fields are let pass, so that the two halves may be of different age. */
export function object<const E extends v.ObjectEntries>(entries: E) {
  return v.pipe(v.object(entries), v.readonly());
}

/** A list of what `item` says. */
export function list<const S extends v.GenericSchema>(item: S) {
  return v.pipe(v.array(item), v.readonly());
}

/** That, or null. A field that is left out is neither. */
export const orNull = v.nullable;

const words: Readonly<Record<string, string>> = {
  string: 'is not text',
  number: 'is not a whole number',
  safe_integer: 'is not a whole number',
  boolean: 'is not true or false',
  array: 'is not a list',
  object: 'is no object',
};

/**
 * Reads a value from outside by its shape.
 * @throws Unreadable with the full name of the field that is not as agreed; never with its value, which may be a password
 */
export function read<S extends v.GenericSchema>(shape: S, value: unknown): v.InferOutput<S> {
  const parsed = v.safeParse(shape, value, { abortEarly: true });
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const missing = issue.received === 'undefined';
  throw new Unreadable(
    `${nameOf(issue)} ${missing ? 'is missing' : (words[issue.type] ?? 'is not as agreed')}`,
  );
}

/** `migrations[0].down`. */
function nameOf({ path }: v.BaseIssue<unknown>): string {
  const keys = (path ?? []).map(({ key }) =>
    typeof key === 'number' ? `[${key}]` : `.${String(key)}`,
  );
  return keys.join('').replace(/^\./, '') || 'the answer';
}
