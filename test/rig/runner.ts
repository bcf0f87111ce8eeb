import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findLeaks } from './runner-leaks.ts';
import {
  inputVariables,
  readManifest,
  type GithubContext,
  type Manifest,
} from './runner-manifest.ts';
import { githubPatience, type Patience } from './runner-process.ts';
import { runStep, type Job, type StepEnd } from './runner-step.ts';
import { Transcript, type Annotation } from './runner-transcript.ts';

/** What a workflow says about the step, and what is known about the run. */
export interface RunOptions {
  /** The `with:` of the step. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Parts of the `github` context; the rest is made up. */
  readonly context?: GithubContext;
  /** More variables for the program, as the `env:` of the job. */
  readonly env?: Readonly<Record<string, string>>;
  /** The folder that holds action.yml; this repository unless set. */
  readonly action?: string;
  /** A program to run as main and post in place of the ones in action.yml. */
  readonly dist?: string;
  /** Gets each line as it is shown. */
  readonly onLine?: (line: string) => void;
  /** Gets the process group of main, then that of post. */
  readonly onStart?: (group: number) => void;
  /** The run is cancelled when this settles or aborts. */
  readonly cancelAfter?: Promise<unknown> | AbortSignal;
  readonly patience?: Partial<Patience>;
  /** False: the machine of the runner is gone after main, and post never runs. */
  readonly andPost?: boolean;
}

/** Everything that is left of a run. */
export interface RunResult {
  /** The exit status of main; null when a signal ended it. */
  readonly exitCode: number | null;
  /** The exit status of post; null when a signal ended it or there is no post. */
  readonly postExitCode: number | null;
  readonly conclusion: 'success' | 'failure' | 'cancelled';
  /** Every line as it was printed, main then post. */
  readonly log: readonly string[];
  /** The lines of post alone. */
  readonly postLog: readonly string[];
  /** The log as a person sees it: groups indented, annotations marked, masks applied. */
  readonly shown: readonly string[];
  readonly annotations: readonly Annotation[];
  /** What main put out; nobody sees the outputs of post. */
  readonly outputs: Readonly<Record<string, string>>;
  /** What main saved for post. */
  readonly state: Readonly<Record<string, string>>;
  /** The Markdown of main and post as written; GitHub masks it before it shows it. */
  readonly summary: string;
  readonly masks: readonly string[];
  readonly seconds: number;
  /** The texts of the files left in RUNNER_TEMP, by name. The folder itself is gone. */
  readonly files: ReadonlyMap<string, string>;
  /** Every place but `::add-mask::` where one of the secrets stands: whole, a line of it, or encoded. */
  readonly leaks: (secrets: readonly string[]) => string[];
}

const madeUp: GithubContext = {
  actor: 'nicolas',
  event_name: 'push',
  job: 'deploy',
  ref: 'refs/heads/main',
  ref_name: 'main',
  ref_type: 'branch',
  repository: 'example/kayart',
  repository_owner: 'example',
  run_attempt: '1',
  run_id: '1234567890',
  run_number: '7',
  server_url: 'https://github.com',
  sha: '0'.repeat(40),
  workflow: 'Deploy',
};

/** Runs the action as GitHub's runner does: main, then post whatever happened to main. */
export async function run(options: RunOptions): Promise<RunResult> {
  const began = performance.now();
  const root = await mkdtemp(join(tmpdir(), 'ci4-deploy-runner-'));
  try {
    const folder = options.action ?? fileURLToPath(new URL('../..', import.meta.url));
    const manifest = await readManifest(folder);
    if (manifest.using !== 'node24') throw new Error(`This runner has no ${manifest.using}.`);
    const job = await prepare(options, manifest, root);
    const ended = await mainAndPost(options, job, folder, manifest);
    const files = await filesIn(job.temp);
    return {
      ...reported(job.transcript, ended, files),
      seconds: (performance.now() - began) / 1000,
    };
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function prepare(options: RunOptions, manifest: Manifest, root: string): Promise<Job> {
  const temp = join(root, 'temp');
  const workspace = join(root, 'workspace');
  const home = join(root, 'home');
  for (const folder of [temp, workspace, home]) await mkdir(folder);
  const event = join(root, 'event.json');
  await writeFile(event, '{}');

  const transcript = new Transcript(options.onLine ?? (() => undefined));
  const context = { ...madeUp, workspace, event_path: event, ...options.context };
  const { variables, unexpected } = inputVariables(manifest, options.inputs, context);
  if (unexpected.length > 0) {
    const [given, valid] = [unexpected, [...manifest.inputs.keys()]].map((names) =>
      names.join("', '"),
    );
    transcript.say(
      'warning',
      `Unexpected input(s) '${given ?? ''}', valid inputs are ['${valid ?? ''}']`,
    );
  }
  const env = {
    ...machine(temp, home),
    ...options.env,
    ...Object.fromEntries(
      Object.entries(context).map(([name, value]) => [`GITHUB_${name.toUpperCase()}`, value]),
    ),
    ...variables,
  };
  const patience = { ...githubPatience, ...options.patience };
  return { env, temp, workspace, transcript, patience, onStart: options.onStart };
}

/** Nothing of our own environment: an SSH agent, a proxy or a home of ours must not help the action. */
function machine(temp: string, home: string): Record<string, string> {
  return {
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    HOME: home,
    LANG: 'C.UTF-8',
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    RUNNER_ARCH: process.arch.toUpperCase(),
    RUNNER_NAME: 'rig',
    RUNNER_OS: 'Linux',
    RUNNER_TEMP: temp,
    RUNNER_TOOL_CACHE: temp,
  };
}

interface Ended {
  readonly main: StepEnd;
  readonly post: StepEnd | undefined;
  readonly cancelled: boolean;
  /** How many lines main printed. */
  readonly split: number;
}

async function mainAndPost(
  options: RunOptions,
  job: Job,
  folder: string,
  manifest: Manifest,
): Promise<Ended> {
  const cancel = asSignal(options.cancelAfter);
  const main = await runStep(job, options.dist ?? join(folder, manifest.main), {}, cancel);
  const cancelled = cancel?.aborted ?? false;
  const split = job.transcript.raw.length;
  job.transcript.step(`Post ${manifest.name}`);
  if (manifest.post === undefined || options.andPost === false)
    return { main, post: undefined, cancelled, split };
  const post = await runStep(job, options.dist ?? join(folder, manifest.post), main.state);
  return { main, post, cancelled, split };
}

function asSignal(after: RunOptions['cancelAfter']): AbortSignal | undefined {
  if (after === undefined || after instanceof AbortSignal) return after;
  const controller = new AbortController();
  const abort = (): void => {
    controller.abort();
  };
  after.then(abort, abort);
  return controller.signal;
}

async function filesIn(folder: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isFile()) files.set(entry.name, await readFile(join(folder, entry.name), 'utf8'));
  }
  return files;
}

function reported(
  transcript: Transcript,
  ended: Ended,
  files: ReadonlyMap<string, string>,
): Omit<RunResult, 'seconds'> {
  const { main, post, split } = ended;
  const log = transcript.raw.map(({ text }) => text);
  return {
    exitCode: main.exitCode,
    postExitCode: post?.exitCode ?? null,
    conclusion: conclusion(ended, transcript),
    log,
    postLog: log.slice(split),
    shown: transcript.shown,
    annotations: transcript.annotations,
    outputs: main.outputs,
    state: main.state,
    summary: main.summary + (post?.summary ?? ''),
    masks: transcript.masks,
    files,
    leaks: (secrets) => findLeaks(secrets, transcript, written(ended, files)),
  };
}

function conclusion(
  { main, post, cancelled }: Ended,
  { spoiled }: Transcript,
): RunResult['conclusion'] {
  if (cancelled) return 'cancelled';
  const red = [main, post].some((step) => step !== undefined && step.exitCode !== 0);
  return red || spoiled ? 'failure' : 'success';
}

function written(
  { main, post }: Ended,
  files: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const ofPost = Object.entries(post?.texts ?? {}).map(([name, text]) => [`${name} of post`, text]);
  const left = [...files].map(([name, text]) => [`file ${name}`, text]);
  return new Map([...Object.entries(main.texts), ...ofPost, ...left] as [string, string][]);
}
