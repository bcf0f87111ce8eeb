import { unknown, type PhpObject, type Value } from '../program/value.ts';
import type { MigrationFile } from './migrations.ts';
import type { Settings } from './settings.ts';

const mentioned = /\bconfig\(\s*['"]?\\?(?:Config\\+)?(\w+)|\bConfig\\+(\w+)/g;
// More classes of settings than migrations ask.
const most = 20;

/**
 * The classes of app/Config that are named in migrations.
 * @param read reads one by its name
 */
export async function readConfigured(
  migrations: readonly MigrationFile[],
  read: (name: string) => Promise<Settings>,
): Promise<ReadonlyMap<string, PhpObject>> {
  const found = migrations.flatMap(({ text }) => [...text.matchAll(mentioned)]);
  const names = new Set(found.map(([, called, named]) => called ?? named ?? ''));
  const all = new Map<string, PhpObject>();
  for (const name of [...names].slice(0, most)) {
    const settings = await read(name);
    if (settings.exists) all.set(name, new Configuration(name, settings));
  }
  return all;
}

/** An object of a class of app/Config. */
class Configuration implements PhpObject {
  readonly #name: string;
  readonly #settings: Settings;

  constructor(name: string, settings: Settings) {
    this.#name = name;
    this.#settings = settings;
  }

  property(name: string, line: number): Value {
    const otherwise = unknown(`config('${this.#name}')->${name}`, line);
    const { value } = this.#settings.setting(name, otherwise);
    return value.kind === 'unknown' ? { ...value, line } : value;
  }

  call(method: string, _: unknown, { line }: { readonly line: number }): Value {
    return unknown(`config('${this.#name}')->${method}()`, line);
  }
}
