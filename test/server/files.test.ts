import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Site } from '../rig/kayart.ts';
import { chosen, type Release } from '../rig/releases.ts';
import { run, type RunOptions, type RunResult } from '../rig/runner.ts';
import { brokenController, nicolas } from './breakages.ts';
import { builtBefore, commands } from './own-commands.ts';
import { regularVisitor } from './regular-visitor.ts';
import { errorsOf, fresh, inputsFor, othersOf, snapshot } from './situation.ts';

const home = 'app/Controllers/Home.php';
const files = 'public/build, public/manifest.json';

/** The workspace of a job that has built something: a folder with a large file, and a file beside it. */
class Built implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'ci4-deploy-built-'));

  constructor(text: string) {
    mkdirSync(join(this.folder, 'public/build/deep er'), { recursive: true, mode: 0o700 });
    writeFileSync(join(this.folder, 'public/build/app.js'), text, { mode: 0o600 });
    writeFileSync(
      join(this.folder, 'public/build/deep er/large.bin'),
      randomBytes(5 * 1024 * 1024),
    );
    writeFileSync(join(this.folder, 'public/manifest.json'), `{"text":"${text}"}`);
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

async function sent(
  site: Site,
  sha: string,
  built: Built,
  options: Partial<RunOptions> = {},
): Promise<RunResult> {
  return run({
    inputs: { ...inputsFor(site), files },
    context: { sha, workspace: built.folder },
    ...options,
  });
}

async function served(site: Site): Promise<readonly string[]> {
  const answers = [await site.get('/build/app.js'), await site.get('/manifest.json')];
  return answers.map(({ status, body }) => (status === 200 ? body.trim() : String(status)));
}

describe.each(await chosen())('files, CodeIgniter $version', (release: Release) => {
  describe.each(['in-place', 'releases'] as const)('%s', (strategy) => {
    test('delivered and served; unhealthy: the previous ones, the very same, are back', async () => {
      await using server = await fresh(release, { strategy });
      const { site } = server;
      await builtBefore(site);
      await nicolas(site, 'echo before >public/manifest.json');
      await nicolas(
        site,
        'echo public/manifest.json >>$(git rev-parse --git-common-dir)/info/exclude',
      );
      const anna = await regularVisitor(site, 'anna');
      const before = await snapshot(site);
      using first = new Built('one');
      const broken = await site.push({ [home]: brokenController }, 'Break');
      const failed = await sent(site, broken, first);
      expect([failed.outputs['outcome'], errorsOf(failed)]).toEqual([
        'rolled-back',
        ['site-unhealthy'],
      ]);
      expect(await served(site)).toEqual(['old', 'before']);
      expect(await snapshot(site)).toEqual(before);
      expect(await anna.noticed()).toBeNull();
      const repaired = await commands(site, 'tables: {}\n', {
        [home]: await committed(site, home),
      });
      const result = await sent(site, repaired, first);
      expect([result.outputs['outcome'], errorsOf(result)]).toEqual(['deployed', []]);
      expect(othersOf(result)).not.toContain('files-not-shared');
      expect(await served(site)).toEqual(['one', '{"text":"one"}']);
      using second = new Built('two');
      const next = await site.push({ 'public/version.txt': 'next' }, 'Next');
      expect((await sent(site, next, second)).outputs['outcome']).toBe('deployed');
      expect(await served(site)).toEqual(['two', '{"text":"two"}']);
      expect((await snapshot(site)).status).toBe('');
      expect(await anna.noticed()).toBeNull();
    }, 300_000);

    test('the job did not build: refused; the connection is lost and the runner killed while they are sent: as before', async () => {
      await using server = await fresh(release, { strategy });
      const { site } = server;
      await builtBefore(site);
      const before = await snapshot(site);
      using built = new Built('new');
      rmSync(join(built.folder, 'public/manifest.json'));
      const refused = await sent(site, site.commits.next, built);
      expect([refused.outputs['outcome'], errorsOf(refused)]).toEqual([
        'refused',
        ['files-missing'],
      ]);
      expect(await snapshot(site)).toEqual(before);
      writeFileSync(join(built.folder, 'public/manifest.json'), '{}');
      for (const patience of [{ interrupt: 0, terminate: 0 }, undefined]) {
        const begun = Promise.withResolvers<undefined>();
        await sent(site, site.commits.next, built, {
          cancelAfter: begun.promise,
          ...(patience === undefined ? {} : { patience }),
          onLine: (line) => {
            if (line.includes('of the files is there')) begun.resolve(undefined);
          },
        });
        expect(await snapshot(site)).toEqual(before);
      }
      let cut = false;
      const lost = await sent(site, site.commits.next, built, {
        onLine: (line) => {
          if (cut || !line.includes('of the files is there')) return;
          cut = true;
          void site.machine.exec(['pkill', '-KILL', '-f', 'sshd: nicolas']);
        },
      });
      expect(errorsOf(lost)).toEqual(['connection-lost']);
      expect(await snapshot(site)).toEqual(before);
      expect(await served(site)).toEqual(['old', '404']);
    }, 300_000);
  });
});

/** What a file was before the newest commit. */
async function committed(site: Site, file: string): Promise<string> {
  const { stdout } = await site.machine.exec([
    'git',
    '-c',
    'safe.directory=*',
    '-C',
    '/srv/git/kayart.git',
    'show',
    `main~1:${file}`,
  ]);
  return stdout;
}
