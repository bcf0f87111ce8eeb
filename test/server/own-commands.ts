import { setTimeout as pause } from 'node:timers/promises';
import type { Report } from '../../src/report/report.ts';
import type { Site } from '../rig/kayart.ts';
import { run, type RunOptions, type RunResult } from '../rig/runner.ts';
import { nicolas } from './breakages.ts';
import { inputsFor } from './situation.ts';

/** Two children, of which one left the process group. */
export const children = 'setsid sleep 4321 & sleep 4321 & sleep 4321';

/** A commit whose settings are these. What the build makes is ignored, as it mostly is. */
export async function commands(
  site: Site,
  settings: string,
  files: Readonly<Record<string, string>> = {},
): Promise<string> {
  const all = { '.ci4-deploy.yml': settings, 'public/.gitignore': '/build\n', ...files };
  return site.push(all, 'Commands');
}

/** The built folder of the live site, as an earlier build left it. */
export async function builtBefore(site: Site): Promise<void> {
  await nicolas(site, 'mkdir -p public/build && echo old >public/build/app.js');
  await nicolas(
    site,
    'git check-ignore -q public/build || echo public/build >>$(git rev-parse --git-common-dir)/info/exclude',
  );
}

export async function text(site: Site, file: string): Promise<string> {
  return (await site.machine.exec(['cat', file])).stdout.trim();
}

/** What of the commands runs on the server. */
export async function running(site: Site, pattern: string): Promise<readonly string[]> {
  const { stdout } = await site.machine.exec(['pgrep', '-af', pattern]);
  return stdout.split('\n').filter((line) => line !== '' && !line.includes('pgrep'));
}

export async function until(site: Site, pattern: string): Promise<void> {
  for (let tries = 600; tries > 0; tries -= 1) {
    if ((await running(site, pattern)).length > 0) return;
    await pause(100);
  }
}

export function reportOf(result: RunResult): Report {
  return JSON.parse(result.files.get('ci4-deploy-report.json') ?? '{}') as Report;
}

/** Runs a commit; the job is stopped, or the connection cut, while something of that pattern runs. */
export async function stopped(
  site: Site,
  sha: string,
  pattern: string,
  options: Partial<RunOptions>,
): Promise<RunResult> {
  return run({
    inputs: inputsFor(site),
    context: { sha },
    cancelAfter: until(site, pattern),
    ...options,
  });
}
