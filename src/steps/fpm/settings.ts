import type { Pool } from '../../app/pool.ts';

/** What a reload and its visitors depend on, out of the configuration of PHP-FPM. */
export interface FpmSettings {
  /** Seconds that running requests get at a reload (process_control_timeout). */
  readonly controlTimeout: number;
  readonly pools: readonly Pool[];
}

/**
 * Reads the configuration as `php-fpm -tt` prints it. Environment variables stand there too and may be secrets: nothing
 * but the few settings named here leaves this function.
 * @returns null when the text holds no configuration
 */
export function readSettings(text: string): FpmSettings | null {
  const sections = sectionsOf(text);
  const global = sections.get('global');
  if (global === undefined) return null;
  sections.delete('global');
  return {
    controlTimeout: Number.parseInt(global.get('process_control_timeout') ?? '0', 10),
    pools: [...sections].map(([name, values]) => ({
      name,
      user: values.get('user') ?? '',
      listen: values.get('listen') ?? '',
      ...named('group', values.get('group')),
      ...named('socketGroup', values.get('listen.group')),
      maxChildren: Number(values.get('pm.max_children') ?? 0),
    })),
  };
}

/** php-fpm -tt calls what is not set `undefined`. */
function named<Name extends 'group' | 'socketGroup'>(
  name: Name,
  value: string | undefined,
): Partial<Record<Name, string>> {
  const set = value !== undefined && value !== '' && value !== 'undefined';
  return set ? ({ [name]: value } as Record<Name, string>) : {};
}

function sectionsOf(text: string): Map<string, Map<string, string>> {
  const sections = new Map<string, Map<string, string>>();
  let current = new Map<string, string>();
  for (const line of text.split('\n')) {
    const reported = /NOTICE: \s*(.*)$/.exec(line)?.[1] ?? '';
    const title = /^\[(.+)\]$/.exec(reported)?.[1];
    if (title !== undefined) {
      current = new Map();
      sections.set(title, current);
    }
    const [, name, value] = /^([a-z][a-z_.]*) = (.*)$/.exec(reported) ?? [];
    if (name !== undefined) current.set(name, value ?? '');
  }
  return sections;
}
