import { fullName } from './class.ts';
import { cannotTell, evaluate } from './expressions.ts';
import { at, type Frame, type Run } from './frame.ts';
import { pureFunctions } from './functions.ts';
import { isThis } from './members.ts';
import { child, children, lineOf, memberName, nameIn, type Node } from './syntax.ts';
import { store } from './targets.ts';
import type { Arguments, At, Value } from './value.ts';

function given(node: Node, frame: Frame): Arguments {
  const positional: Value[] = [];
  const named = new Map<string, Value>();
  for (const one of children(node, 'arguments')) {
    const value =
      one.kind === 'variadic'
        ? cannotTell(one, 'arguments that are spread out')
        : evaluate(one, frame);
    const name = one.kind === 'namedargument' ? nameIn(one, 'name') : null;
    if (name === null) positional.push(value);
    else named.set(name, value);
  }
  return { positional, named };
}

/** A call of a function, a method or a static method. */
export function call(node: Node, frame: Frame): Value {
  const what = child(node, 'what');
  if (what === null) return cannotTell(node, 'a call');
  // First the receiver: a chain runs from left to right.
  if (what.kind.endsWith('propertylookup')) return callMethod(node, what, frame);
  const { run } = frame;
  const arguments_ = given(node, frame);
  const here = at(lineOf(node), run);
  warnOfEscape(node, arguments_, frame);
  if (what.kind === 'staticlookup') return callStatic(what, arguments_, here, frame);
  if (what.kind !== 'name') {
    run.surroundings.outOfSight(here, 'a function that is called as a value');
    return cannotTell(node, 'a call of a value');
  }
  const name = (nameIn(what, 'name') ?? '').replace(/^\\/, '').toLowerCase();
  const pure = pureFunctions[name];
  if (pure === undefined) {
    forget(node, frame);
    return run.surroundings.callFunction(name, arguments_, here);
  }
  // What is copied takes time too.
  for (const one of arguments_.positional)
    if (one.kind === 'list') run.steps += one.entries.size / 100;
  return pure(arguments_.positional) ?? cannotTell(node, `${name}()`);
}

function callStatic(what: Node, arguments_: Arguments, here: At, { run }: Frame): Value {
  const owner = child(what, 'what');
  const method = nameIn(what, 'offset') ?? '';
  if (owner === null) return cannotTell(what, 'a static call');
  if (/^parent/i.test(nameIn(owner, 'name') ?? owner.kind)) {
    return callAbove(what, method, arguments_, here, run);
  }
  if (/^(self|static)/i.test(nameIn(owner, 'name') ?? owner.kind)) {
    return run.callOwn(method, arguments_, here, run);
  }
  return run.surroundings.callStatic(fullName(owner, run.level.names), method, arguments_, here);
}

function callAbove(what: Node, method: string, arguments_: Arguments, here: At, run: Run): Value {
  const { above } = run.level;
  if (above?.methods.has(method.toLowerCase()) === true) {
    return run.callOwn(method, arguments_, here, run, above);
  }
  // The framework's own constructor only opens the connection.
  if (method !== '__construct') run.surroundings.outOfSight(here, `parent::${method}()`);
  return cannotTell(what, `parent::${method}()`);
}

function callMethod(node: Node, what: Node, frame: Frame): Value {
  const owner = child(what, 'what');
  const method = memberName(what);
  const { run } = frame;
  if (owner === null || method === null) {
    run.surroundings.outOfSight(at(lineOf(node), run), 'a method whose name only running tells');
    return cannotTell(node, 'a call');
  }
  const receiver = isThis(owner) ? null : evaluate(owner, frame);
  const arguments_ = given(node, frame);
  const here = at(lineOf(node), run);
  if (receiver === null) {
    const value = run.callOwn(method, arguments_, here, run);
    forget(node, frame, run.own.methods.get(method.toLowerCase()));
    return value;
  }
  if (receiver.kind === 'thing') return receiver.thing.call(method, arguments_, here);
  warnOfEscape(node, arguments_, frame);
  if (receiver.kind === 'unknown' && isRawConnection(receiver.why)) {
    run.surroundings.outOfSight(here, 'a call on the connection of the driver itself');
  }
  forget(node, frame);
  return cannotTell(node, `${method}()`);
}

/** `new Name()` */
export function create(node: Node, frame: Frame): Value {
  const what = child(node, 'what');
  const arguments_ = given(node, frame);
  const { run } = frame;
  if (what?.kind !== 'name') return cannotTell(node, 'an object');
  const name = fullName(what, run.level.names);
  if (!/\\?RawSql$/.test(name)) warnOfEscape(node, arguments_, frame);
  return run.surroundings.create(name, arguments_, at(lineOf(node), run));
}

function isRawConnection(why: string): boolean {
  return /^\$this->db->(connID|mysqli)$/.test(why);
}

/** What is handed over by reference may be another thing afterwards; an own method says which parameters are. */
function forget(node: Node, frame: Frame, own?: Node): void {
  const parameters = own === undefined ? null : children(own, 'arguments');
  children(node, 'arguments').forEach((one, place) => {
    if (parameters !== null && parameters[place]?.['byref'] !== true) return;
    const within = one.kind === 'offsetlookup' ? child(one, 'what') : one;
    if (within === null || (within.kind !== 'variable' && within.kind !== 'propertylookup')) return;
    const value = evaluate(within, frame);
    // Texts and numbers are handed to functions all the time, arrays to those that change them.
    if (value.kind === 'list' || parameters !== null) {
      store(within, cannotTell(node, 'what a function was handed'), frame);
    }
  });
}

/** Who is handed the connection, the forge or the migration itself may do anything with it. */
function warnOfEscape(node: Node, { positional, named }: Arguments, { run }: Frame): void {
  const handed = [...positional, ...named.values()].some(
    (one) => one.kind === 'thing' || (one.kind === 'unknown' && one.why === '$this'),
  );
  if (handed)
    run.surroundings.outOfSight(at(lineOf(node), run), 'a call that is handed the connection');
}
