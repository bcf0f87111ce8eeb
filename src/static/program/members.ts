import { fullName } from './class.ts';
import { cannotTell, evaluate, inside, keyOf, shared } from './expressions.ts';
import type { Frame, Run } from './frame.ts';
import { child, lineOf, memberName, nameIn, type Node } from './syntax.ts';
import { scalar, type Value } from './value.ts';

/** `$array['key']` */
export function offset(node: Node, frame: Frame): Value {
  const what = inside(node, 'what', frame);
  if (what.kind !== 'list') {
    return what.kind === 'unknown' ? what : cannotTell(node, 'an element of what is no array');
  }
  const key = keyOf(inside(node, 'offset', frame));
  if (key === null) return cannotTell(node, 'an element whose key is not known');
  return what.entries.get(key) ?? scalar(null);
}

/** Whether it is `$this`. */
export function isThis(node: Node | null): boolean {
  return node?.kind === 'variable' && nameIn(node, 'name') === 'this';
}

/** `$object->name` */
export function property(node: Node, frame: Frame): Value {
  const name = memberName(node);
  const what = child(node, 'what');
  if (name === null || what === null) return cannotTell(node, 'a property');
  if (isThis(what)) return ownProperty(name, node, frame);
  const of = evaluate(what, frame);
  if (of.kind === 'thing') return of.thing.property(name, lineOf(node));
  return of.kind === 'unknown' ? of : cannotTell(node, `->${name}`);
}

function ownProperty(name: string, node: Node, { run }: Frame): Value {
  const set = run.properties.get(name);
  if (set !== undefined) return shared(set, run);
  const declared = run.own.properties.get(name);
  if (declared === undefined) return run.surroundings.inherited(name, lineOf(node));
  return declared === null ? scalar(null) : evaluate(declared, { variables: new Map(), run });
}

/** `Name::CONSTANT`, `Name::class`, `self::$property` */
export function constantOf(node: Node, { run }: Frame): Value {
  const what = child(node, 'what');
  const name = nameIn(node, 'offset');
  if (what === null || name === null) return cannotTell(node, 'a static value');
  const own = `${run.level.namespace}\\${run.own.name}`.replace(/^\\/, '');
  const owner = isSelf(what) ? own : fullName(what, run.level.names);
  if (name === 'class') return scalar(owner);
  const value = owner === own ? ownStatic(name, run) : null;
  return value ?? cannotTell(node, `${owner}::${name}`);
}

function ownStatic(name: string, run: Run): Value | null {
  const set = run.properties.get(name);
  if (set !== undefined) return shared(set, run);
  const declared = run.own.constants.get(name) ?? run.own.properties.get(name) ?? null;
  return declared === null ? null : evaluate(declared, { variables: new Map(), run });
}

function isSelf(what: Node): boolean {
  return /^(self|static)/i.test(nameIn(what, 'name') ?? what.kind);
}

/** A constant without a class. */
export function globalConstant(node: Node, { run }: Frame): Value {
  const name = (nameIn(node, 'name') ?? '').replace(/^\\/, '');
  if (name === 'PHP_EOL') return scalar('\n');
  return run.surroundings.constant(name, lineOf(node));
}
