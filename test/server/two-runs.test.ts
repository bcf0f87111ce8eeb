import { describe, expect, test } from '@jest/globals';
import type { Site } from '../rig/kayart.ts';
import { chosen } from '../rig/releases.ts';
import type { RunResult } from '../rig/runner.ts';
import { brokenController, fileOf, nicolas } from './breakages.ts';
import { regularVisitor } from './regular-visitor.ts';
import { start } from './start.ts';
import { whenLogged } from './when-logged.ts';
import { errorsOf, fresh, snapshot } from './situation.ts';

const [release] = (await chosen()).slice(-1);
if (release === undefined) throw new Error('There is no CodeIgniter release at hand.');

const home = 'app/Controllers/Home.php';
const waits = { 'lock-wait': '3m' };

/** A run, and a promise of the moment at which its log has this text. */
function watched(
  site: Site,
  id: string,
  commit: string,
  text: string,
  inputs: Readonly<Record<string, string>> = {},
): { readonly reached: Promise<void>; readonly ended: Promise<RunResult> } {
  const { onLine, reached } = whenLogged(text);
  return { reached, ended: start(site, id, commit, inputs, { onLine }) };
}

/** Killed with its runner as soon as its log has this text. */
async function killedAt(site: Site, text: string): Promise<void> {
  const { onLine, reached } = whenLogged(text);
  const patience = { interrupt: 0, terminate: 0 };
  const killed = { cancelAfter: reached, patience, andPost: false, onLine };
  const { outcome } = (await start(site, '1', site.commits.next, {}, killed)).outputs;
  // A text that no log has would let the run end, and the test say nothing.
  if (outcome !== undefined) throw new Error(`never killed at ${text}: ${outcome}`);
}

/** A run whose runner is suspended as soon as its log has this text, until it is woken up. */
function sleepsAt(
  site: Site,
  id: string,
  commit: string,
  text: string,
): {
  readonly asleep: Promise<void>;
  readonly wake: () => void;
  readonly ended: Promise<RunResult>;
} {
  const { onLine, reached } = whenLogged(text);
  let group = 0;
  let slept = false;
  const onStart = (started: number): void => {
    group = started;
  };
  const suspends = (line: string): void => {
    onLine(line);
    if (slept || !line.includes(text)) return;
    slept = true;
    process.kill(-group, 'SIGSTOP');
  };
  return {
    asleep: reached,
    wake: () => process.kill(-group, 'SIGCONT'),
    ended: start(site, id, commit, {}, { onLine: suspends, onStart }),
  };
}

/** Where the action keeps its state. */
function stateOf({ gitDir }: Site): string {
  return `${gitDir}/ci4-deploy`;
}

/** Ten minutes go by. */
async function later(site: Site): Promise<void> {
  await nicolas(site, `touch -d '10 minutes ago' ${stateOf(site)}/lock/heartbeat`);
}

function outcomeOf({ outputs }: RunResult): string {
  return outputs['outcome'] ?? '';
}

describe('a run that waited for another one', () => {
  test('the same commit moves the sessions once, and who logged in between stays logged in', async () => {
    await using server = await fresh(release);
    const { site } = server;
    const berta = await regularVisitor(site);
    const first = watched(site, '1', site.commits.next, 'Stage:');
    await first.reached;
    const second = start(site, '2', site.commits.next, waits);
    expect(outcomeOf(await first.ended)).toBe('deployed');
    const anna = await regularVisitor(site, 'anna');
    expect(outcomeOf(await second)).toBe('already-live');
    expect([await berta.noticed(), await anna.noticed()]).toEqual([null, null]);
  }, 120_000);

  test('an older commit is refused once the newer one is live', async () => {
    await using server = await fresh(release);
    const { site } = server;
    const newer = await site.push({ 'app/Views/note.php': 'a note' }, 'Newer');
    const first = watched(site, '1', newer, 'Stage:');
    await first.reached;
    const second = await start(site, '2', site.commits.next, waits);
    expect(outcomeOf(await first.ended)).toBe('deployed');
    expect([outcomeOf(second), errorsOf(second)]).toEqual(['refused', ['not-a-descendant']]);
    expect(await site.head()).toBe(newer);
  }, 120_000);

  test('a commit that fails rolls back to what was live under its lock', async () => {
    await using server = await fresh(release);
    const { site } = server;
    const broken = await site.push({ [home]: brokenController }, 'Broken');
    const first = watched(site, '1', site.commits.next, 'Stage:');
    await first.reached;
    const second = await start(site, '2', broken, waits);
    expect(outcomeOf(await first.ended)).toBe('deployed');
    expect(outcomeOf(second)).toBe('rolled-back');
    expect(second.outputs['previous-commit']).toBe(site.commits.next);
    expect(await site.head()).toBe(site.commits.next);
  }, 120_000);

  test('of three, each one has its turn', async () => {
    await using server = await fresh(release);
    const { site } = server;
    const whole = await fileOf(site, home);
    const ids = [
      site.commits.next,
      await site.push({ [home]: `${whole}\n// 2` }, 'Second'),
      await site.push({ [home]: `${whole}\n// 3` }, 'Third'),
    ];
    const results = await Promise.all(
      ids.map(async (commit, at) => start(site, String(at), commit, waits)),
    );
    for (const [at, result] of results.entries()) {
      // One that comes after a newer one is refused; nothing else may happen to it.
      const errors = errorsOf(result);
      expect([`v${at}`, errors]).toEqual([
        `v${at}`,
        errors.length === 0 ? [] : ['not-a-descendant'],
      ]);
    }
    expect(await site.head()).toBe(ids[2]);
    expect((await snapshot(site)).left).toBe('');
  }, 240_000);

  test('one whose holder is killed meanwhile finishes what that one left', async () => {
    await using server = await fresh(release);
    const { site } = server;
    const berta = await regularVisitor(site);
    const killed = killedAt(site, 'Cut over:');
    while ((await site.machine.exec(['test', '-e', `${stateOf(site)}/lock/journal`])).code > 0);
    const second = start(site, '2', site.commits.next, waits);
    await killed;
    await later(site);
    expect(outcomeOf(await second)).toBe('deployed');
    expect(await berta.noticed()).toBeNull();
    expect((await snapshot(site)).left).toBe('');
  }, 240_000);
});

describe('a run whose runner slept', () => {
  // The step that it announces last; the changes of that step and all others come after its sleep.
  test.each(['Verify:', 'Switch:'])(
    'at %s, while another one took its lock over: it touches nothing',
    async (at) => {
      await using server = await fresh(release);
      const { site } = server;
      const berta = await regularVisitor(site);
      const newer = await site.push({ 'app/Views/note.php': 'a note' }, 'Newer');
      const sleeper = sleepsAt(site, '1', site.commits.next, at);
      await sleeper.asleep;
      await later(site);
      const second = await start(site, '2', newer, waits);
      const between = await snapshot(site);
      sleeper.wake();
      const woken = await sleeper.ended;
      expect(outcomeOf(second)).toBe('deployed');
      expect([outcomeOf(woken), woken.exitCode]).toEqual(['stranded', 1]);
      expect(errorsOf(woken)).toContain('lock-lost');
      expect(await snapshot(site)).toEqual(between);
      expect(await site.head()).toBe(newer);
      expect(await berta.noticed()).toBeNull();
    },
    240_000,
  );
});

describe('nothing is called live while a deploy is not over', () => {
  test.each(['Switch:', 'Cut over:'])(
    'killed at %s: refused, then finished',
    async (at) => {
      await using server = await fresh(release);
      const { site } = server;
      const berta = await regularVisitor(site);
      await killedAt(site, at);
      const looks = await start(site, '2', site.commits.next, { command: 'verify' });
      const soon = await start(site, '3', site.commits.next);
      expect([outcomeOf(looks), outcomeOf(soon)]).toEqual(['refused', 'refused']);
      expect([errorsOf(looks), errorsOf(soon)]).toEqual([['locked'], ['locked']]);
      await later(site);
      expect(outcomeOf(await start(site, '4', site.commits.next))).toBe('deployed');
      expect(await berta.noticed()).toBeNull();
      const { left } = await snapshot(site);
      const pinned = await site.machine.exec(['grep', 'ci4-deploy', `${site.path}/.env`]);
      expect([left, pinned.stdout]).toEqual(['', '']);
    },
    240_000,
  );

  test('while the page of another run is waited for', async () => {
    await using server = await fresh(release);
    const { site } = server;
    const broken = await site.push({ [home]: brokenController }, 'Broken');
    const first = watched(site, '1', broken, 'Confirm:', { 'health-retries': '9' });
    await first.reached;
    const second = await start(site, '2', broken);
    const looks = await start(site, '3', broken, { command: 'verify' });
    expect([errorsOf(second), errorsOf(looks)]).toEqual([
      ['locked'],
      expect.arrayContaining(['locked']),
    ]);
    expect(outcomeOf(await first.ended)).toBe('rolled-back');
    expect(await site.head()).toBe(site.commits.live);
  }, 240_000);

  test('a pinned handler whose journal somebody has removed: verify is red, the next deploy moves the sessions', async () => {
    await using server = await fresh(release);
    const { site } = server;
    const berta = await regularVisitor(site);
    await killedAt(site, 'Cut over:');
    // As soon as nothing of it runs any more.
    await nicolas(site, `sleep 15; rm -rf ${stateOf(site)}`);
    await nicolas(
      site,
      'git worktree prune; grep -q "ci4-deploy begin" .env || cp .env /tmp/unpinned',
    );
    const anna = await regularVisitor(site, 'anna');
    const pinned = (await site.machine.exec(['grep', 'ci4-deploy begin', `${site.path}/.env`]))
      .stdout;
    const looks = await start(site, '2', site.commits.next, { command: 'verify' });
    const again = await start(site, '3', site.commits.next);
    expect(errorsOf(looks)).toEqual(pinned === '' ? [] : ['session-handler-pinned']);
    expect(outcomeOf(again)).toBe(pinned === '' ? 'already-live' : 'deployed');
    expect([await berta.noticed(), await anna.noticed()]).toEqual([null, null]);
    expect((await site.machine.exec(['grep', 'ci4-deploy', `${site.path}/.env`])).stdout).toBe('');
  }, 240_000);
});
