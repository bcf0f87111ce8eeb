import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readCompiled, type Compiled } from '../../src/app/compiled.ts';
import { programs } from '../../src/php/programs.ts';

const nonce = 'q7Zr1x';
const never = 'opcache.validate_timestamps=0';

/** PHP's own web server, which has an opcache as PHP-FPM has, over one page and our program. */
class Served {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'ci4-deploy-compiled-')));
  readonly cache = join(this.root, 'cache');
  readonly tree = join(this.root, 'tree');
  /** Where our own questions lie: below the application. */
  readonly state = join(this.tree, 'state');
  writable: string = join(this.tree, 'writable');
  #php: ChildProcess | undefined;
  #url = '';

  constructor() {
    for (const folder of [this.cache, this.tree, this.state]) mkdirSync(folder);
    writeFileSync(join(this.state, 'ask.php'), programs.compiled);
    this.write('old', 3600);
  }

  /** The page of this text, so many seconds old. */
  write(text: string, age: number): void {
    const page = join(this.tree, 'page.php');
    writeFileSync(page, `<?php echo '${text}';`);
    const then = Date.now() / 1000 - age;
    utimesSync(page, then, then);
  }

  async start(...settings: readonly string[]): Promise<void> {
    const port = await freePort();
    this.#url = `http://127.0.0.1:${port}/`;
    const options = settings.flatMap((one) => ['-d', one.replace('CACHE', this.cache)]);
    const args = ['-d', 'opcache.enable=1', ...options, '-S', `127.0.0.1:${port}`, '-t', this.root];
    this.#php = spawn('php', args, { stdio: 'ignore' });
    for (let tries = 100; tries > 0; tries -= 1) {
      if (await this.page().catch(() => null)) return;
      await pause(50);
    }
    throw new Error('php -S does not answer');
  }

  async stop(): Promise<void> {
    if (this.#php === undefined || this.#php.exitCode !== null) return;
    this.#php.kill('SIGKILL');
    await once(this.#php, 'exit');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    rmSync(this.root, { recursive: true });
  }

  async page(path = 'page.php'): Promise<string> {
    return (await fetch(`${this.#url}tree/${path}`)).text();
  }

  async ask(since: number | null, sums: Record<string, string> = {}): Promise<Compiled> {
    const body = JSON.stringify({ root: this.tree, writable: this.writable, nonce, since, sums });
    const answer = await fetch(`${this.#url}tree/state/ask.php`, { method: 'POST', body });
    const reply = readCompiled(await answer.text(), nonce);
    if (!reply.ok) throw new Error(reply.failure.message);
    return reply.value;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

const soon = (): number => Math.floor(Date.now() / 1000) + 5;

describe('what PHP has compiled', () => {
  let php: Served;
  beforeEach(() => {
    php = new Served();
  });
  afterEach(async () => php[Symbol.asyncDispose]());

  test('old code in the memory goes', async () => {
    await php.start(never);
    expect(await php.page()).toBe('old');
    php.write('new', 0);
    expect(await php.page()).toBe('old');
    expect(await php.ask(soon())).toEqual({ old: [], foreign: [], closed: false, fileCache: null });
    expect(await php.page()).toBe('new');
  });

  test.each([
    ['beside a memory', []],
    ['without a memory', ['opcache.file_cache_only=1']],
  ])('old code in files goes, %s', async (_name, more) => {
    const settings = [never, 'opcache.file_cache=CACHE', ...more];
    await php.start(...settings);
    await php.page();
    await php.stop();
    php.write('new', 0);
    await php.start(...settings);
    expect(await php.page()).toBe('old');
    expect(await php.ask(soon())).toMatchObject({ old: [], fileCache: php.cache });
    expect(await php.page()).toBe('new');
  });

  test('one who only looks names what is older than its source, and lets it be', async () => {
    await php.start(never, 'opcache.file_cache=CACHE');
    await php.page();
    expect((await php.ask(null)).old).toEqual([]);
    // A minute in the future: later than the start of PHP, whatever the second.
    php.write('new', -60);
    expect((await php.ask(null)).old).toEqual([join(php.tree, 'page.php')]);
    expect(await php.page()).toBe('old');
  });

  test('a question of ours that is gone again is not old code', async () => {
    await php.start(never);
    const question = join(php.state, 'question.php');
    writeFileSync(question, "<?php echo 'asked';");
    const then = Date.now() / 1000 - 3600;
    utimesSync(question, then, then);
    expect(await php.page('state/question.php')).toBe('asked');
    rmSync(question);
    expect((await php.ask(null)).old).toEqual([]);
  });

  test("what the application writes itself is nobody's old code, but goes with it", async () => {
    await php.start(never);
    php.writable = php.tree;
    await php.page();
    php.write('new', -60);
    expect((await php.ask(null)).old).toEqual([]);
    php.writable = join(php.root, 'elsewhere');
    expect((await php.ask(null)).old).toHaveLength(1);
    expect((await php.ask(soon())).old).toEqual([]);
    expect(await php.page()).toBe('new');
  });

  test('with timestamps nothing is old for long', async () => {
    await php.start('opcache.file_cache=CACHE', 'opcache.revalidate_freq=0');
    await php.page();
    php.write('new', 60);
    expect(await php.ask(null)).toMatchObject({ old: [], fileCache: null });
    expect(await php.page()).toBe('new');
  });

  test('what was preloaded stays and is named', async () => {
    const warm = join(php.root, 'warm.php');
    writeFileSync(warm, `<?php opcache_compile_file('${php.tree}/page.php');`);
    await php.start(`opcache.preload=${warm}`, `opcache.preload_user=${userInfo().username}`);
    expect((await php.ask(soon())).old).toEqual([join(php.tree, 'page.php')]);
  });

  test('opcache that tells nobody its state is closed', async () => {
    await php.start('opcache.restrict_api=/nowhere');
    expect(await php.ask(soon())).toMatchObject({ closed: true, old: [] });
  });

  test('files that are others for PHP are named', async () => {
    await php.start(never);
    const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex');
    const sums = { 'page.php': sha1("<?php echo 'old';"), 'gone.php': sha1('x') };
    expect((await php.ask(null, sums)).foreign).toEqual(['gone.php']);
    expect((await php.ask(null, { 'page.php': sha1('x') })).foreign).toEqual(['page.php']);
    expect((await php.ask(null, { 'closed/page.php': sha1('x') })).foreign).toEqual([]);
  });
});
