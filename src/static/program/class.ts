import { child, children, lineOf, nameIn, type Node } from './syntax.ts';

/** The first class of a file, as the framework's locator takes it (FileLocator::getClassname). */
export interface PhpClass {
  readonly name: string;
  readonly namespace: string;
  readonly line: number;
  /** Fully qualified; null without `extends`. */
  readonly parent: string | null;
  readonly methods: ReadonlyMap<string, Node>;
  /** Values of constants and of properties, still as nodes; a property without one has null. */
  readonly constants: ReadonlyMap<string, Node>;
  readonly properties: ReadonlyMap<string, Node | null>;
  /** Traits that it uses, by their full names. */
  readonly traits: readonly string[];
  /** It takes methods of traits under other names, or takes methods from where they are not read. */
  readonly takesMore: boolean;
  readonly names: Names;
  /** The class that it extends, where that is read too. */
  readonly above: PhpClass | null;
  /** Where methods come from that are not written in this class; by their names in lower case. */
  readonly inherited: ReadonlyMap<string, PhpClass>;
}

/** What names in a file mean. */
export interface Names {
  readonly namespace: string;
  /** Alias in lower case to the full name, without a backslash in front. */
  readonly imports: ReadonlyMap<string, string>;
}

/** The first named class of a file, or the first trait; null when it has none. */
export function firstClass(program: Node, wanted: 'class' | 'trait' = 'class'): PhpClass | null {
  for (const { statements, namespace } of spaces(program)) {
    const found = statements.find(({ kind }) => kind === wanted);
    if (found === undefined) continue;
    return read(found, { namespace, imports: imports(statements) });
  }
  return null;
}

/** A class name as it is written, made full. */
export function fullName(node: Node, names: Names): string {
  const written = nameIn(node, 'name') ?? '';
  if (node['resolution'] === 'fqn' || written.startsWith('\\')) return written.replace(/^\\/, '');
  const [first = '', ...rest] = written.split('\\');
  const imported = names.imports.get(first.toLowerCase());
  if (imported !== undefined) return [imported, ...rest].join('\\');
  return names.namespace === '' ? written : `${names.namespace}\\${written}`;
}

interface Space {
  readonly namespace: string;
  readonly statements: readonly Node[];
}

function spaces(program: Node): readonly Space[] {
  const top = children(program, 'children');
  const inside = top
    .filter(({ kind }) => kind === 'namespace')
    .map((node) => ({
      namespace: nameIn(node, 'name') ?? '',
      statements: children(node, 'children'),
    }));
  return [...inside, { namespace: '', statements: top }];
}

function imports(statements: readonly Node[]): ReadonlyMap<string, string> {
  const groups = statements.filter(({ kind }) => kind === 'usegroup');
  return new Map(
    groups.flatMap((group) => {
      const before = nameIn(group, 'name');
      return children(group, 'items').map((item): [string, string] => {
        const own = (nameIn(item, 'name') ?? '').replace(/^\\/, '');
        const full = before === null ? own : `${before.replace(/^\\/, '')}\\${own}`;
        const alias = nameIn(item, 'alias') ?? full.split('\\').at(-1) ?? '';
        return [alias.toLowerCase(), full];
      });
    }),
  );
}

function read(node: Node, names: Names): PhpClass {
  const body = children(node, 'body');
  const parent = child(node, 'extends');
  const uses = body.filter(({ kind }) => kind === 'traituse');
  const methods = body.filter(({ kind }) => kind === 'method');
  const constants = body
    .filter(({ kind }) => kind === 'classconstant')
    .flatMap((one) => children(one, 'constants'));
  const properties = body
    .filter(({ kind }) => kind === 'propertystatement')
    .flatMap((one) => children(one, 'properties'));
  return {
    name: nameIn(node, 'name') ?? '',
    namespace: names.namespace,
    line: lineOf(node),
    parent: parent === null ? null : fullName(parent, names),
    methods: new Map(methods.map((one) => [(nameIn(one, 'name') ?? '').toLowerCase(), one])),
    constants: new Map(
      constants.flatMap((one): [string, Node][] => {
        const value = child(one, 'value');
        return value === null ? [] : [[nameIn(one, 'name') ?? '', value]];
      }),
    ),
    properties: new Map(properties.map((one) => [nameIn(one, 'name') ?? '', child(one, 'value')])),
    traits: uses.flatMap((one) => children(one, 'traits')).map((one) => fullName(one, names)),
    takesMore: uses.some((one) => children(one, 'adaptations').length > 0),
    names,
    above: null,
    inherited: new Map(),
  };
}
