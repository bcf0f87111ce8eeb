import type { Tree } from './tree.ts';

// Vendors and words in the names of packages for CodeIgniter, which may bring migrations of their own.
const forCodeIgniter = /codeigniter|(^|[^a-z])ci4|^(myth|tatter|daycry|michalsn)\//i;
const without = /^codeigniter4\/(framework|codeigniter4|devkit|coding-standard|translations)$/;

/** Packages that composer.json requires and that may bring migrations: their files are not in the checkout. */
export async function readPackages(tree: Tree): Promise<readonly string[]> {
  const { require: wanted } = parsed(await tree.read('composer.json'));
  const names = typeof wanted === 'object' && wanted !== null ? Object.keys(wanted) : [];
  return names.filter((name) => forCodeIgniter.test(name) && !without.test(name));
}

function parsed(text: string | null): { readonly require?: unknown } {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
