import { fullName, type Names, type PhpClass } from '../program/class.ts';
import type { Node } from '../program/syntax.ts';

// Fields of php-parser that say how something is written, and not what it does. Types and visibility only refuse.
const style = new Set([
  ...['loc', 'raw', 'isDoubleQuote', 'shortForm', 'curly', 'parenthesizedExpression', 'unicode'],
  ...['type', 'nullable', 'visibility', 'visibilitySet', 'isFinal', 'readonly', 'isReadonly'],
  ...['attrGroups', 'hooks', 'leadingComments', 'trailingComments', 'implements'],
]);

/**
 * Whether two versions of a migration do the same where they run, however they are written: white space, comments,
 * types, imports, the order of methods. A down() that is corrected counts on every server: it is the one that runs.
 */
export function doTheSame(one: PhpClass, other: PhpClass): boolean {
  return essence(one) === essence(other);
}

function essence({
  namespace,
  name,
  parent,
  methods,
  properties,
  constants,
  names,
}: PhpClass): string {
  const members = [methods, properties, constants].map((all) =>
    [...all]
      .filter(([member]) => member !== 'down')
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([member, node]) => [member, bare(node, names)]),
  );
  return JSON.stringify([namespace, name, parent, members]);
}

/**
 * A node without its style, with full names of classes. In a text a new line with its indentation is a blank, as it is
 * to SQL.
 */
export function bare(value: unknown, names: Names): unknown {
  if (Array.isArray(value)) {
    return value.filter((one) => !isNothing(one)).map((one) => bare(one, names));
  }
  if (typeof value === 'string') return value.replaceAll(/\s*\n\s*/g, ' ');
  if (typeof value !== 'object' || value === null) return value;
  const node = value as Node;
  // Functions fall back to those of PHP, which have no namespace; both versions are read alike.
  if (node.kind === 'name') return ['name', fullName(node, names).toLowerCase()];
  return Object.entries(node)
    .filter(([field]) => !style.has(field))
    .map(([field, one]) => [field, bare(one, names)]);
}

function isNothing(value: unknown): boolean {
  return typeof value === 'object' && value !== null && (value as Node).kind === 'noop';
}
