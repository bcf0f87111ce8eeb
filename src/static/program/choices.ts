import { evaluate } from './expressions.ts';
import type { Frame } from './frame.ts';
import { operators } from './operators.ts';
import { past } from './loops.ts';
import { doubtOf, execute, inDoubt, sequence, type Ended } from './statements.ts';
import { child, children, nameIn, type Node } from './syntax.ts';
import { Thrown } from './thrown.ts';
import { truth, type Value } from './value.ts';

/** `switch`: cases are compared in order, and run on into the next without a break. */
export function choose(node: Node, frame: Frame): Ended {
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

/** Place of the case that is taken, the default where none is; past the end without one, null when it cannot be known. */
function chosenCase(subject: Value, cases: readonly Node[], frame: Frame): number | null {
  for (const [place, one] of cases.entries()) {
    const wanted = child(one, 'test');
    if (wanted === null) continue;
    const reported = operators['==']?.(subject, evaluate(wanted, frame)) ?? null;
    if (reported === null) return null;
    if (truth(reported) === true) return place;
  }
  const otherwise = cases.findIndex((one) => child(one, 'test') === null);
  return otherwise === -1 ? cases.length : otherwise;
}

// What the framework and mysqli throw, and what these extend, in one release or another.
const catchable =
  /(^|\\)(Throwable|Exception|Error|RuntimeException|DatabaseException|mysqli_sql_exception)$/i;

/** `try`: what a database error stops goes on in the first `catch` that takes it. */
export function attempt(node: Node, frame: Frame): Ended {
  const body = child(node, 'body');
  const always = child(node, 'always');
  const ended = caught(node, body, frame);
  const last = always === null ? 'normally' : execute(always, frame);
  return last === 'normally' ? ended : last;
}

function caught(node: Node, body: Node | null, frame: Frame): Ended {
  if (body === null) return 'normally';
  const first = children(node, 'catches').find((one) =>
    children(one, 'what').some((type) => catchable.test(nameIn(type, 'name') ?? '')),
  );
  const rescue = first === undefined ? null : child(first, 'body');
  try {
    const ended = execute(body, frame);
    return ended === 'throw' && rescue !== null ? execute(rescue, frame) : ended;
  } catch (error) {
    if (!(error instanceof Thrown) || first === undefined) throw error;
    const ended = rescue === null ? 'normally' : execute(rescue, frame);
    if (ended !== 'throw') error.caught();
    return ended;
  }
}
