import { quote } from '../server/command.ts';

/**
 * A line for the shell that takes lines out of `.env` and adds some at its end. The file stays the same one: sed -i makes
 * another, and its group, by which PHP-FPM reads it, may be lost.
 * @param drop an address of sed(1)
 */
export function editEnv(env: string, drop: string, ...added: readonly string[]): string {
  const lines = ['"$new"', ...added.map(quote)].join(' ');
  return `new=$(sed ${quote(`${drop}d`)} ${quote(env)}) && printf '%s\\n' ${lines} > ${quote(env)}`;
}

/** Gives one setting of `.env` a value. */
export function setEnv(env: string, name: string, value: string): string {
  return editEnv(env, `/^ *${name.replaceAll('.', '\\.')} *=/`, `${name} = ${value}`);
}
