import { setTimeout as pause } from 'node:timers/promises';
import type { Site } from '../../rig/kayart.ts';
import type { Release } from '../../rig/releases.ts';
import { run, type RunResult } from '../../rig/runner.ts';
import { brokenController, fileOf, nicolas } from '../breakages.ts';
import { regularVisitor, type RegularVisitor } from '../regular-visitor.ts';
import { fresh, inputsFor, snapshot } from '../situation.ts';
import type { Planned, Round } from './rounds.ts';

/** How one run ended. */
export interface Ended {
  readonly planned: Planned;
  readonly outcome: string;
  readonly green: boolean;
  readonly commit: string;
  /** When it ended, on the clock of this process. */
  readonly at: number;
  readonly log: readonly string[];
}

/** What came of a round: nothing in `wrong` when every run said the truth and nobody noticed anything. */
export interface Met {
  readonly ended: readonly Ended[];
  readonly wrong: readonly string[];
}

interface Scene {
  readonly site: Site;
  /** Ids of the commits, the live one first. */
  readonly ids: readonly string[];
  readonly visitors: RegularVisitor[];
}

/** Lets the runs of a round meet on a fresh server, and looks at it from outside when all are over. */
export async function meet(round: Round, release: Release): Promise<Met> {
  await using server = await fresh(release);
  const { site } = server;
  const ids = await history(site);
  const scene: Scene = { site, ids, visitors: [await regularVisitor(site)] };
  const ended = await Promise.all(round.runs.map(async (one, at) => go(scene, one, at)));
  const killed = ended.filter(({ planned }) => planned.killedAfter !== null);
  if (killed.length > 0) ended.push(await finishing(scene));
  return { ended, wrong: await wrongs(scene, ended) };
}

/** v1 moves the sessions, v2 changes a page, v3 breaks the first one, v4 repairs it. */
async function history(site: Site): Promise<string[]> {
  const home = 'app/Controllers/Home.php';
  const whole = await fileOf(site, home);
  const { live, next } = site.commits;
  const harmless = await site.push({ 'app/Views/note.php': 'a note' }, 'Harmless');
  const broken = await site.push({ [home]: brokenController }, 'Broken');
  const repaired = await site.push({ [home]: whole }, 'Repaired');
  return [live, next, harmless, broken, repaired];
}

async function go(scene: Scene, planned: Planned, at: number): Promise<Ended> {
  const { site, ids } = scene;
  await pause(planned.offset);
  const sha = ids[planned.commit + 1] ?? '';
  const result = await run({
    inputs: {
      ...inputsFor(site),
      command: planned.command,
      'lock-wait': planned.lockWait,
    },
    context: { sha, run_id: String(1000 + at) },
    ...killing(planned),
  });
  return arrive(scene, planned, result);
}

function killing({ killedAfter }: Planned): object {
  if (killedAfter === null) return {};
  return {
    cancelAfter: pause(killedAfter),
    patience: { interrupt: 0, terminate: 0 },
    andPost: false,
  };
}

/** Who believes a green run logs in at once. */
async function arrive(scene: Scene, planned: Planned, result: RunResult): Promise<Ended> {
  const { outcome = 'killed', commit = '' } = result.outputs;
  const ended: Ended = {
    ...{ planned, outcome, commit },
    ...{ green: result.exitCode === 0, at: performance.now(), log: result.log },
  };
  if (ended.green) {
    scene.visitors.push(await regularVisitor(scene.site, `anna${scene.visitors.length}`));
  }
  return ended;
}

/** The next deploy after a runner that was killed, when its lock is old enough. */
async function finishing(scene: Scene): Promise<Ended> {
  const { site } = scene;
  const state = `${site.gitDir}/ci4-deploy`;
  await nicolas(
    site,
    `[ ! -e ${state}/lock/heartbeat ] || touch -d '10 minutes ago' ${state}/lock/heartbeat`,
  );
  const last: Planned = {
    ...{ commit: 3, command: 'deploy', offset: 0, lockWait: '3m', killedAfter: null },
  };
  return go(scene, last, 99);
}

async function wrongs(scene: Scene, ended: readonly Ended[]): Promise<string[]> {
  const { site, ids, visitors } = scene;
  const state = await snapshot(site);
  const noticed = await Promise.all(visitors.map(async (one) => one.noticed()));
  const pinned = await site.machine.exec(['grep', '-c', 'ci4-deploy', `${site.path}/.env`]);
  const migrated = state.ledger.join().includes('CreateSessionTable');
  return [
    ...contradicted(ids, state.head, ended),
    ...unclear(ended),
    ...noticed.flatMap((one) => (one === null ? [] : [one])),
    ...(state.left === '' ? [] : [`left on the server: ${state.left}`]),
    ...(state.status === '' ? [] : [`the tree is not clean: ${state.status}`]),
    ...(pinned.code === 0 ? ['.env still pins a session handler'] : []),
    ...(migrated === (state.head !== ids[0]) ? [] : ['the ledger does not fit the live commit']),
    ...Object.entries(state.pages).flatMap(([page, status]) =>
      status === 200 ? [] : [`${page} answers ${status}`],
    ),
  ];
}

/** What is live is what the last green run said, and no commit that was called green is behind it. */
function contradicted(ids: readonly string[], head: string, ended: readonly Ended[]): string[] {
  const greens = ended.filter(({ green }) => green).toSorted((a, b) => a.at - b.at);
  const last = greens.at(-1)?.commit ?? ids[0];
  const place = (id = ''): number => ids.indexOf(id);
  const behind = greens.filter(({ commit }) => place(commit) > place(head));
  return [
    ...(last === head ? [] : [`live is v${place(head)}, the last green run said v${place(last)}`]),
    ...behind.map(
      ({ commit }) => `v${place(commit)} was called green, and v${place(head)} is live`,
    ),
  ];
}

function unclear(ended: readonly Ended[]): string[] {
  const known = ['deployed', 'already-live', 'refused', 'rolled-back'];
  return ended.flatMap(({ planned, outcome, green }) => {
    if (planned.killedAfter !== null) return [];
    const right = green === (outcome === 'deployed' || outcome === 'already-live');
    return known.includes(outcome) && right ? [] : [`a run ended as ${outcome}`];
  });
}

/** The outcomes of a round in one line. */
export function outcomes({ ended }: Met): string {
  return ended.map(({ outcome }) => outcome).join(', ');
}
