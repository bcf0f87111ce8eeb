import { scalar, unknown, type PhpObject, type Value } from '../program/value.ts';

/** An object with properties alone, as one of getFieldData(). */
export class Row implements PhpObject {
  readonly #properties: Readonly<Record<string, string>>;

  constructor(properties: Readonly<Record<string, string>>) {
    this.#properties = properties;
  }

  property(name: string, line: number): Value {
    const value = this.#properties[name];
    return value === undefined ? unknown(`->${name}`, line) : scalar(value);
  }

  call(method: string, _: unknown, { line }: { readonly line: number }): Value {
    return unknown(`${method}()`, line);
  }
}
