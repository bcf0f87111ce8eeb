import { minVersion, validRange } from 'semver';
import { npmRange } from '../../app/php-wanted.ts';
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

// Those that the parser knows one by one.
const grammars = /^(7\.[0-4]|8\.[0-4])$/;

/** The oldest PHP that composer.json allows, as `8.1`; null where it names none. */
export async function readOldestPhp(tree: Tree): Promise<string | null> {
  const { require: wanted } = parsed(await tree.read('composer.json'));
  const php: unknown = (wanted as Readonly<Record<string, unknown>> | undefined)?.['php'];
  const range = typeof php === 'string' ? npmRange(php) : '';
  const oldest = range === '' || validRange(range) === null ? null : minVersion(range);
  const version = `${oldest?.major ?? ''}.${oldest?.minor ?? ''}`;
  return grammars.test(version) ? version : null;
}

function parsed(text: string | null): { readonly require?: unknown } {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
