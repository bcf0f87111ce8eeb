import type { PhpClass } from './class.ts';
import { evaluate } from './expressions.ts';
import type { Frame, Run, Surroundings } from './frame.ts';
import { operators } from './operators.ts';
import { child, children, lineOf, nameIn, type Node } from './syntax.ts';
import { store } from './targets.ts';
import { Thrown } from './thrown.ts';
import {
  scalar,
  truth,
  unknown,
  type Arguments,
  type At,
  type Unknown,
  type Value,
} from './value.ts';

const mostSteps = 50_000;
const deepest = 20;

/** How a statement ended. */
type Ended = 'normally' | 'break' | 'continue' | 'throw' | { readonly returned: Value };

/**
 * Runs a method of a class on what is known of it. Where a condition is not known, all its branches are walked in
 * doubt: whatever they do is told to the surroundings with that doubt.
 * @throws Thrown where the program stops with an error
 */
export function runMethod(own: PhpClass, method: string, surroundings: Surroundings): void {
  const run: Run = {
    own,
    surroundings,
    properties: new Map(),
    doubt: null,
    depth: 0,
    steps: 0,
    callOwn,
  };
  callOwn(method, { positional: [], named: new Map() }, { line: own.line, doubt: null }, run);
}

function callOwn(method: string, given: Arguments, here: At, run: Run): Value {
  const found = run.own.methods.get(method.toLowerCase());
  if (found === undefined) {
    run.surroundings.outOfSight(here, `${method}(), which this class does not have itself`);
    return unknown(`${method}()`, here.line);
  }
  if (run.depth >= deepest) {
    run.surroundings.outOfSight(here, `${method}(), which calls itself`);
    return unknown(`${method}()`, here.line);
  }
  const frame: Frame = { variables: bound(found, given, run), run };
  const body = child(found, 'body');
  const { doubt } = run;
  run.depth += 1;
  try {
    const ended = body === null ? 'normally' : execute(body, frame);
    if (ended === 'throw') throw new Thrown('it throws an exception', here.line);
    return typeof ended === 'object' ? ended.returned : scalar(null);
  } finally {
    run.depth -= 1;
    run.doubt = doubt;
  }
}

function bound(method: Node, { positional, named }: Arguments, run: Run): Map<string, Value> {
  return new Map(
    children(method, 'arguments').map((parameter, place): [string, Value] => {
      const name = nameIn(parameter, 'name') ?? '';
      const otherwise = child(parameter, 'value');
      const value =
        positional[place] ??
        named.get(name) ??
        (otherwise === null ? undefined : evaluate(otherwise, { variables: new Map(), run }));
      return [name, value ?? unknown(`$${name}`, lineOf(parameter))];
    }),
  );
}

type Execute = (node: Node, frame: Frame) => Ended;

const statements: Readonly<Record<string, Execute>> = {
  block: (node, frame) => sequence(children(node, 'children'), frame),
  expressionstatement: (node, frame) => {
    const expression = child(node, 'expression');
    if (expression === null) return 'normally';
    if (expression.kind === 'throw') return 'throw';
    evaluate(expression, frame);
    return 'normally';
  },
  throw: () => 'throw',
  return: (node, frame) => {
    const value = child(node, 'expr');
    return { returned: value === null ? scalar(null) : evaluate(value, frame) };
  },
  break: () => 'break',
  continue: () => 'continue',
  if: branch,
  foreach: forEach,
  for: forLoop,
  while: (node, frame) => loop(node, child(node, 'test'), [], frame),
  do: (node, frame) => {
    const body = child(node, 'body');
    const ended = body === null ? 'normally' : execute(body, frame);
    return ended === 'normally' ? loop(node, child(node, 'test'), [], frame) : past(ended);
  },
  switch: choose,
  try: attempt,
};

function execute(node: Node, frame: Frame): Ended {
  const { run } = frame;
  run.steps += 1;
  if (run.steps > mostSteps) {
    run.surroundings.outOfSight({ line: lineOf(node), doubt: null }, 'a very long program');
    return { returned: unknown('a very long program', lineOf(node)) };
  }
  return statements[node.kind]?.(node, frame) ?? 'normally';
}

function sequence(nodes: readonly Node[], frame: Frame): Ended {
  for (const node of nodes) {
    const ended = execute(node, frame);
    if (ended !== 'normally') return ended;
  }
  return 'normally';
}

function branch(node: Node, frame: Frame): Ended {
  const test = child(node, 'test');
  const value = test === null ? scalar(true) : evaluate(test, frame);
  const told = truth(value);
  const ways = [child(node, 'body'), child(node, 'alternate')];
  if (told !== null) {
    const way = ways[told ? 0 : 1];
    return way === null || way === undefined ? 'normally' : execute(way, frame);
  }
  return inDoubt(ways, doubtOf(value, node), frame);
}

function doubtOf(value: Value, node: Node): Unknown {
  const why = value.kind === 'unknown' ? value.why : 'a condition';
  return unknown(`a condition that only running tells (${why})`, lineOf(node));
}

/**
 * Walks several ways of which only running tells the one that is taken. A way that ends in `throw` does not count:
 * the migration fails there for everybody to see. After a way that returns, the rest is in doubt too.
 */
function inDoubt(ways: readonly (Node | null)[], why: Unknown, frame: Frame): Ended {
  const { run, variables } = frame;
  const before = new Map(variables);
  const doubt = run.doubt;
  const left: Map<string, Value>[] = [];
  let returns = false;
  for (const way of ways) {
    const own: Frame = { variables: new Map(before), run };
    run.doubt = doubt ?? why;
    const ended = way === null ? 'normally' : execute(way, own);
    run.doubt = doubt;
    if (ended === 'throw') continue;
    left.push(own.variables);
    if (ended !== 'normally') returns = true;
  }
  merge(variables, left, why);
  if (returns) run.doubt = doubt ?? why;
  return 'normally';
}

function merge(into: Map<string, Value>, ways: readonly Map<string, Value>[], why: Unknown): void {
  const [first, ...others] = ways;
  const names = new Set(ways.flatMap((way) => [...way.keys()]));
  for (const name of names) {
    const value = first?.get(name);
    const agreed = value !== undefined && others.every((way) => way.get(name) === value);
    into.set(name, agreed ? value : unknown(`$${name}`, why.line));
  }
}

function forEach(node: Node, frame: Frame): Ended {
  const source = child(node, 'source');
  const body = child(node, 'body');
  if (source === null || body === null) return 'normally';
  const value = evaluate(source, frame);
  const targets = [child(node, 'key'), child(node, 'value')];
  if (value.kind !== 'list') {
    const why = unknown('a loop over what only running tells', lineOf(node));
    bind(targets, [why, why], frame);
    return inDoubt([body, null], why, frame);
  }
  for (const [key, one] of value.entries) {
    bind(targets, [scalar(key), one], frame);
    const ended = execute(body, frame);
    if (ended !== 'normally' && ended !== 'continue') return past(ended);
  }
  return 'normally';
}

function bind(targets: readonly (Node | null)[], values: readonly Value[], frame: Frame): void {
  targets.forEach((target, at) => {
    const value = values[at];
    if (target !== null && value !== undefined) store(target, value, frame);
  });
}

/** What ends a loop ends nothing beyond it. */
function past(ended: Ended): Ended {
  return ended === 'break' || ended === 'continue' ? 'normally' : ended;
}

function forLoop(node: Node, frame: Frame): Ended {
  for (const first of children(node, 'init')) evaluate(first, frame);
  return loop(node, children(node, 'test').at(-1) ?? null, children(node, 'increment'), frame);
}

function loop(node: Node, test: Node | null, steps: readonly Node[], frame: Frame): Ended {
  const body = child(node, 'body');
  if (body === null) return 'normally';
  for (;;) {
    const value = test === null ? scalar(true) : evaluate(test, frame);
    const told = truth(value);
    if (told === null || frame.run.steps > mostSteps) {
      return inDoubt([body, null], doubtOf(value, node), frame);
    }
    if (!told) return 'normally';
    const ended = execute(body, frame);
    if (ended !== 'normally' && ended !== 'continue') return past(ended);
    for (const step of steps) evaluate(step, frame);
  }
}

function choose(node: Node, frame: Frame): Ended {
  const test = child(node, 'test');
  const body = child(node, 'body');
  if (test === null || body === null) return 'normally';
  const subject = evaluate(test, frame);
  const cases = children(body, 'children');
  const chosen = chosenCase(subject, cases, frame);
  if (chosen === null) {
    const ways = cases.map((way) => child(way, 'body'));
    return inDoubt(ways, doubtOf(subject, node), frame);
  }
  const bodies = cases.slice(chosen).flatMap((one) => child(one, 'body') ?? []);
  return past(sequence(bodies, frame));
}

/** Place of the case that is taken, the default where none is; past the end without one, null when it cannot be told. */
function chosenCase(subject: Value, cases: readonly Node[], frame: Frame): number | null {
  for (const [place, one] of cases.entries()) {
    const wanted = child(one, 'test');
    if (wanted === null) continue;
    const told = operators['==']?.(subject, evaluate(wanted, frame)) ?? null;
    if (told === null) return null;
    if (truth(told) === true) return place;
  }
  const otherwise = cases.findIndex((one) => child(one, 'test') === null);
  return otherwise === -1 ? cases.length : otherwise;
}

function attempt(node: Node, frame: Frame): Ended {
  const body = child(node, 'body');
  const always = child(node, 'always');
  const ended = caught(node, body, frame);
  const last = always === null ? 'normally' : execute(always, frame);
  return last === 'normally' ? ended : last;
}

function caught(node: Node, body: Node | null, frame: Frame): Ended {
  if (body === null) return 'normally';
  const [first] = children(node, 'catches');
  const rescue = first === undefined ? null : child(first, 'body');
  try {
    const ended = execute(body, frame);
    return ended === 'throw' && rescue !== null ? execute(rescue, frame) : ended;
  } catch (error) {
    if (!(error instanceof Thrown) || first === undefined) throw error;
    return rescue === null ? 'normally' : execute(rescue, frame);
  }
}
