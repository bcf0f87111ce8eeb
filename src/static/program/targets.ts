import type { Frame } from './frame.ts';
import { cannotTell, evaluate, inside, keyOf } from './expressions.ts';
import { isThis } from './members.ts';
import { operators } from './operators.ts';
import { child, children, lineOf, nameIn, type Node } from './syntax.ts';
import { scalar, type Value } from './value.ts';

/** `=`, `.=`, `??=` and their like. */
export function assign(node: Node, frame: Frame): Value {
  const left = child(node, 'left');
  const given = inside(node, 'right', frame);
  if (left === null) return given;
  const operator = String(node['operator']).slice(0, -1);
  const value = operator === '' ? given : changed(operator, evaluate(left, frame), given, node);
  store(left, value, frame);
  return value;
}

function changed(operator: string, before: Value, by: Value, node: Node): Value {
  if (operator === '??') return before.kind === 'scalar' && before.value === null ? by : before;
  return operators[operator]?.(before, by) ?? cannotTell(node, `"${operator}="`);
}

/** `$i++` and its like; the value after it, which nobody here looks at. */
export function counted(node: Node, frame: Frame): Value {
  const what = child(node, 'what');
  if (what === null) return cannotTell(node, 'a counter');
  const operator = node['type'] === '-' ? '-' : '+';
  const value = operators[operator]?.(evaluate(what, frame), scalar(1)) ?? null;
  store(what, value ?? cannotTell(node, 'a counter'), frame);
  return value ?? cannotTell(node, 'a counter');
}

/** Puts a value into a variable, a property or an element. */
export function store(target: Node, value: Value, frame: Frame): void {
  if (target.kind === 'variable') {
    const name = nameIn(target, 'name');
    if (name !== null) frame.variables.set(name, value);
  } else if (target.kind === 'offsetlookup') {
    storeElement(target, value, frame);
  } else if (target.kind === 'propertylookup' && isThis(child(target, 'what'))) {
    const name = nameIn(target, 'offset');
    if (name !== null) frame.run.properties.set(name, value);
  } else {
    // A list of variables takes an array apart.
    for (const item of children(target, 'items')) {
      const one = child(item, 'value');
      if (one !== null) store(one, cannotTell(target, 'a part of an array'), frame);
    }
  }
}

function storeElement(target: Node, value: Value, frame: Frame): void {
  const what = child(target, 'what');
  if (what === null) return;
  const missing = what.kind === 'variable' && !frame.variables.has(nameIn(what, 'name') ?? '');
  const before: Value = missing ? { kind: 'list', entries: new Map() } : evaluate(what, frame);
  const key = child(target, 'offset');
  if (before.kind !== 'list') {
    store(what, cannotTell(target, 'an element of what is no known array'), frame);
    return;
  }
  const numbers = [...before.entries.keys()].filter((one) => typeof one === 'number');
  const place = key === null ? Math.max(-1, ...numbers) + 1 : keyOf(evaluate(key, frame));
  store(
    what,
    place === null
      ? cannotTell(target, 'an element whose key is not known')
      : {
          kind: 'list',
          entries: new Map(before.entries).set(place, value),
          lines: new Map(before.lines).set(place, lineOf(target)),
        },
    frame,
  );
}
