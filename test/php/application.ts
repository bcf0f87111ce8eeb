import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  realpathSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { askApplication, readApplication, type Answered } from '../../src/app/ask.ts';
import type { Application, BootFailure } from '../../src/app/application.ts';
import type { Command, Output } from '../../src/server/command.ts';
import type { Release } from './releases.ts';

export const nonce = 'q7Zr1x';

// 4.1 wants the curl extension unless Composer is there, and this machine's PHP need not have it.
const composer = `<?php
return new class {
    public function getPrefixesPsr4() { return []; }
    public function getClassMap() { return []; }
};
`;

/** A copy of a release in a temporary folder, ours to configure and to break. */
export class TestApplication implements Disposable {
  readonly release: Release;
  readonly root: string;

  constructor(release: Release) {
    this.release = release;
    this.root = mkdtempSync(join(tmpdir(), 'ci4-deploy-'));
    // The framework itself is never changed: a link saves copying hundreds of files for every test.
    const system = join(release.path, 'system');
    cpSync(release.path, this.root, { recursive: true, filter: (path) => path !== system });
    symlinkSync(system, join(this.root, 'system'));
    if (release.version.startsWith('4.1.')) this.write('vendor/autoload.php', composer);
    // Nothing listens there, so that every test sees the same refusal at once.
    this.env({});
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  /** Writes .env: a database that nobody serves, and these lines. */
  env(lines: Readonly<Record<string, string>>): void {
    const all = {
      CI_ENVIRONMENT: 'production',
      'database.default.hostname': '127.0.0.1',
      'database.default.port': '9',
      'database.default.database': 'shop',
      'database.default.username': 'shop',
      'database.default.password': 'hunter2',
      'database.default.DBDriver': 'MySQLi',
      ...lines,
    };
    const text = Object.entries(all).map(([name, value]) => `${name} = ${value}\n`);
    this.write('.env', text.join(''));
  }

  /** Session settings under the names this release reads. */
  session(settings: Readonly<Record<string, string>>): Record<string, string> {
    const old = /^4\.[0-2]\./.test(this.release.version);
    const name = (key: string): string =>
      old ? `app.session${key[0]?.toUpperCase() ?? ''}${key.slice(1)}` : `session.${key}`;
    return Object.fromEntries(Object.entries(settings).map(([key, value]) => [name(key), value]));
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  /** Copies the framework in, for what reads nothing outside of the application. */
  ownFramework(): void {
    const system = join(this.root, 'system');
    const framework = realpathSync(system);
    unlinkSync(system);
    cpSync(framework, system, { recursive: true });
  }

  /** Puts the sessions into the table `ci_sessions`, in the class that holds their settings. */
  sessionsInTable(): void {
    const old = /^4\.[0-2]\./.test(this.release.version);
    const file = `app/Config/${old ? 'App' : 'Session'}.php`;
    const [driver, savePath] = old ? ['sessionDriver', 'sessionSavePath'] : ['driver', 'savePath'];
    const text = this.read(file)
      .replace(
        new RegExp(`(\\$${driver}\\s*=) [^;]+;`),
        '$1 \\CodeIgniter\\Session\\Handlers\\DatabaseHandler::class;',
      )
      .replace(new RegExp(`(\\$${savePath}\\s*=) [^;]+;`), "$1 'ci_sessions';");
    this.write(file, text);
  }

  remove(path: string): void {
    rmSync(join(this.root, path), { recursive: true });
  }

  /** Puts code right after the opening tag and namespace of a file. */
  prepend(path: string, code: string): void {
    this.write(path, this.read(path).replace(/^(<\?php\s+(?:namespace [^;]+;)?)/, `$1\n${code}\n`));
  }

  /** All files below a folder, to see whether anything was written. */
  files(folder: string): readonly string[] {
    return readdirSync(join(this.root, folder), { recursive: true, encoding: 'utf8' }).sort();
  }

  answer(root = this.root): Answered {
    return readApplication(run(askApplication('php', root, nonce)), nonce);
  }

  /** @throws Error with the failure, when it does not answer */
  application(): Application {
    const reported = this.answer();
    if (!reported.ok) throw new Error(`${reported.failure.phase}: ${reported.failure.message}`);
    return reported.application;
  }

  /** @throws Error when it answers */
  failure(): BootFailure {
    const reported = this.answer();
    if (reported.ok) throw new Error('the application answered');
    return reported.failure;
  }
}

/** Runs a command on this machine as the server adapter would on a server. */
export function run({ program, args, cwd, stdin = '' }: Command): Output {
  const { PATH = '' } = process.env;
  const env = { PATH, LC_ALL: 'C.UTF-8' };
  const ended = spawnSync(program, args, { cwd, input: stdin, encoding: 'utf8', env });
  const exit = ended.signal !== null ? { signal: ended.signal } : { code: ended.status ?? 127 };
  return { exit, stdout: ended.stdout, stderr: ended.stderr };
}
