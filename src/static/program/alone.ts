import type { PhpClass } from './class.ts';
import { evaluate } from './expressions.ts';
import type { Surroundings } from './frame.ts';
import type { Node } from './syntax.ts';
import { unknown, type Arguments, type At, type Value } from './value.ts';

/** What a class of the configuration finds around itself: constants, and nothing that is followed. */
export function nothingAround(
  constants: ReadonlyMap<string, Value>,
  answer: (name: string, given: Arguments) => Value | null = () => null,
): Surroundings {
  return {
    inherited: (name, line) => unknown(`$this->${name}`, line),
    callStatic: (name, method, _, at) => called(`${name}::${method}`, at),
    create: (name, _, at) => unknown(`new ${name}()`, at.line),
    constant: (name, line) => constants.get(name) ?? unknown(`the constant ${name}`, line),
    callFunction: (name, given, at) => answer(name, given) ?? called(name, at),
    outOfSight: () => undefined,
  };
}

function called(name: string, at: At): Value {
  return unknown(`${name}()`, at.line);
}

/**
 * A value that is written down in a class, as a property of a configuration: nothing is called for it.
 * @param answer what a function answers, where that is known
 */
export function evaluateAlone(
  node: Node,
  own: PhpClass,
  constants: ReadonlyMap<string, Value> = new Map(),
  answer: (name: string, given: Arguments) => Value | null = () => null,
): Value {
  const run = {
    own,
    surroundings: nothingAround(constants, answer),
    properties: new Map<string, Value>(),
    doubt: null,
    level: own,
    depth: 0,
    steps: 0,
    growing: new WeakMap(),
    thrownAt: 1,
    callOwn: (method: string, _: unknown, at: At): Value => called(method, at),
  };
  return evaluate(node, { variables: new Map(), run });
}
