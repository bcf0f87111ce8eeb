import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';

/** What `action.yml` tells the runner. */
export interface Manifest {
  readonly name: string;
  /** Every declared input with the text of its default. */
  readonly inputs: ReadonlyMap<string, string>;
  readonly using: string;
  readonly main: string;
  readonly post: string | undefined;
}

/** The `github` context, by the names used in expressions: `sha`, `ref_name`. */
export type GithubContext = Readonly<Record<string, string>>;

type Scalar = string | number | boolean | null;

interface ActionFile {
  readonly name: string;
  readonly inputs?: Readonly<Record<string, { readonly default?: Scalar } | null>>;
  readonly runs: { readonly using: string; readonly main: string; readonly post?: string };
}

/** Reads the `action.yml` of a folder. */
export async function readManifest(folder: string): Promise<Manifest> {
  const { name, inputs, runs } = parse(
    await readFile(join(folder, 'action.yml'), 'utf8'),
  ) as ActionFile;
  const defaults = Object.entries(inputs ?? {}).map(([input, reported]) => {
    return [input, String(reported?.default ?? '')] as const;
  });
  return { name, inputs: new Map(defaults), using: runs.using, main: runs.main, post: runs.post };
}

/**
 * Fills in `${{ github.* }}`, the only expressions that defaults of inputs use here.
 * @throws Error on any other expression, so that none is passed on as text by accident
 */
export function evaluate(text: string, github: GithubContext): string {
  return text.replace(/\$\{\{(.*?)\}\}/gs, (whole, expression: string) => {
    const name = /^\s*github\.([a-z_]+)\s*$/.exec(expression)?.[1] ?? '';
    const value = github[name];
    if (value === undefined) throw new Error(`This runner cannot evaluate ${whole}.`);
    return value;
  });
}

/**
 * The INPUT_* variables of a step: what was given, and the default of everything else that is declared.
 * An empty text that was given stays empty: only a missing input gets its default.
 */
export function inputVariables(
  manifest: Manifest,
  given: Readonly<Record<string, string>>,
  github: GithubContext,
): { variables: Record<string, string>; unexpected: string[] } {
  const named = new Map(Object.entries(given).map(([name, text]) => [name.toLowerCase(), text]));
  const declared = new Set([...manifest.inputs.keys()].map((name) => name.toLowerCase()));
  const all = new Map(named);
  for (const [name, text] of manifest.inputs) {
    if (!named.has(name.toLowerCase())) all.set(name.toLowerCase(), evaluate(text, github));
  }
  const variables = Object.fromEntries(
    [...all].map(([name, text]) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, text]),
  );
  const unexpected = Object.keys(given).filter((name) => !declared.has(name.toLowerCase()));
  return { variables, unexpected };
}
