import { firstClass, type PhpClass } from '../program/class.ts';
import { evaluateAlone, nothingAround } from '../program/alone.ts';
import { constructed } from '../program/statements.ts';
import { lineOf, parsedPhp } from '../program/syntax.ts';
import { argument, scalar, unknown, type Value } from '../program/value.ts';
import type { Place } from '../catalog/model.ts';
import type { Line } from './dotenv.ts';
import type { Tree } from './tree.ts';

/** A value of the configuration, and where it was written down. */
export interface Setting {
  readonly value: Value;
  readonly place: Place;
}

/** A class of app/Config as far as it can be read, with .env over it. */
export class Settings {
  readonly file: string;
  readonly #own: PhpClass | null;
  readonly #dotenv: ReadonlyMap<string, Line>;
  readonly #constants: ReadonlyMap<string, Value>;
  #later: { readonly properties: ReadonlyMap<string, Value> | null } | null = null;

  constructor(
    file: string,
    own: PhpClass | null,
    dotenv: ReadonlyMap<string, Line>,
    constants: ReadonlyMap<string, Value>,
  ) {
    this.file = file;
    this.#own = own;
    this.#dotenv = dotenv;
    this.#constants = constants;
  }

  /** Whether the file is there and holds a class. */
  get exists(): boolean {
    return this.#own !== null;
  }

  /** A property; `otherwise` where the application has none. Only properties that are declared are filled from .env. */
  setting(name: string, otherwise: Value): Setting {
    const declared = this.#own?.properties.get(name);
    const own = this.#own;
    if (own === null || declared === undefined) {
      return { value: otherwise, place: { file: this.file, line: own?.line ?? 1 } };
    }
    const place = { file: this.file, line: declared === null ? own.line : lineOf(declared) };
    if (this.#isSetLater(name)) return { value: this.#setLater(own, name, place), place };
    const outer = this.#fromDotenv(name);
    if (outer !== null) return outer;
    const value = declared === null ? scalar(null) : evaluateAlone(declared, own, this.#constants);
    return { value, place };
  }

  /** What the constructor makes of it. */
  #setLater(own: PhpClass, name: string, { line }: Place): Value {
    this.#later ??= { properties: constructed(own, nothingAround(this.#constants)) };
    const value = this.#later.properties?.get(name);
    const isKnown = value !== undefined && value.kind !== 'unknown';
    return isKnown ? value : unknown(`$${name}, which the constructor sets`, line);
  }

  /** Names under which .env may set a property (BaseConfig::getEnvValue). */
  #fromDotenv(name: string): Setting | null {
    const full = `${this.#own?.namespace ?? ''}\\${this.#own?.name ?? ''}`;
    const short = (this.#own?.name ?? '').toLowerCase();
    for (const key of [
      `${short}.${name}`,
      `${short}_${name}`,
      `${full}.${name}`,
      `${full}_${name}`,
    ]) {
      const found = this.#dotenv.get(key);
      if (found !== undefined) {
        return { value: converted(found.value), place: { file: '.env', line: found.line } };
      }
    }
    return null;
  }

  /** One element of an array, which .env may set as well. */
  element(name: string, key: string): Setting {
    const whole = this.setting(name, scalar(null));
    const outer = this.#fromDotenv(`${name}.${key}`);
    if (outer !== null) return outer;
    const { value } = whole;
    if (value.kind === 'unknown') return whole;
    const line = value.kind === 'list' ? value.lines?.get(key) : undefined;
    const place = { ...whole.place, line: line ?? whole.place.line };
    return {
      value: value.kind === 'list' ? (value.entries.get(key) ?? scalar(null)) : scalar(null),
      place,
    };
  }

  /** One element of an array as it is written, whatever a constructor makes of it; `env()` answers its default. */
  written(name: string, key: string): Value {
    const outer = this.#fromDotenv(`${name}.${key}`);
    const declared = this.#own?.properties.get(name) ?? null;
    if (outer !== null || this.#own === null || declared === null)
      return outer?.value ?? scalar(null);
    const value = evaluateAlone(declared, this.#own, this.#constants, (called, given) =>
      called === 'env' ? (argument(given, 1, 'default') ?? null) : null,
    );
    return value.kind === 'list' ? (value.entries.get(key) ?? scalar(null)) : value;
  }

  /** Names of properties that hold arrays. */
  arrays(): readonly string[] {
    return [...(this.#own?.properties ?? [])]
      .filter(([, value]) => value?.kind === 'array')
      .map(([name]) => name);
  }

  #isSetLater(name: string): boolean {
    const constructor = this.#own?.methods.get('__construct');
    return (
      constructor !== undefined && JSON.stringify(constructor['body']).includes(`"name":"${name}"`)
    );
  }
}

function converted(text: string): Value {
  const words: Readonly<Record<string, Value>> = {
    true: scalar(true),
    false: scalar(false),
    empty: scalar(''),
  };
  return words[text.toLowerCase()] ?? scalar(text);
}

/** A class of app/Config; one that is no PHP counts as missing, and is said elsewhere. */
export async function readSettings(
  tree: Tree,
  file: string,
  dotenv: ReadonlyMap<string, Line>,
  constants: ReadonlyMap<string, Value> = new Map(),
): Promise<Settings> {
  const text = await tree.read(file);
  const program = text === null ? null : parsedPhp(text, file);
  const own = program === null ? null : firstClass(program);
  return new Settings(file, own, dotenv, constants);
}
