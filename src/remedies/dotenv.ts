import { quote } from '../server/command.ts';

/**
 * A line for the shell that takes lines out of `.env` and adds some at its end. The file stays the same one: sed -i makes
 * another, and its group, by which PHP-FPM reads it, may be lost. The new text is written elsewhere first, so that a full
 * disk loses nothing.
 * @param drop an address of sed(1)
 */
export function editEnv(env: string, drop: string, ...added: readonly string[]): string {
  // An end without a line feed gets one, or what is added would continue the last line.
  const edited = `sed -e ${quote(`${drop}d`)} -e '$a\\' ${quote(env)}`;
  const more = added.length === 0 ? '' : ` && printf '%s\\n' ${added.map(quote).join(' ')}`;
  const copy = '~/env.new';
  return `(umask 077 && { ${edited}${more}; } > ${copy}) && cat ${copy} > ${quote(env)} && rm ${copy}`;
}

/** Gives one setting of `.env` a value. */
export function setEnv(env: string, name: string, value: string): string {
  return editEnv(env, `/^ *${name.replaceAll('.', '\\.')} *=/`, `${name} = ${value}`);
}
