import type { Checkout } from '../../src/static/checkout.ts';
import type { Changes } from '../../src/static/judge/changes.ts';

/** A checkout in memory: files by their paths, and the files that the base has; null for a base that was not fetched. */
export function checkoutOf(
  files: Readonly<Record<string, string>>,
  base: Readonly<Record<string, string>> | null = {},
): Checkout {
  return {
    tree: {
      read: async (path) => files[path] ?? null,
      leftOut: [],
      list: async (folder) => Object.keys(files).filter((path) => path.startsWith(folder)),
    },
    changesSince: async (name) => (base === null ? 'not fetched' : between(name, base, files)),
  };
}

function between(
  name: string,
  base: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>>,
): Changes {
  const paths = [...new Set([...Object.keys(base), ...Object.keys(files)])];
  return {
    base: name,
    files: new Map(
      paths
        .filter((path) => base[path] !== files[path])
        .map((path) => [
          path,
          base[path] === undefined ? 'added' : files[path] === undefined ? 'deleted' : 'modified',
        ]),
    ),
    basePaths: Object.keys(base).filter((path) => path.includes('Database/Migrations/')),
    before: async (path) => base[path] ?? null,
  };
}
