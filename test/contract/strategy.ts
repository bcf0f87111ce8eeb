import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Change, Strategy } from '../../src/release/strategy.ts';
import { shell, type Command } from '../../src/server/command.ts';
import { Repository } from '../static/repository.ts';

/** A site of this machine that lies as a strategy has it. */
export class Subject implements Disposable {
  /** The directory that everything lies in. */
  readonly folder = mkdtempSync(join(tmpdir(), 'ci4-deploy-strategy-'));
  readonly repository = new Repository(join(this.folder, 'work'));
  readonly commits: { readonly previous: string; readonly next: string };
  /** Input path. */
  readonly base = join(this.folder, 'site');

  constructor() {
    mkdirSync(this.repository.folder);
    this.repository.git('init', '-q', '-b', 'main');
    const previous = this.repository.commit({
      spark: '<?php // 1',
      'app/Config/App.php': '<?php // 1',
      'app/Old.php': '<?php // 1',
      '.gitignore': '.env\nvendor/\nlocal.txt\nwritable/*/*\n!writable/*/index.html\n',
      'writable/uploads/index.html': '',
    });
    const next = this.repository.commit({
      'app/Config/App.php': '<?php // 2',
      'app/Old.php': null,
      'app/New.php': '<?php // 2',
    });
    this.commits = { previous, next };
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** What only the server has, below a root. */
  furnish(root: string): void {
    for (const folder of ['writable/cache', 'writable/uploads', 'writable/session']) {
      mkdirSync(join(root, folder), { recursive: true });
    }
    writeFileSync(join(root, '.env'), 'CI_ENVIRONMENT = production\n');
    writeFileSync(join(root, 'writable/uploads/photo.jpg'), 'photo');
  }
}

/** A command, as the server would run it; what it prints. */
export function run({ program, args, cwd, stdin, env }: Command): string {
  const { status, stdout, stderr } = spawnSync(program, args, {
    ...(cwd === undefined ? {} : { cwd }),
    input: stdin ?? '',
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C.UTF-8', ...env },
  });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
  return stdout;
}

/** Several, until one fails. */
export function runAll(commands: readonly Command[]): void {
  commands.forEach(run);
}

/** What a strategy is made of in these tests. */
export interface Laid {
  readonly strategy: Strategy;
  readonly stateDir: string;
}

/** What every Strategy must do. */
export function strategyContract(name: string, lay: (subject: Subject) => Laid): void {
  const change = ({ commits }: Subject, { strategy }: Laid): Change => ({
    ...{ previous: commits.previous, commit: commits.next, dependencies: false },
    writable: join(strategy.live, 'writable'),
  });
  const read = (root: string, file: string): string => readFileSync(join(root, file), 'utf8');

  describe(name, () => {
    test('the stage is complete, and the live tree is as before', () => {
      using subject = new Subject();
      const laid = lay(subject);
      const { strategy } = laid;
      runAll(strategy.prepare(change(subject, laid)));
      expect(read(strategy.staged, 'app/Config/App.php')).toBe('<?php // 2');
      expect(read(strategy.staged, '.env')).toBe('CI_ENVIRONMENT = production\n');
      expect(read(strategy.staged, 'writable/uploads/photo.jpg')).toBe('photo');
      expect(read(strategy.staged, 'vendor/autoload.php')).toBe('<?php');
      expect(read(strategy.live, 'app/Config/App.php')).toBe('<?php // 1');
      expect(run(strategy.current()).trim()).toBe(subject.commits.previous);
    });

    test('each command may run twice, and a rollback leads to the very same files', () => {
      using subject = new Subject();
      const laid = lay(subject);
      const { strategy } = laid;
      const asked = change(subject, laid);
      const twice = (commands: readonly Command[]): void => {
        runAll(commands);
        runAll(commands);
      };
      twice(strategy.prepare(asked));
      runAll(strategy.activate(asked));
      expect(run(strategy.current()).trim()).toBe(subject.commits.next);
      expect(read(strategy.live, 'app/Config/App.php')).toBe('<?php // 2');
      expect(existsSync(join(strategy.live, 'app/Old.php'))).toBe(false);
      expect(read(strategy.live, 'writable/uploads/photo.jpg')).toBe('photo');
      expect(read(strategy.live, 'vendor/autoload.php')).toBe('<?php');
      twice(strategy.revert(asked));
      expect(run(strategy.current()).trim()).toBe(subject.commits.previous);
      expect(read(strategy.live, 'app/Old.php')).toBe('<?php // 1');
      expect(existsSync(join(strategy.live, 'app/New.php'))).toBe(false);
      twice([strategy.unstage()]);
      expect(existsSync(strategy.staged)).toBe(false);
      expect(run(strategy.current()).trim()).toBe(subject.commits.previous);
    });

    test('after a proved deploy the live tree is whole, and the log has one line of it', () => {
      using subject = new Subject();
      const laid = lay(subject);
      const { strategy } = laid;
      const asked = change(subject, laid);
      runAll(strategy.prepare(asked));
      runAll(strategy.activate(asked));
      runAll(Object.values(strategy.prune()));
      run(strategy.record('{"commit":"a"}'));
      run(strategy.record('{"commit":"b"}'));
      run(strategy.record('{"commit":"b"}'));
      expect(run(strategy.list())).toBe('{"commit":"a"}\n{"commit":"b"}\n');
      expect(read(strategy.live, 'app/New.php')).toBe('<?php // 2');
      expect(read(strategy.live, '.env')).toBe('CI_ENVIRONMENT = production\n');
    });

    test('submodules go live with their commit, and the very same ones come back', () => {
      using subject = new Subject();
      const { repository } = subject;
      const library = new Repository(join(subject.folder, 'lib'));
      mkdirSync(library.folder);
      library.git('init', '-q', '-b', 'main');
      const commits = [1, 2].map((at) => {
        const version = library.commit({ 'version.txt': `${at}` });
        if (at === 1)
          repository.git(
            '-c',
            'protocol.file.allow=always',
            'submodule',
            '--quiet',
            'add',
            '../lib',
            'lib',
          );
        else {
          repository.git('-C', 'lib', 'fetch', '-q');
          repository.git('-C', 'lib', 'checkout', '-q', version);
        }
        return repository.commit({ spark: `<?php // lib ${at}` });
      });
      const [commit = '', later = ''] = commits;
      const laid = lay(subject);
      const { strategy } = laid;
      const version = (root: string): string => read(root, 'lib/version.txt');
      // The way the clone reaches its remote.
      run(shell('git remote set-url origin "$1"', [repository.folder], { cwd: strategy.live }));
      const fetched = (asked: Change): void => {
        runAll(strategy.prepare(asked));
        const { submodules } = asked;
        if (submodules === undefined || submodules.fetched.length === 0) return;
        const fetch = strategy.fetchSubmodules(asked.commit, 'origin', submodules.fetched);
        runAll([fetch, fetch].map((one) => ({ ...one, env: { GIT_ALLOW_PROTOCOL: 'file' } })));
      };

      const first = {
        ...change(subject, laid),
        commit,
        submodules: { fetched: ['lib'], kept: [] },
      };
      fetched(first);
      expect(version(strategy.staged)).toBe('1');
      runAll(strategy.activate(first));
      expect(version(strategy.live)).toBe('1');
      runAll(strategy.revert(first));
      runAll(strategy.revert(first));
      expect(existsSync(join(strategy.live, 'lib/version.txt'))).toBe(false);
      runAll([strategy.unstage()]);
      if (strategy.name !== undefined) return;

      fetched(first);
      runAll([...strategy.activate(first), ...Object.values(strategy.prune())]);
      const second = { ...first, previous: commit, commit: later };
      fetched(second);
      expect([version(strategy.staged), version(strategy.live)]).toEqual(['2', '1']);
      runAll(strategy.activate(second));
      expect(version(strategy.live)).toBe('2');
      runAll(strategy.recall(commit));
      expect(version(strategy.recalled)).toBe('1');
      runAll(strategy.revert(second));
      expect([version(strategy.live), run(strategy.current()).trim()]).toEqual(['1', commit]);

      const stays = { ...first, submodules: { fetched: [], kept: ['lib'] } };
      fetched(stays);
      expect(version(strategy.staged)).toBe('1');
    });

    test('what a person types by hand does the same', () => {
      using subject = new Subject();
      const laid = lay(subject);
      const { strategy } = laid;
      const asked = change(subject, laid);
      runAll(strategy.prepare(asked));
      runAll(strategy.activate(asked));
      const paste = (lines: readonly string[]): string =>
        run({ program: 'bash', args: ['-e', '-c', lines.join('\n')] });
      paste(strategy.byHand.revert(subject.commits.previous));
      expect(run(strategy.current()).trim()).toBe(subject.commits.previous);
      expect(read(strategy.live, 'app/Old.php')).toBe('<?php // 1');
      paste(strategy.byHand.unstage);
      expect(existsSync(strategy.staged)).toBe(false);
    });
  });
}
