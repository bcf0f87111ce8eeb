import type { PhpClass } from './class.ts';
import type { Arguments, At, List, Unknown, Value } from './value.ts';

/** What a program meets outside of its own class. */
export interface Surroundings {
  /** A property of `$this` that the class itself does not declare. */
  inherited(name: string, line: number): Value;
  /** `Name::method()`; the name is full. */
  callStatic(name: string, method: string, given: Arguments, at: At): Value;
  /** `new Name()`. */
  create(name: string, given: Arguments, at: At): Value;
  /** A constant without a class. */
  constant(name: string, line: number): Value;
  /** A function that does more than compute. */
  callFunction(name: string, given: Arguments, at: At): Value;
  /** Something runs that is not seen, and it holds the connection: anything may have happened to any table. */
  outOfSight(at: At, what: string): void;
}

/** One run of a method, and what all methods of the run share. */
export interface Frame {
  readonly variables: Map<string, Value>;
  /** Set where the method may have returned already, with a value that is not known. */
  returned?: Unknown;
  readonly run: Run;
}

/** What all methods of one run share. */
export interface Run {
  readonly own: PhpClass;
  readonly surroundings: Surroundings;
  /** Properties that were set meanwhile. */
  readonly properties: Map<string, Value>;
  /** Why the statement at hand may not be reached; null when it surely is. */
  doubt: Unknown | null;
  /** The class whose code is being run: the own one, one that it extends, or a trait. */
  level: PhpClass;
  /** Calls inside calls, and statements in all, so that every program ends. */
  depth: number;
  steps: number;
  /** Arrays that only one variable has: what is added to them need not be copied. */
  growing: WeakMap<List, Growing>;
  /** Line of the last `throw`. */
  thrownAt: number;
  /** Set by statements.ts: calls a method of the class itself, or as a class above it has it. */
  readonly callOwn: (method: string, given: Arguments, at: At, run: Run, from?: PhpClass) => Value;
}

/** The insides of an array that grows. */
export interface Growing {
  readonly entries: Map<string | number, Value>;
  readonly lines: Map<string | number, number>;
  /** The key that comes next. */
  next: number;
}

/** Where execution stands, for a call. */
export function at(line: number, { doubt }: Run): At {
  return { line, doubt };
}
