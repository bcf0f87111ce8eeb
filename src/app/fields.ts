/** The answer of a program on the server has not the shape we agreed on: another nonce's text, or our two halves do not match. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

/** An object from outside, read field by field: a field is there with its type, or the reading ends with its full name. */
export class Fields {
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #name: string;

  /** @throws Unreadable when the value is no object */
  constructor(value: unknown, name: string) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new Unreadable(`${name || 'the answer'} is no object`);
    }
    this.#values = value as Record<string, unknown>;
    this.#name = name;
  }

  text(field: string): string {
    const value = this.#values[field];
    return typeof value === 'string' ? value : this.#fail(field, 'text');
  }

  textOrNull(field: string): string | null {
    return this.isNull(field) ? null : this.text(field);
  }

  whole(field: string): number {
    const value = this.#values[field];
    return Number.isSafeInteger(value) ? (value as number) : this.#fail(field, 'a whole number');
  }

  wholeOrNull(field: string): number | null {
    return this.isNull(field) ? null : this.whole(field);
  }

  flag(field: string): boolean {
    const value = this.#values[field];
    return typeof value === 'boolean' ? value : this.#fail(field, 'true or false');
  }

  object(field: string): Fields {
    return new Fields(this.#values[field], this.#path(field));
  }

  list(field: string): readonly unknown[] {
    const value = this.#values[field];
    return Array.isArray(value) ? (value as unknown[]) : this.#fail(field, 'a list');
  }

  objects(field: string): readonly Fields[] {
    return this.list(field).map((one, i) => new Fields(one, `${this.#path(field)}[${i}]`));
  }

  texts(field: string): readonly string[] {
    return this.list(field).map((one) =>
      typeof one === 'string' ? one : this.#fail(field, 'a list of text'),
    );
  }

  /** The field is there and says null. */
  isNull(field: string): boolean {
    return this.#values[field] === null;
  }

  has(field: string): boolean {
    return field in this.#values;
  }

  #path(field: string): string {
    return this.#name === '' ? field : `${this.#name}.${field}`;
  }

  #fail(field: string, wanted: string): never {
    throw new Unreadable(`${this.#path(field)} is not ${wanted}`);
  }
}
