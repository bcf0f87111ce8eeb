import { maxSatisfying, validRange } from 'semver';
import { npmRange } from '../../app/php-wanted.ts';
import { releaseOf, type Release } from '../forge/release.ts';
import type { Tree } from './tree.ts';

/** The release of CodeIgniter that an application runs on, and how it is known. */
export interface KnownRelease {
  readonly release: Release;
  readonly from: 'composer.lock' | 'system/CodeIgniter.php' | 'composer.json' | 'nothing';
}

/** The last releases of each line: Composer takes the newest that a constraint allows. */
const newestOfEach = ['4.0.5', '4.1.9', '4.2.12', '4.3.8', '4.4.8', '4.5.8', '4.6.5', '4.7.2'];
const newest: Release = [4, 7, 2];
const names = /^codeigniter4\/(framework|codeigniter4)$/;

/** The release: what Composer locked, what is vendored, what composer.json allows, else the newest. */
export async function readRelease(tree: Tree): Promise<KnownRelease> {
  const locked = lockedRelease(await tree.read('composer.lock'));
  if (locked !== null) return { release: locked, from: 'composer.lock' };
  const vendored = await tree.read('system/CodeIgniter.php');
  const constant = /CI_VERSION\s*=\s*'([^']+)'/.exec(vendored ?? '')?.[1] ?? '';
  const own = releaseOf(constant);
  if (own !== null) return { release: own, from: 'system/CodeIgniter.php' };
  const allowed = allowedRelease(await tree.read('composer.json'));
  if (allowed !== null) return { release: allowed, from: 'composer.json' };
  return { release: newest, from: 'nothing' };
}

function lockedRelease(text: string | null): Release | null {
  const { packages } = (parsed(text) ?? {}) as { packages?: unknown };
  if (!Array.isArray(packages)) return null;
  for (const one of packages as ({ name?: unknown; version?: unknown } | null)[]) {
    if (typeof one?.name !== 'string' || !names.test(one.name)) continue;
    return typeof one.version === 'string' ? releaseOf(one.version) : null;
  }
  return null;
}

function allowedRelease(text: string | null): Release | null {
  const { require: wanted } = (parsed(text) ?? {}) as { require?: Record<string, unknown> };
  const [, constraint] = Object.entries(wanted ?? {}).find(([name]) => names.test(name)) ?? [];
  if (typeof constraint !== 'string') return null;
  const range = npmRange(constraint);
  if (validRange(range) === null) return null;
  const found = maxSatisfying(newestOfEach, range);
  return found === null ? null : releaseOf(found);
}

function parsed(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
