import type { PhpClass } from './class.ts';
import { attempt, choose } from './choices.ts';
import { evaluate } from './expressions.ts';
import { forEach, forLoop, loop, past } from './loops.ts';
import type { Frame, Run, Surroundings } from './frame.ts';
import { child, children, lineOf, nameIn, type Node } from './syntax.ts';
import { remove } from './targets.ts';
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

/** Statements of one migration that are followed. */
export const mostSteps = 50_000;
const deepest = 20;

/** How a statement ended. */
export type Ended = 'normally' | 'break' | 'continue' | 'throw' | { readonly returned: Value };

/**
 * Runs a method of a class on what is known of it. Where a condition is not known, all its branches are walked in
 * doubt: whatever they do is asked to the surroundings with that doubt.
 * @throws Thrown where the program stops with an error
 */
export function runMethod(own: PhpClass, method: string, surroundings: Surroundings): void {
  const run = runOf(own, surroundings);
  const here = { line: own.line, doubt: null };
  const nothing = { positional: [], named: new Map() };
  if (own.methods.has('__construct')) callOwn('__construct', nothing, here, run);
  callOwn(method, nothing, here, run);
}

/**
 * Properties that the constructor of a class sets; null where it stops with an error, or takes too long.
 * @param surroundings see {@link runMethod}
 */
export function constructed(
  own: PhpClass,
  surroundings: Surroundings,
): ReadonlyMap<string, Value> | null {
  const run = runOf(own, surroundings);
  const nothing = { positional: [], named: new Map() };
  try {
    callOwn('__construct', nothing, { line: own.line, doubt: null }, run);
    return run.steps > mostSteps ? null : run.properties;
  } catch (error) {
    if (error instanceof Thrown || error instanceof RangeError) return null;
    throw error;
  }
}

function runOf(own: PhpClass, surroundings: Surroundings): Run {
  return {
    own,
    surroundings,
    properties: new Map(),
    doubt: null,
    level: own,
    depth: 0,
    steps: 0,
    growing: new WeakMap(),
    thrownAt: own.line,
    callOwn,
  };
}

function callOwn(
  method: string,
  given: Arguments,
  here: At,
  run: Run,
  from: PhpClass = run.own,
): Value {
  const found = from.methods.get(method.toLowerCase());
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
  const { doubt, level } = run;
  run.depth += 1;
  run.level = from.inherited.get(method.toLowerCase()) ?? from;
  try {
    const ended = body === null ? 'normally' : execute(body, frame);
    if (ended === 'throw') throw new Thrown('it throws an exception', run.thrownAt);
    const value = typeof ended === 'object' ? ended.returned : scalar(null);
    return frame.returned ?? value;
  } finally {
    run.depth -= 1;
    run.doubt = doubt;
    run.level = level;
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
    if (expression.kind === 'throw' || expression.kind === 'exit') return thrown(node, frame);
    evaluate(expression, frame);
    return 'normally';
  },
  throw: thrown,
  unset: (node, frame) => {
    for (const one of children(node, 'variables')) remove(one, frame);
    return 'normally';
  },
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

function thrown(node: Node, { run }: Frame): Ended {
  run.thrownAt = lineOf(node);
  return 'throw';
}

/** Runs one statement. */
export function execute(node: Node, frame: Frame): Ended {
  const { run } = frame;
  run.steps += 1;
  if (run.steps > mostSteps) {
    run.surroundings.outOfSight({ line: lineOf(node), doubt: null }, 'a very long program');
    return { returned: unknown('a very long program', lineOf(node)) };
  }
  return statements[node.kind]?.(node, frame) ?? 'normally';
}

/** Runs statements until one ends the block. */
export function sequence(nodes: readonly Node[], frame: Frame): Ended {
  for (const node of nodes) {
    const ended = execute(node, frame);
    if (ended !== 'normally') return ended;
  }
  return 'normally';
}

function branch(node: Node, frame: Frame): Ended {
  const test = child(node, 'test');
  const value = test === null ? scalar(true) : evaluate(test, frame);
  const reported = truth(value);
  const ways = [child(node, 'body'), child(node, 'alternate')];
  if (reported !== null) {
    const way = ways[reported ? 0 : 1];
    return way === null || way === undefined ? 'normally' : execute(way, frame);
  }
  return inDoubt(ways, doubtOf(value, node), frame);
}

/** Why what follows a condition is in doubt. */
export function doubtOf(value: Value, node: Node): Unknown {
  const why = value.kind === 'unknown' ? value.why : 'a condition';
  return unknown(`a condition that only running tells (${why})`, lineOf(node));
}

/**
 * Walks several ways of which only running tells the one that is taken. A way that ends in `throw` does not count:
 * the migration fails there for everybody to see. After a way that returns, the rest is in doubt too.
 */
export function inDoubt(ways: readonly (Node | null)[], why: Unknown, frame: Frame): Ended {
  const { run, variables } = frame;
  const before = new Map(variables);
  const doubt = run.doubt;
  const left: Map<string, Value>[] = [];
  let returns = false;
  for (const way of ways) {
    // From here on several variables have the same arrays.
    run.growing = new WeakMap();
    const own: Frame = { variables: new Map(before), run };
    run.doubt = doubt ?? why;
    const ended = way === null ? 'normally' : orThrows(way, own);
    run.doubt = doubt;
    if (ended === 'throw') continue;
    left.push(own.variables);
    if (ended !== 'normally') returns = true;
    if (typeof ended === 'object' || own.returned !== undefined) frame.returned = why;
  }
  run.growing = new WeakMap();
  merge(variables, left, why);
  if (returns) run.doubt = doubt ?? why;
  return 'normally';
}

function orThrows(way: Node, frame: Frame): Ended {
  try {
    return execute(way, frame);
  } catch (error) {
    if (error instanceof Thrown) return 'throw';
    throw error;
  }
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
