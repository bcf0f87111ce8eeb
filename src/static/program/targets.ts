import type { Frame, Growing } from './frame.ts';
import { cannotTell, evaluate, inside, keyOf, mostEntries } from './expressions.ts';
import { isThis } from './members.ts';
import { operators } from './operators.ts';
import { child, children, lineOf, memberName, nameIn, variableName, type Node } from './syntax.ts';
import { scalar, type List, type Value } from './value.ts';

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
    setProperty(memberName(target), value, frame);
  } else if (target.kind === 'staticlookup') {
    setProperty(nameIn(target, 'offset'), value, frame);
  } else {
    // A list of variables takes an array apart.
    for (const item of children(target, 'items')) {
      const one = child(item, 'value');
      if (one !== null) store(one, cannotTell(target, 'a part of an array'), frame);
    }
  }
}

/** One that may be set, and may not, has a value that is not known. */
function setProperty(name: string | null, value: Value, { run }: Frame): void {
  if (name !== null) run.properties.set(name, run.doubt ?? value);
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
  const before = unread(what, frame) ?? evaluate(what, frame);
  const key = child(target, 'offset');
  if (before.kind !== 'list') {
    store(what, cannotTell(target, 'an element of what is no known array'), frame);
    return;
  }
  const own = frame.run.growing.get(before) ?? copied(before);
  const place = key === null ? own.next : keyOf(evaluate(key, frame));
  if (place === null || own.entries.size >= mostEntries) {
    store(what, cannotTell(target, 'an element whose key is not known'), frame);
    return;
  }
  own.entries.set(place, value);
  own.lines.set(place, lineOf(target));
  if (typeof place === 'number') own.next = Math.max(own.next, place + 1);
  const after: List = { kind: 'list', entries: own.entries, lines: own.lines };
  frame.run.growing.set(after, own);
  store(what, after, frame);
}

/** The array in a variable or an own property, without anybody else getting it; null where it has to be evaluated. */
function unread(what: Node, { variables, run }: Frame): Value | null {
  const name = variableName(what);
  if (name !== null) return variables.get(name) ?? { kind: 'list', entries: new Map() };
  const isOwn = what.kind === 'propertylookup' && isThis(child(what, 'what'));
  return isOwn ? (run.properties.get(memberName(what) ?? '') ?? null) : null;
}

function copied({ entries, lines }: List): Growing {
  const numbers = [...entries.keys()].filter((one) => typeof one === 'number');
  const next = numbers.reduce((most, one) => Math.max(most, one), -1) + 1;
  return { entries: new Map(entries), lines: new Map(lines), next };
}
