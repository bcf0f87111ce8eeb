import { existsSync } from 'node:fs';
import { arch } from 'node:process';
import { fileURLToPath } from 'node:url';
import { parsePairs, readStepFile, stepFiles } from './runner-files.ts';
import { runProgram, type Patience } from './runner-process.ts';
import type { Transcript } from './runner-transcript.ts';

/** What main and post have in common. */
export interface Job {
  readonly env: Readonly<Record<string, string>>;
  readonly temp: string;
  readonly workspace: string;
  readonly transcript: Transcript;
  readonly patience: Patience;
  readonly onStart?: ((group: number) => void) | undefined;
}

/** What a step left behind. */
export interface StepEnd {
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  readonly outputs: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
  readonly summary: string;
  /** The raw texts of its files, by what they are. */
  readonly texts: Readonly<Record<'output' | 'state' | 'summary' | 'env' | 'path', string>>;
}

// GitHub drops a summary that is larger (actions/runner, FileCommandManager.cs).
const largestSummary = 1024 * 1024;

/** Runs one program of the action under Node 24 and reads what it left, also when it was killed. */
export async function runStep(
  job: Job,
  script: string,
  state: Readonly<Record<string, string>>,
  cancel?: AbortSignal,
): Promise<StepEnd> {
  const { transcript } = job;
  const files = await stepFiles(job.temp);
  const saved = Object.entries(state).map(([name, value]) => [`STATE_${name}`, value]);
  const talk = Object.entries(files).map(([name, file]) => [`GITHUB_${name.toUpperCase()}`, file]);
  const program = {
    file: node24(),
    args: [script],
    folder: job.workspace,
    env: { ...job.env, ...Object.fromEntries([...saved, ...talk]) } as Record<string, string>,
    onLine: (line: string) => {
      transcript.take(line);
    },
    onStart: job.onStart,
  };
  const exitCode = await runProgram(program, job.patience, cancel);
  const texts = {
    output: await readStepFile(files.output),
    state: await readStepFile(files.state),
    summary: await readStepFile(files.step_summary),
    env: await readStepFile(files.env),
    path: await readStepFile(files.path),
  };
  return {
    exitCode,
    outputs: { ...Object.fromEntries(transcript.outputs), ...pairs('output', texts, transcript) },
    state: { ...Object.fromEntries(transcript.state), ...pairs('state', texts, transcript) },
    summary: kept(texts.summary, transcript),
    texts,
  };
}

function pairs(
  name: 'output' | 'state',
  texts: StepEnd['texts'],
  transcript: Transcript,
): Record<string, string> {
  try {
    return Object.fromEntries(parsePairs(texts[name]));
  } catch (error) {
    transcript.say('error', `Unable to process file command '${name}' successfully.`);
    transcript.say('error', (error as Error).message);
    return {};
  }
}

function kept(summary: string, transcript: Transcript): string {
  const size = Buffer.byteLength(summary);
  if (size <= largestSummary) return summary;
  const [limit, got] = [largestSummary, size].map((bytes) => `${Math.floor(bytes / 1024)}k`);
  transcript.say(
    'error',
    `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of ${limit ?? ''}, got ${got ?? ''}.`,
  );
  return '';
}

/** The Node.js 24 that npm brought, whatever the machine has. */
export function node24(): string {
  const file = fileURLToPath(
    new URL(`../../node_modules/node-linux-${arch}/bin/node`, import.meta.url),
  );
  if (!existsSync(file)) throw new Error('Node.js 24 is missing. Run: npm ci');
  return file;
}
