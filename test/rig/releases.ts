import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Flavour } from './bases.ts';
import { composed } from './composer.ts';
import { cache } from './cache.ts';
import { exclusively, must } from './host.ts';

/** A skeleton of an application on one release of CodeIgniter 4, as its folder on this machine. */
export interface Release {
  /** As `4.7.2`; `4.1.3 uncorrected` is the broken one. */
  readonly version: string;
  readonly folder: string;
  readonly source: 'CI4_RELEASES' | 'Composer' | 'npm';
}

/** Every release at hand, oldest first. Where one source has a release, a later source is not asked for it. */
export async function releases(): Promise<readonly Release[]> {
  const found = [...(await named()), ...(await composed()), await published('4.1.3', true)];
  const byVersion = new Map<string, Release>();
  for (const release of found) {
    if (!byVersion.has(release.version)) byVersion.set(release.version, release);
  }
  return [...byVersion.values()].sort((a, b) => compare(a.version, b.version));
}

/** The newest release at hand. */
export async function newest(): Promise<Release> {
  const last = (await releases()).at(-1);
  if (last === undefined) throw new Error('There is no CodeIgniter release at hand.');
  return last;
}

/** What the server tests run on: the newest release, or with ALL_RELEASES=1 every one. */
export async function chosen(): Promise<readonly Release[]> {
  return process.env['ALL_RELEASES'] === '1' ? releases() : [await newest()];
}

/** CodeIgniter 4.1.3 whose session handler writes no date: only its spark is corrected. */
export async function uncorrected(): Promise<Release> {
  return { ...(await published('4.1.3', false)), version: '4.1.3 uncorrected' };
}

/**
 * Whether a release runs on a flavour's PHP. CodeIgniter 4.3 and 4.4 declare Time::createFromTimestamp() with other
 * parameters than PHP 8.4 has it with (system/I18n/TimeTrait.php), which ends the program.
 */
export function runsOn({ version }: Release, flavour: Flavour): boolean {
  return flavour !== 'debian13' || !/^4\.[34]\./.test(version);
}

/** Which releases the tests ran on and where they came from, as a sentence. */
export async function reported(): Promise<string> {
  const words = (await chosen()).map(({ version, source }) => {
    return `${version} (${source}${source === 'npm' ? ', corrected' : ''})`;
  });
  const none = (await composed()).length === 0 ? ' Composer gave none.' : '';
  return `CodeIgniter ${words.join(', ')}.${none}`;
}

function compare(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

async function named(): Promise<readonly Release[]> {
  const folder = process.env['CI4_RELEASES'] ?? '';
  if (folder === '') return [];
  const names = await readdir(folder);
  const found = names.filter((name) => existsSync(join(folder, name, 'spark')));
  if (found.length === 0)
    throw new Error(`CI4_RELEASES=${folder} holds no release with a spark file.`);
  return Promise.all(
    found.map(async (version): Promise<Release> => {
      // A link would be copied as a link.
      return { version, folder: await realpath(join(folder, version)), source: 'CI4_RELEASES' };
    }),
  );
}

/** The one release that npm has, made to run on PHP 8 (its two known faults, of which the second can be kept). */
async function published(version: string, corrected: boolean): Promise<Release> {
  const name = `npm-${version}${corrected ? '' : '-uncorrected'}`;
  const folder = join(cache, name);
  const release: Release = { version, folder, source: 'npm' };
  if (existsSync(folder)) return release;
  return exclusively(name, async () => {
    if (existsSync(folder)) return release;
    const fresh = `${folder}.new`;
    await rm(fresh, { recursive: true, force: true });
    await mkdir(fresh, { recursive: true });
    const packed = await must(['npm', 'pack', '--silent', `codeigniter4@${version}`], {
      cwd: fresh,
    });
    const archive = join(fresh, packed.trim().split('\n').at(-1) ?? '');
    await must(['tar', '-xzf', archive, '-C', fresh, '--strip-components=1']);
    await rm(archive);
    await correctSpark(fresh);
    if (corrected) await correctHandler(fresh);
    await rename(fresh, folder);
    return release;
  });
}

/** A deprecation of a newer PHP must not become an exception. */
async function correctSpark(folder: string): Promise<void> {
  await replace(
    join(folder, 'spark'),
    'error_reporting(-1)',
    'error_reporting(E_ALL & ~E_DEPRECATED)',
  );
}

/** 4.1.2 to 4.1.4 write the quoted string now(); 4.1.5 made it SQL again. */
async function correctHandler(folder: string): Promise<void> {
  const file = join(folder, 'system/Session/Handlers/DatabaseHandler.php');
  const text = await readFile(file, 'utf8');
  const better = text
    .replace(/'timestamp'\s*=>\s*'now\(\)',\n/g, '')
    .replace(/->insert\(\$insertData\)/, "->set('timestamp', 'now()', false)->insert($insertData)")
    .replace(/->update\(\$updateData\)/, "->set('timestamp', 'now()', false)->update($updateData)");
  if (better === text) throw new Error(`${file} is not what it was: there is nothing to correct.`);
  await writeFile(file, better);
}

async function replace(file: string, from: string, to: string): Promise<void> {
  const text = await readFile(file, 'utf8');
  if (!text.includes(from)) throw new Error(`${file} holds no ${from}.`);
  await writeFile(file, text.replace(from, to));
}
