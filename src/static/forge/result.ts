import {
  list,
  scalar,
  unknown,
  type Arguments,
  type At,
  type PhpObject,
  type Value,
} from '../program/value.ts';
import { Row } from './row.ts';
import type { ViewRow } from './views.ts';

/** What query() answers to a question, row by row. */
export class Result implements PhpObject {
  readonly #rows: readonly ViewRow[];

  constructor(rows: readonly ViewRow[]) {
    this.#rows = rows;
  }

  property(name: string, line: number): Value {
    return unknown(`->${name}`, line);
  }

  call(method: string, { positional, named }: Arguments, { line }: At): Value {
    const [first] = this.#rows;
    const answers: Readonly<Record<string, () => Value>> = {
      getnumrows: () => scalar(this.#rows.length),
      getresult: () => list(this.#rows.map(asObject)),
      getresultobject: () => list(this.#rows.map(asObject)),
      getresultarray: () => list(this.#rows.map(asArray)),
      getrow: () => (first === undefined ? scalar(null) : asObject(first)),
      getfirstrow: () => (first === undefined ? scalar(null) : asObject(first)),
      getrowobject: () => (first === undefined ? scalar(null) : asObject(first)),
      getrowarray: () => (first === undefined ? scalar(null) : asArray(first)),
      freeresult: () => scalar(null),
    };
    const isPlain = positional.length + named.size === 0;
    return (
      (isPlain ? answers[method.toLowerCase()]?.() : undefined) ?? unknown(`${method}()`, line)
    );
  }
}

function asObject(row: ViewRow): Value {
  const values = [...row].map(([name, value]) => [name, scalar(value)] as const);
  return { kind: 'thing', thing: new Row(Object.fromEntries(values)) };
}

function asArray(row: ViewRow): Value {
  return { kind: 'list', entries: new Map([...row].map(([name, value]) => [name, scalar(value)])) };
}
