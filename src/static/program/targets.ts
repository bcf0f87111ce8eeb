import type { Frame } from './frame.ts';
import { cannotTell, evaluate, inside, keyOf } from './expressions.ts';
import { isThis } from './members.ts';
import { operators } from './operators.ts';
import { child, children, lineOf, memberName, nameIn, variableName, type Node } from './syntax.ts';
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
    storeVariable(target, value, frame);
  } else if (target.kind === 'offsetlookup') {
    storeElement(target, value, frame);
  } else if (target.kind === 'propertylookup' && isThis(child(target, 'what'))) {
    const name = memberName(target);
    if (name !== null) frame.run.properties.set(name, value);
  } else if (target.kind === 'staticlookup') {
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

/** `$$name` may be any of them. */
function storeVariable(target: Node, value: Value, { variables }: Frame): void {
  const name = variableName(target);
  const names = name === null ? [...variables.keys()] : [name];
  for (const one of names) {
    variables.set(one, name === null ? cannotTell(target, 'a variable variable') : value);
  }
}

/** `unset($variable)` and `unset($array['key'])`. */
export function remove(target: Node, frame: Frame): void {
  const what = child(target, 'what');
  const key = child(target, 'offset');
  if (target.kind !== 'offsetlookup' || what === null || key === null) {
    store(target, cannotTell(target, 'what was unset'), frame);
    return;
  }
  const [before, place] = [evaluate(what, frame), keyOf(evaluate(key, frame))];
  if (before.kind !== 'list' || place === null) {
    store(what, cannotTell(target, 'an array of which something was unset'), frame);
    return;
  }
  const entries = new Map(before.entries);
  entries.delete(place);
  store(what, { ...before, entries }, frame);
}

function storeElement(target: Node, value: Value, frame: Frame): void {
  const what = child(target, 'what');
  if (what === null) return;
  const missing = what.kind === 'variable' && !frame.variables.has(variableName(what) ?? '');
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
