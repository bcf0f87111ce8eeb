import { call, create } from './calls.ts';
import { at, type Frame, type Run } from './frame.ts';
import { constantOf, globalConstant, offset, property } from './members.ts';
import { operators } from './operators.ts';
import { child, children, lineOf, variableName, type Node } from './syntax.ts';
import { assign, counted, store } from './targets.ts';
import {
  composed,
  list,
  scalar,
  textOf,
  truth,
  unknown,
  type Scalar,
  type Unknown,
  type Value,
} from './value.ts';

type Evaluate = (node: Node, frame: Frame) => Value;

/** The value of an expression, with everything it does on the way. What cannot be known is `unknown`, with its line. */
export function evaluate(node: Node, frame: Frame): Value {
  const how = expressions[node.kind];
  if (how === undefined) return cannotTell(node, `a PHP expression (${node.kind})`);
  frame.run.steps += 1 / perStep;
  const value = how(node, frame);
  return isTooLarge(value) ? cannotTell(node, 'a very large value') : value;
}

const longestText = 100_000;
/** Entries of an array that is followed. */
export const mostEntries = 10_000;
// Expressions that count as one statement.
const perStep = 20;

/** A loop that doubles a value would otherwise take all memory. */
function isTooLarge(value: Value): boolean {
  if (value.kind === 'list') return value.entries.size > mostEntries;
  return (
    value.kind === 'scalar' && typeof value.value === 'string' && value.value.length > longestText
  );
}

/** Only running tells what this is. */
export function cannotTell(node: Node, what: string): Unknown {
  return unknown(what, lineOf(node));
}

/** The value of an expression in a field; null where there is none. */
export function inside(node: Node, field: string, frame: Frame): Value {
  const found = child(node, field);
  return found === null ? scalar(null) : evaluate(found, frame);
}

const expressions: Readonly<Record<string, Evaluate>> = {
  string: literal,
  nowdoc: literal,
  boolean: literal,
  number: (node) => numeral(String(node['value'])),
  nullkeyword: () => scalar(null),
  encapsed,
  encapsedpart: (node, frame) => inside(node, 'expression', frame),
  array,
  variable,
  bin: binary,
  unary,
  cast: (node, frame) => {
    const value = inside(node, 'expr', frame);
    return casts[String(node['type'])]?.(value, node) ?? cannotTell(node, 'a cast');
  },
  retif: choice,
  match,
  assign,
  post: counted,
  pre: counted,
  offsetlookup: offset,
  propertylookup: property,
  nullsafepropertylookup: property,
  staticlookup: constantOf,
  name: globalConstant,
  call,
  new: create,
  namedargument: (node, frame) => inside(node, 'value', frame),
  assignref: (node, frame) => {
    // From here on both names mean one value, which nobody follows here.
    for (const side of ['left', 'right']) {
      const target = child(node, side);
      if (target !== null) store(target, cannotTell(node, 'a reference'), frame);
    }
    return cannotTell(node, 'a reference');
  },
  include: elsewhere,
  eval: elsewhere,
  closure: hidden,
  arrowfunc: hidden,
  silent: (node, frame) => inside(node, 'expr', frame),
  isset: (node, frame) => {
    const values = children(node, 'variables').map((one) => evaluate(one, frame));
    if (values.some(({ kind }) => kind === 'unknown')) return cannotTell(node, 'isset()');
    return scalar(values.every((one) => one.kind !== 'scalar' || one.value !== null));
  },
  empty: (node, frame) => {
    const found = truth(inside(node, 'expression', frame));
    return found === null ? cannotTell(node, 'empty()') : scalar(!found);
  },
};

function literal(node: Node): Value {
  const { value } = node;
  if (typeof value === 'string') return { kind: 'scalar', value, line: firstLine(node) };
  return typeof value === 'boolean' ? scalar(value) : cannotTell(node, 'a literal');
}

/** The text of a heredoc begins one line below its mark. */
function firstLine(node: Node): number {
  return lineOf(node) + (node.kind === 'nowdoc' || node['type'] === 'heredoc' ? 1 : 0);
}

/** Code that is not seen here. */
function elsewhere(node: Node, { run }: Frame): Value {
  run.surroundings.outOfSight(
    at(lineOf(node), run),
    `${node.kind}, which runs code from elsewhere`,
  );
  return cannotTell(node, node.kind);
}

/** A function as a value: nobody sees here when it runs. */
function hidden(node: Node): Value {
  return cannotTell(
    node,
    JSON.stringify(node['body']).includes('"name":"this"') ? '$this' : 'a function',
  );
}

function numeral(digits: string): Scalar {
  const plain = digits.replaceAll('_', '');
  return scalar(/^0[0-7]+$/.test(plain) ? parseInt(plain, 8) : Number(plain));
}

/** What a cast makes of a value; null where that is not known. */
const casts: Readonly<Record<string, (value: Value, node: Node) => Value | null>> = {
  string: asText,
  bool: asTruth,
  int: (value) => {
    const text = textOf(value);
    return text === null
      ? lostOf(value, value)
      : scalar(Number(/^\s*[-+]?\d+/.exec(text)?.[0] ?? 0));
  },
  array: (value) => (value.kind === 'scalar' ? list(value.value === null ? [] : [value]) : value),
};

function asText(value: Value, node: Node): Value {
  const reported = textOf(value);
  if (reported !== null) return scalar(reported);
  return value.kind === 'unknown' ? value : cannotTell(node, 'a value as text');
}

function asTruth(value: Value, node: Node): Value {
  const reported = truth(value);
  return reported === null ? cannotTell(node, 'a condition') : scalar(reported);
}

function encapsed(node: Node, frame: Frame): Value {
  const parts = children(node, 'value').map((part) => asText(evaluate(part, frame), part));
  const value = composed(parts, (texts) => texts.join(''));
  if (value?.kind === 'scalar') return { ...value, line: firstLine(node) };
  return value ?? cannotTell(node, 'a text');
}

function array(node: Node, frame: Frame): Value {
  const entries = new Map<string | number, Value>();
  const lines = new Map<string | number, number>();
  let next = 0;
  const add = (key: string | number, value: Value, line?: number): void => {
    entries.set(key, value);
    if (line !== undefined) lines.set(key, line);
    if (typeof key === 'number' && key >= next) next = key + 1;
  };
  for (const item of children(node, 'items')) {
    const value = inside(item, 'value', frame);
    if (item['unpack'] === true) {
      if (value.kind !== 'list') return cannotTell(item, 'an array that is spread out');
      for (const [key, one] of value.entries) add(typeof key === 'number' ? next : key, one);
      continue;
    }
    const key = child(item, 'key');
    const reported = key === null ? next : keyOf(evaluate(key, frame));
    if (reported === null) return cannotTell(item, 'an array key');
    add(reported, value, lineOf(item));
  }
  return { kind: 'list', entries, lines };
}

/** A key of an array as PHP keeps it: texts that are whole numbers become numbers. */
export function keyOf(value: Value): string | number | null {
  const reported = textOf(value);
  return reported === null || !/^(0|-?[1-9]\d{0,14})$/.test(reported) ? reported : Number(reported);
}

function variable(node: Node, { variables, run }: Frame): Value {
  const name = variableName(node);
  if (name === null) return cannotTell(node, 'a variable variable');
  if (name === 'this') return { kind: 'unknown', why: '$this', line: lineOf(node) };
  const found = variables.get(name);
  if (found !== undefined) return shared(found, run);
  return run.doubt ?? cannotTell(node, `$${name}`);
}

/** A value that somebody else gets too: an array in it is copied before it changes. */
export function shared(value: Value, run: Run): Value {
  if (value.kind === 'list') run.growing.delete(value);
  return value;
}

const shortCircuits: Readonly<Record<string, boolean>> = {
  '&&': false,
  and: false,
  '||': true,
  or: true,
};

function binary(node: Node, frame: Frame): Value {
  const type = String(node['type']);
  const left = inside(node, 'left', frame);
  if (type === '??') return coalesced(node, left, frame);
  const decided = shortCircuits[type];
  if (isDecided(left, decided)) return scalar(decided ?? null);
  const right = inside(node, 'right', frame);
  if (isDecided(right, decided)) return scalar(decided ?? null);
  return operators[type]?.(left, right) ?? lostOf(left, right) ?? cannotTell(node, `"${type}"`);
}

function coalesced(node: Node, left: Value, frame: Frame): Value {
  return isNull(left) ? inside(node, 'right', frame) : left;
}

function isDecided(value: Value, by: boolean | undefined): boolean {
  return by !== undefined && truth(value) === by;
}

function lostOf(left: Value, right: Value): Unknown | null {
  return [left, right].find((one) => one.kind === 'unknown') ?? null;
}

function isNull(value: Value): boolean {
  return value.kind === 'scalar' && value.value === null;
}

function unary(node: Node, frame: Frame): Value {
  const value = inside(node, 'what', frame);
  if (node['type'] === '!') {
    const reported = truth(value);
    return reported === null ? value : scalar(!reported);
  }
  const known = textOf(value);
  if (known === null || known === '' || Number.isNaN(Number(known))) return value;
  return scalar(node['type'] === '-' ? -Number(known) : Number(known));
}

function choice(node: Node, frame: Frame): Value {
  const test = inside(node, 'test', frame);
  const reported = truth(test);
  if (reported === null) return cannotTell(node, 'a condition that is not known');
  if (reported) return child(node, 'trueExpr') === null ? test : inside(node, 'trueExpr', frame);
  return inside(node, 'falseExpr', frame);
}

function match(node: Node, frame: Frame): Value {
  const subject = inside(node, 'cond', frame);
  for (const arm of children(node, 'arms')) {
    const conditions = children(arm, 'conds');
    if (conditions.length === 0) return inside(arm, 'body', frame);
    for (const condition of conditions) {
      const reported = operators['===']?.(subject, evaluate(condition, frame)) ?? null;
      if (reported === null) return cannotTell(node, 'a match on a value that is not known');
      if (truth(reported) === true) return inside(arm, 'body', frame);
    }
  }
  return cannotTell(node, 'a match without an arm for its value');
}
