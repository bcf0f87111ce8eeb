import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, type RunOptions, type RunResult } from '../../rig/runner.ts';

const manifest = `
name: tiny
inputs:
  host:
    description: x
  port:
    default: 22
  commit:
    default: \${{ github.sha }}
runs:
  using: node24
  main: main.cjs
`;

/** Runs an action made of one or two scripts; `fs` and `env` are there for them. */
export async function tiny(
  main: string,
  { post, ...options }: Partial<RunOptions> & { readonly post?: string } = {},
): Promise<RunResult> {
  const action = await mkdtemp(join(tmpdir(), 'tiny-action-'));
  const prelude = "const fs = require('node:fs'); const { env } = process;\n";
  try {
    await writeFile(
      join(action, 'action.yml'),
      post === undefined ? manifest : `${manifest}  post: post.cjs\n`,
    );
    await writeFile(join(action, 'main.cjs'), prelude + main);
    await writeFile(join(action, 'post.cjs'), prelude + (post ?? ''));
    return await run({ inputs: {}, action, ...options });
  } finally {
    await rm(action, { recursive: true });
  }
}

/** A script that prints these lines. */
export function prints(...lines: string[]): string {
  return `process.stdout.write(${JSON.stringify(lines.map((line) => `${line}\n`).join(''))});`;
}
