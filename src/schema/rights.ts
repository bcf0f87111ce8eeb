/** Rights an account has on one schema, as far as SHOW GRANTS tells. */
export interface Rights {
  /** Names in capitals; `ALL PRIVILEGES` stands for every one. */
  readonly onSchema: ReadonlySet<string>;
  /** By table. */
  readonly onTable: ReadonlyMap<string, ReadonlySet<string>>;
  /** Something in the grants can give or take rights that the lines do not name: roles, revocations. */
  readonly uncertain: boolean;
}

/**
 * Reads the lines of SHOW GRANTS, which MySQL and MariaDB write alike:
 * GRANT rights ON *.* or `schema`.* or `schema`.`table` TO account (MySQL Reference Manual, SHOW GRANTS Statement).
 */
export function readGrants(lines: readonly string[], schema: string): Rights {
  const onSchema = new Set<string>();
  const onTable = new Map<string, Set<string>>();
  for (const line of lines) {
    const grant = granted(line);
    const table = grant === null ? null : tableOf(grant.on, schema);
    if (grant === null || table === null) continue;
    const into = table === '*' ? onSchema : (onTable.get(table) ?? new Set());
    for (const right of named(grant.rights)) into.add(right);
    if (table !== '*') onTable.set(table, into);
  }
  return { onSchema, onTable, uncertain: lines.some(isUncertain) };
}

function granted(line: string): { readonly rights: string; readonly on: string } | null {
  const pattern = /^GRANT (.+?) ON (?!PROCEDURE |FUNCTION |PACKAGE )(.+?) TO /;
  const [, rights, on] = pattern.exec(line) ?? [];
  return rights === undefined || on === undefined ? null : { rights, on };
}

/** A role, or REVOKE of a part of a global right. */
function isUncertain(line: string): boolean {
  return granted(line) === null && !/^GRANT (EXECUTE|PROXY)\b/.test(line);
}

/** The table a grant is about, `*` for all of the schema, null for another schema. */
function tableOf(on: string, schema: string): string | null {
  if (on === '*.*') return '*';
  const [, pattern = '', table = ''] = /^`?((?:[^`]|``)+?)`?\.(.+)$/.exec(on) ?? [];
  if (!matches(pattern.replaceAll('``', '`'), schema)) return null;
  return table === '*' ? '*' : table.replace(/^`|`$/g, '');
}

/** A schema in a grant is a pattern: `_` and `%` are wildcards unless a backslash stands before them. */
function matches(pattern: string, schema: string): boolean {
  const source = pattern.replaceAll(/\\([_%\\])|([_%])|[^\w]/g, (sign, escaped, wild) => {
    if (wild !== undefined) return wild === '%' ? '.*' : '.';
    return `\\${escaped ?? sign}`.replace(/^\\_$/, '_').replace(/^\\%$/, '%');
  });
  return new RegExp(`^${source}$`, 'i').test(schema);
}

/** A right on columns alone is none on the table. */
function named(rights: string): readonly string[] {
  return rights
    .replaceAll(/[A-Z ]+\([^)]*\)/g, '')
    .split(',')
    .map((right) => right.trim().toUpperCase())
    .filter((right) => right !== '');
}

/** Of these rights, those the account has not. With `table` a right on that table counts too. Empty where nothing certain can be said. */
export function missingRights(
  { onSchema, onTable, uncertain }: Rights,
  needed: readonly string[],
  table?: string,
): readonly string[] {
  if (uncertain || onSchema.has('ALL PRIVILEGES')) return [];
  const own = table === undefined ? undefined : onTable.get(table);
  if (own?.has('ALL PRIVILEGES') === true) return [];
  return needed.filter((right) => !onSchema.has(right) && own?.has(right) !== true);
}
