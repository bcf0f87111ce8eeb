import { evaluate } from './expressions.ts';
import type { Frame } from './frame.ts';
import { doubtOf, execute, inDoubt, mostSteps, type Ended } from './statements.ts';
import { child, children, lineOf, type Node } from './syntax.ts';
import { store } from './targets.ts';
import { scalar, truth, unknown, type Value } from './value.ts';

/** `foreach`: over what is not known its body may run, and may not. */
export function forEach(node: Node, frame: Frame): Ended {
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
  // The loop may have changed the array itself.
  if (targets[1]?.['byref'] === true)
    store(source, unknown('an array that a loop changed', lineOf(node)), frame);
  return 'normally';
}

function bind(targets: readonly (Node | null)[], values: readonly Value[], frame: Frame): void {
  targets.forEach((target, at) => {
    const value = values[at];
    if (target !== null && value !== undefined) store(target, value, frame);
  });
}

/** What ends a loop ends nothing beyond it. */
export function past(ended: Ended): Ended {
  return ended === 'break' || ended === 'continue' ? 'normally' : ended;
}

/** `for` */
export function forLoop(node: Node, frame: Frame): Ended {
  for (const first of children(node, 'init')) evaluate(first, frame);
  return loop(node, children(node, 'test').at(-1) ?? null, children(node, 'increment'), frame);
}

/** What runs as long as its test is true. */
export function loop(node: Node, test: Node | null, steps: readonly Node[], frame: Frame): Ended {
  const body = child(node, 'body');
  if (body === null) return 'normally';
  for (;;) {
    const value = test === null ? scalar(true) : evaluate(test, frame);
    const reported = truth(value);
    if (reported === null || frame.run.steps > mostSteps) {
      return inDoubt([body, null], doubtOf(value, node), frame);
    }
    if (!reported) return 'normally';
    const ended = execute(body, frame);
    if (ended !== 'normally' && ended !== 'continue') return past(ended);
    for (const step of steps) evaluate(step, frame);
  }
}
