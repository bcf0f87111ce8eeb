import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { cache } from './cache.ts';

/** What a program on this machine left. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How to run a program here. */
export interface HostOptions {
  readonly stdin?: string | Buffer;
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Hears each line of both streams. */
  readonly onLine?: (line: string) => void;
}

/** Runs a program on this machine; never throws for its exit status, a signal counts as 255. */
export async function host(argv: readonly string[], options: HostOptions = {}): Promise<Ended> {
  const [program = '', ...args] = argv;
  const { cwd, env } = options;
  const child = spawn(program, args, {
    env: env ?? process.env,
    ...(cwd === undefined ? {} : { cwd }),
  });
  const streams = [child.stdout, child.stderr].map((stream) => {
    const parts: Buffer[] = [];
    stream.on('data', (part: Buffer) => {
      parts.push(part);
      for (const line of part.toString().split('\n')) if (line !== '') options.onLine?.(line);
    });
    return parts;
  });
  // The program may end before it has read everything.
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.stdin ?? '');
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => {
      resolve(status ?? 255);
    });
  });
  const [stdout = '', stderr = ''] = streams.map((parts) => Buffer.concat(parts).toString());
  return { code, stdout, stderr };
}

/** As `host`, for what has to succeed. Answers standard output. */
export async function must(argv: readonly string[], options: HostOptions = {}): Promise<string> {
  const { code, stdout, stderr } = await host(argv, options);
  if (code !== 0) {
    throw new Error(
      `${argv.join(' ').slice(0, 300)} ended with ${code}: ${(stderr || stdout).slice(-2000)}`,
    );
  }
  return stdout;
}

/** Runs one after another what several processes want to do at the same time. */
export async function exclusively<T>(name: string, work: () => Promise<T>): Promise<T> {
  await must(['mkdir', '-p', cache]);
  const lock = join(cache, `${name}.lock`);
  // flock(1) holds the lock as long as its standard input stays open: it goes with this process, however that ends.
  const holder = spawn('flock', [lock, 'sh', '-c', 'echo held; cat >/dev/null'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    holder.once('error', reject);
    holder.once('exit', (code) => {
      reject(new Error(`flock ${lock} ended with ${code ?? 'a signal'}.`));
    });
    holder.stdout.once('data', () => {
      resolve();
    });
  });
  try {
    return await work();
  } finally {
    holder.stdin.end();
  }
}
