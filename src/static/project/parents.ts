import { firstClass, type PhpClass } from '../program/class.ts';
import { parsedPhp } from '../program/syntax.ts';
import type { NamespaceFolder } from './migrations.ts';
import type { Tree } from './tree.ts';

const framework = 'CodeIgniter\\Database\\Migration';
// More classes above each other than anybody writes.
const highest = 5;

/**
 * A migration with what it takes from classes and traits of the checkout. Where one of them is not there, it is as
 * written.
 * @param folders namespaces of the application, and where they lie
 */
export async function withParents(
  own: PhpClass,
  tree: Tree,
  folders: readonly NamespaceFolder[],
  height = 0,
): Promise<PhpClass> {
  const whole = await withTraits(own, tree, folders, height);
  const { parent } = whole;
  if (parent === null || parent === framework || height >= highest) return whole;
  const direct = await named(parent, 'class', tree, folders);
  if (direct === null) return whole;
  const above = await withParents(direct, tree, folders, height + 1);
  // In a trait, parent:: is the parent of the class that uses it.
  const inherited = [...whole.inherited].map(([name, from]) => [name, { ...from, above }] as const);
  const below = { ...whole, inherited: new Map(inherited) };
  return { ...joined(below, above), parent: above.parent, above };
}

/** What the class says itself is stronger than its traits. */
async function withTraits(
  own: PhpClass,
  tree: Tree,
  folders: readonly NamespaceFolder[],
  height: number,
): Promise<PhpClass> {
  if (own.takesMore || height >= highest) return own;
  let whole = own;
  for (const name of own.traits) {
    const direct = await named(name, 'trait', tree, folders);
    if (direct === null) return { ...own, takesMore: true };
    whole = joined(whole, await withTraits(direct, tree, folders, height + 1));
  }
  return { ...whole, traits: [] };
}

/** A class with what it does not say itself. */
function joined(own: PhpClass, other: PhpClass): PhpClass {
  const fresh = [...other.methods.keys()].filter((name) => !own.methods.has(name));
  const from = fresh.map((name) => [name, other.inherited.get(name) ?? other] as const);
  return {
    ...own,
    methods: new Map([...other.methods, ...own.methods]),
    properties: new Map([...other.properties, ...own.properties]),
    constants: new Map([...other.constants, ...own.constants]),
    takesMore: own.takesMore || other.takesMore || other.traits.length > 0,
    inherited: new Map([...from, ...own.inherited]),
  };
}

/** A class or trait by its full name, where PSR-4 says that it lies. */
async function named(
  full: string,
  kind: 'class' | 'trait',
  tree: Tree,
  folders: readonly NamespaceFolder[],
): Promise<PhpClass | null> {
  for (const { namespace, folder } of folders) {
    if (!full.startsWith(`${namespace}\\`)) continue;
    const path = `${folder}${full.slice(namespace.length + 1).replaceAll('\\', '/')}.php`;
    const found = firstIn(path, kind, await tree.read(path));
    if (found !== null && `${found.namespace}\\${found.name}` === full) return found;
  }
  return null;
}

function firstIn(path: string, kind: 'class' | 'trait', text: string | null): PhpClass | null {
  const program = text === null ? null : parsedPhp(text, path);
  return program === null ? null : firstClass(program, kind);
}
