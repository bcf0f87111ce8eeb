import { Engine } from 'php-parser';

/** A node of the syntax tree as php-parser gives it: the kinds that are looked at, and only their fields that are. */
export interface Node {
  readonly kind: string;
  readonly loc: { readonly start: { readonly line: number } } | null;
  readonly [field: string]: unknown;
}

/** A file that PHP could not read either, with the line it says. */
export class PhpSyntaxError extends Error {
  override readonly name = 'PhpSyntaxError';
  readonly line: number;
  constructor(message: string, line: number, cause: unknown) {
    super(message, { cause });
    this.line = line;
  }
}

/** Code that is nested more deeply than the parser can follow; PHP may well read it. */
export class NestedTooDeeply extends Error {
  override readonly name = 'NestedTooDeeply';
}

// The newest grammar: it reads all older code too, and without it the operators of PHP 8.5 are errors.
const newest = '8.5';

function engineOf(version: string): Engine {
  return new Engine({
    parser: { version, extractDoc: false, suppressErrors: false },
    ast: { withPositions: true },
  });
}

const engine = engineOf(newest);

/**
 * Reads one PHP file.
 * @param version of PHP, as `8.1`; an old one refuses much of what is newer, and never what it reads itself
 * @throws PhpSyntaxError where it is not PHP, NestedTooDeeply where nobody can tell
 */
export function parsePhp(source: string, file: string, version = newest): Node {
  try {
    return (version === newest ? engine : engineOf(version)).parseCode(
      source,
      file,
    ) as unknown as Node;
  } catch (error) {
    if (error instanceof RangeError) throw new NestedTooDeeply();
    const { lineNumber } = error as { lineNumber?: unknown };
    const line = typeof lineNumber === 'number' ? lineNumber : 1;
    const message = error instanceof Error ? error.message : String(error);
    throw new PhpSyntaxError(message.replace(/ on line \d+$/, ''), line, error);
  }
}

/** Reads one PHP file; null for what cannot be read. */
export function parsedPhp(source: string, file: string): Node | null {
  try {
    return parsePhp(source, file);
  } catch (error) {
    if (error instanceof PhpSyntaxError || error instanceof NestedTooDeeply) return null;
    throw error;
  }
}

/** Line of a node; 1 where it has none. */
export function lineOf(node: Node): number {
  return node.loc?.start.line ?? 1;
}

/** A field that holds a node, or null. */
export function child(node: Node, field: string): Node | null {
  const found = node[field];
  return isNode(found) ? found : null;
}

/** A field that holds nodes; empty where it holds anything else. */
export function children(node: Node, field: string): readonly Node[] {
  const found = node[field];
  return Array.isArray(found) ? found.filter(isNode) : [];
}

/** A field that holds a name: text, or a node with the text in its own `name`. */
export function nameIn(node: Node, field: string): string | null {
  const found = node[field];
  if (typeof found === 'string') return found;
  return isNode(found) && typeof found['name'] === 'string' ? found['name'] : null;
}

/** The name of a member that is written down; null for `$object->$name` and its like. */
export function memberName(node: Node): string | null {
  const found = child(node, 'offset');
  return found?.kind === 'identifier' ? nameIn(node, 'offset') : null;
}

/** The name of a variable; null for `$$name`. */
export function variableName(node: Node): string | null {
  const { name } = node;
  return node.kind === 'variable' && typeof name === 'string' ? name : null;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'kind' in value;
}
