import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { getExecOutput } from '@actions/exec';
import type { Command, Exit, Output } from './server/command.ts';
import type { Runner } from './trial/runner.ts';

// @actions/exec tells nobody which process it started: a shell does, and becomes the program. In a session of its own
// whatever the program starts can be ended with it. The shell takes the input first: one that ends without reading it
// would make the library fail.
const started = `echo $$ > "$1" && cat > "$1.in" && exec < "$1.in" && rm -f "$1.in" && shift
command -v setsid > /dev/null && exec setsid "$@"
exec "$@"`;
/**
 * What the runner gives its actions. Code of a pull request has no business with tokens, inputs, command files, or with the
 * folders that other steps use.
 */
const own = /^(INPUT|STATE|ACTIONS|GITHUB|RUNNER)_/;

/**
 * This machine, for the application in `root`.
 * @param limit seconds that a command may take
 */
export async function openRunner(root: string, limit: number): Promise<Runner> {
  // PHP resolves links, and compares paths with this one.
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'ci4-deploy-check-')));
  const temp = join(folder, 'tmp');
  await mkdir(temp);
  return {
    root,
    folder,
    async write(path, text) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    },
    run: async (command, signal) =>
      run(withTemp(command, temp), join(folder, 'pid'), limit, signal),
    async [Symbol.asyncDispose]() {
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Temporary files of the program go with the folder. */
function withTemp(command: Command, temp: string): Command {
  return { ...command, env: { TMPDIR: temp, ...command.env } };
}

async function run(
  { program, args, cwd, stdin = '', env = {}, limit }: Command,
  pidFile: string,
  longest: number,
  signal: AbortSignal,
): Promise<Output> {
  signal.throwIfAborted();
  const time = { out: false };
  const stop = (): void => void kill(pidFile);
  const timer = setTimeout(
    () => {
      time.out = true;
      stop();
    },
    (limit ?? longest) * 1000,
  );
  signal.addEventListener('abort', stop, { once: true });
  try {
    // Whatever its types say, there is no status of a program that a signal ended.
    const ran: Ran = await getExecOutput('sh', ['-c', started, 'sh', pidFile, program, ...args], {
      ...(cwd === undefined ? {} : { cwd }),
      env: { ...inherited(), LC_ALL: 'C.UTF-8', ...env },
      input: Buffer.from(stdin),
      // What it prints is foreign: the log quotes it, so that no line of it is a workflow command.
      silent: true,
      ignoreReturnCode: true,
    });
    signal.throwIfAborted();
    const { exitCode, stdout, stderr } = ran;
    return { exit: time.out ? 'timed out' : ended(exitCode), stdout, stderr };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    // Whatever it left running would go on beside the next steps of the job.
    await kill(pidFile);
  }
}

interface Ran {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function ended(code: number | null): Exit {
  return code === null ? { signal: 'SIGKILL' } : { code };
}

function inherited(): Record<string, string> {
  const reported = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !own.test(entry[0]),
  );
  return Object.fromEntries(reported);
}

async function kill(pidFile: string): Promise<void> {
  const first = Number(await readFile(pidFile, 'utf8').catch(() => '0'));
  if (first === 0) return;
  for (const target of [-first, first]) {
    try {
      process.kill(target, 'SIGKILL');
      return;
    } catch {
      // Without setsid it leads no group, or it has ended meanwhile.
    }
  }
}
