import { unknown, type PhpObject, type Value } from '../program/value.ts';

/** An object with properties alone, as those of getFieldData(). */
export class Row implements PhpObject {
  readonly #properties: Readonly<Record<string, Value>>;

  constructor(properties: Readonly<Record<string, Value>>) {
    this.#properties = properties;
  }

  property(name: string, line: number): Value {
    const value = this.#properties[name];
    return value ?? unknown(`->${name}`, line);
  }

  call(method: string, _: unknown, { line }: { readonly line: number }): Value {
    return unknown(`${method}()`, line);
  }
}
