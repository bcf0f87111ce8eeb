import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

/** How a page is looked at. */
export interface Screen {
  readonly width: number;
  readonly theme: 'light' | 'dark';
}

interface Answer {
  readonly id?: number;
  readonly method?: string;
  readonly sessionId?: string;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

// Debian's package, and what runners of GitHub have.
const programs = ['chromium', 'google-chrome', 'chromium-browser'];

/** The browser of this machine. @throws Error with the line that installs one */
function program(): string {
  const found = programs.find(
    (name) => spawnSync('sh', ['-c', `command -v ${name}`], { stdio: 'ignore' }).status === 0,
  );
  if (found === undefined)
    throw new Error('There is no Chromium here: apt-get install -y chromium fonts-liberation');
  return found;
}

/** Chromium without a window, asked through two pipes (chromedevtools.github.io, devtools-protocol): no port, no network. */
export class Browser implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #profile: string;
  readonly #to: Writable;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  readonly #loaded = new Set<() => void>();
  #asked = 0;
  #session = '';

  private constructor() {
    this.#profile = mkdtempSync(join(tmpdir(), 'ci4-deploy-browser-'));
    const flags = [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--hide-scrollbars',
      '--disable-lcd-text',
    ];
    const quiet = ['--no-first-run', '--disable-background-networking', '--remote-debugging-pipe'];
    const argv = [...flags, ...quiet, `--user-data-dir=${this.#profile}`, 'about:blank'];
    this.#child = spawn(program(), argv, {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    });
    const [, , , to, from] = this.#child.stdio;
    this.#to = to as Writable;
    this.#listen(from as Readable);
  }

  static async open(): Promise<Browser> {
    const browser = new Browser();
    const { targetId } = await browser.#ask<{ targetId: string }>('Target.createTarget', {
      url: 'about:blank',
    });
    const attach = { targetId, flatten: true };
    const { sessionId } = await browser.#ask<{ sessionId: string }>(
      'Target.attachToTarget',
      attach,
    );
    browser.#session = sessionId;
    await browser.#ask('Page.enable');
    return browser;
  }

  /** Shows a file on a screen of that size. */
  async show(file: string, { width, theme }: Screen): Promise<void> {
    const size = { width, height: 800, deviceScaleFactor: 1, mobile: width < 600 };
    await this.#ask('Emulation.setDeviceMetricsOverride', size);
    const features = [{ name: 'prefers-color-scheme', value: theme }];
    await this.#ask('Emulation.setEmulatedMedia', { features });
    const loaded = new Promise<void>((resolve) => this.#loaded.add(resolve));
    await this.#ask('Page.navigate', { url: `file://${file}` });
    await loaded;
  }

  /** What an expression of JavaScript says on the page that is shown. */
  async evaluate(expression: string): Promise<unknown> {
    const { result } = await this.#ask<{ result: { value?: unknown } }>('Runtime.evaluate', {
      expression,
      returnByValue: true,
    });
    return result.value;
  }

  /** The whole page as a PNG. */
  async picture(): Promise<Buffer> {
    const shot = { format: 'png', captureBeyondViewport: true, optimizeForSpeed: false };
    const height = await this.evaluate('document.documentElement.getBoundingClientRect().height');
    const width = await this.evaluate('document.documentElement.clientWidth');
    const clip = { x: 0, y: 0, width, height, scale: 1 };
    const { data } = await this.#ask<{ data: string }>('Page.captureScreenshot', { ...shot, clip });
    return Buffer.from(data, 'base64');
  }

  async #ask<T>(method: string, params: object = {}): Promise<T> {
    this.#asked += 1;
    const id = this.#asked;
    const answered = new Promise<Answer>((resolve) => this.#waiting.set(id, resolve));
    const session = this.#session === '' ? {} : { sessionId: this.#session };
    this.#to.write(`${JSON.stringify({ id, method, params, ...session })}\0`);
    const { result, error } = await answered;
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return result as T;
  }

  #listen(from: Readable): void {
    let rest = '';
    from.setEncoding('utf8');
    from.on('data', (text: string) => {
      const parts = `${rest}${text}`.split('\0');
      rest = parts.pop() ?? '';
      for (const part of parts) this.#hear(JSON.parse(part) as Answer);
    });
    from.on('close', () => {
      const error = { message: 'The browser ended.' };
      for (const answer of this.#waiting.values()) answer({ error });
    });
  }

  #hear(answer: Answer): void {
    if (answer.method === 'Page.loadEventFired') {
      for (const loaded of this.#loaded) loaded();
      this.#loaded.clear();
    }
    if (answer.id === undefined) return;
    this.#waiting.get(answer.id)?.(answer);
    this.#waiting.delete(answer.id);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill('SIGTERM');
    await ended;
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
