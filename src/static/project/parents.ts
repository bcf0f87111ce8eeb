import { firstClass, type PhpClass } from '../program/class.ts';
import { parsePhp, PhpSyntaxError } from '../program/syntax.ts';
import type { NamespaceFolder } from './migrations.ts';
import type { Tree } from './tree.ts';

const framework = 'CodeIgniter\\Database\\Migration';
// More classes above each other than anybody writes.
const highest = 5;

/**
 * A migration with what it inherits from classes of the checkout. Where one of them is not there, it is as written.
 * @param folders namespaces of the application, and where they lie
 */
export async function withParents(
  own: PhpClass,
  tree: Tree,
  folders: readonly NamespaceFolder[],
  above = 0,
): Promise<PhpClass> {
  const { parent } = own;
  if (parent === null || parent === framework || above >= highest) return own;
  const direct = await classNamed(parent, tree, folders);
  if (direct === null) return own;
  const base = await withParents(direct, tree, folders, above + 1);
  return {
    ...own,
    parent: base.parent,
    methods: new Map([...base.methods, ...own.methods]),
    properties: new Map([...base.properties, ...own.properties]),
    constants: new Map([...base.constants, ...own.constants]),
    hasTraits: own.hasTraits || base.hasTraits,
  };
}

/** A class by its full name, where PSR-4 says that it lies. */
async function classNamed(
  full: string,
  tree: Tree,
  folders: readonly NamespaceFolder[],
): Promise<PhpClass | null> {
  for (const { namespace, folder } of folders) {
    if (!full.startsWith(`${namespace}\\`)) continue;
    const path = `${folder}${full.slice(namespace.length + 1).replaceAll('\\', '/')}.php`;
    const found = classIn(path, await tree.read(path));
    if (found !== null && `${found.namespace}\\${found.name}` === full) return found;
  }
  return null;
}

function classIn(path: string, text: string | null): PhpClass | null {
  try {
    return text === null ? null : firstClass(parsePhp(text, path));
  } catch (error) {
    if (error instanceof PhpSyntaxError) return null;
    throw error;
  }
}
