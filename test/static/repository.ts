import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** What a commit does to a path: writes a text, makes a link, or takes away what is there. */
export type Deed = string | Buffer | { readonly link: string } | null;
export type Deeds = Readonly<Record<string, Deed>>;

/** A git repository in a temporary folder. */
export class Repository implements Disposable {
  readonly folder: string;

  constructor(folder = mkdtempSync(join(tmpdir(), 'ci4-deploy-check-'))) {
    this.folder = folder;
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  git(...args: readonly string[]): string {
    const who = [
      '-c',
      'user.name=n',
      '-c',
      'user.email=n@example.org',
      '-c',
      'protocol.file.allow=always',
    ];
    return execFileSync('git', [...who, ...args], {
      cwd: this.folder,
      encoding: 'utf8',
      stdio: 'pipe',
    });
  }

  /** Writes, links and removes files and commits them. */
  commit(files: Deeds): string {
    for (const [path, entry] of Object.entries(files)) {
      const whole = join(this.folder, path);
      rmSync(whole, { recursive: true, force: true });
      if (entry === null) continue;
      mkdirSync(dirname(whole), { recursive: true });
      if (typeof entry === 'string' || Buffer.isBuffer(entry)) writeFileSync(whole, entry);
      else symlinkSync(entry.link, whole);
    }
    this.git('add', '-A');
    this.git('commit', '-q', '-m', 'x', '--allow-empty');
    return this.git('rev-parse', 'HEAD').trim();
  }
}

/**
 * What actions/checkout leaves of a pull request: the merge of `change` into `main`, the base as `origin/main`.
 * `depth` 0 fetches everything.
 */
export function pullRequest(
  base: Deeds,
  change: Deeds,
  depth = 0,
  meanwhile: Deeds = { 'CHANGES.md': 'more', 'app/Config/App.php': '<?php // newer' },
): Repository {
  using upstream = new Repository();
  upstream.git('init', '-q', '-b', 'main');
  upstream.commit(base);
  upstream.git('checkout', '-q', '-b', 'topic');
  upstream.commit(change);
  upstream.git('checkout', '-q', 'main');
  // Main went on meanwhile, which is nothing of the pull request's.
  upstream.commit(meanwhile);
  upstream.git('checkout', '-q', '--detach');
  upstream.git('merge', '-q', '--no-ff', '-m', 'merge', 'topic');
  upstream.git('update-ref', 'refs/pull/1/merge', 'HEAD');
  upstream.git('checkout', '-q', 'main');

  const checkout = new Repository();
  checkout.git('init', '-q');
  checkout.git('remote', 'add', 'origin', `file://${upstream.folder}`);
  const refs = ['+refs/pull/1/merge:refs/remotes/pull/1/merge'];
  if (depth === 0) refs.push('+refs/heads/*:refs/remotes/origin/*');
  const limit = depth === 0 ? [] : [`--depth=${depth}`];
  checkout.git('fetch', '-q', ...limit, 'origin', ...refs);
  checkout.git('checkout', '-q', '--detach', 'refs/remotes/pull/1/merge');
  return checkout;
}
