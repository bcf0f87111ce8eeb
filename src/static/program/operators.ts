import { composed, same, scalar, textOf, truth, type Value } from './value.ts';

/** What an operator makes of two values; null when it cannot be known. */
type Operator = (left: Value, right: Value) => Value | null;

/** The binary operators of PHP that migrations are seen to use. */
export const operators: Readonly<Record<string, Operator>> = {
  '.': (left, right) => composed([left, right], (texts) => texts.join('')),
  '+': sum,
  '-': numbers((one, other) => one - other),
  '*': numbers((one, other) => one * other),
  '<': numbers((one, other) => one < other),
  '>': numbers((one, other) => one > other),
  '<=': numbers((one, other) => one <= other),
  '>=': numbers((one, other) => one >= other),
  '===': (left, right) => known(left, right, () => same(left, right)),
  '!==': (left, right) => known(left, right, () => !same(left, right)),
  '==': (left, right) => known(left, right, () => alike(left, right)),
  '!=': (left, right) => known(left, right, () => !alike(left, right)),
  '&&': combine((one, other) => one && other),
  and: combine((one, other) => one && other),
  '||': combine((one, other) => one || other),
  or: combine((one, other) => one || other),
};

function known(left: Value, right: Value, compute: () => boolean): Value | null {
  return left.kind === 'unknown' || right.kind === 'unknown' ? null : scalar(compute());
}

/** Loose comparison as far as texts and numbers go, which is how migrations use it. */
function alike(left: Value, right: Value): boolean {
  const [one, other] = [textOf(left), textOf(right)];
  return one !== null && other !== null ? one === other : same(left, right);
}

function combine(compute: (one: boolean, other: boolean) => boolean): Operator {
  return (left, right) => {
    const [one, other] = [truth(left), truth(right)];
    return one === null || other === null ? null : scalar(compute(one, other));
  };
}

function numbers(compute: (one: number, other: number) => number | boolean): Operator {
  return (left, right) => {
    const [one, other] = [textOf(left), textOf(right)];
    if (one === null || other === null) return null;
    const reported = compute(Number(one), Number(other));
    return Number.isNaN(reported) ? null : scalar(reported);
  };
}

/** Numbers are added; of two arrays the left one wins. */
function sum(left: Value, right: Value): Value | null {
  if (left.kind === 'list' && right.kind === 'list') {
    return { kind: 'list', entries: new Map([...right.entries, ...left.entries]) };
  }
  return numbers((one, other) => one + other)(left, right);
}
