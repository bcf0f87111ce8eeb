import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const most = 256 * 1024 * 1024;
const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/** git for one repository: what it prints. It rejects with git's own words as `stderr`. */
export type Git = (args: readonly string[], input?: string) => Promise<Buffer>;

/** What any configuration, attributes or environment could have git run or read besides. */
const settings = [
  'safe.bareRepository=explicit',
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.attributesFile=/dev/null',
  'core.pager=cat',
  'protocol.ext.allow=never',
];

/**
 * git that works on this repository and no other, whatever lies in its work tree. Nothing is searched for, and no
 * configuration but the repository's own is read. What that would have run (filters) is switched off.
 * @param top root of the work tree; its `.git` is the repository. git itself never checks out a file of that name.
 */
export async function gitOf(top: string): Promise<Git> {
  const plain = bound(top, []);
  const filters = await filterNames(plain);
  const off = filters.flatMap((name) =>
    ['clean=', 'smudge=', 'process=', 'required=false'].map((one) => `filter.${name}.${one}`),
  );
  return bound(top, off);
}

/**
 * git that works on the bare repository in that directory and no other; it may be one that is not there yet.
 * @param gitDir absolute path
 */
export function gitIn(gitDir: string): Git {
  // Without a work tree there are no attributes in it either.
  return running(gitDir, { ...common(), GIT_DIR: gitDir }, []);
}

function bound(top: string, more: readonly string[]): Git {
  return running(top, environment(top), more);
}

function running(cwd: string, env: Record<string, string>, more: readonly string[]): Git {
  const options = [...settings, ...more].flatMap((one) => ['-c', one]);
  return async (args, input) => {
    const begun = run('git', [...options, ...args], {
      cwd,
      env,
      maxBuffer: most,
      encoding: 'buffer',
    });
    begun.child.stdin?.on('error', () => undefined).end(input ?? '');
    return (await begun).stdout;
  };
}

function environment(top: string): Record<string, string> {
  return {
    ...common(),
    GIT_DIR: `${top}/.git`,
    GIT_WORK_TREE: top,
    // From git 2.41 on: the attributes of the work tree count for nothing.
    GIT_ATTR_SOURCE: emptyTree,
  };
}

function common(): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '/usr/bin:/bin',
    LC_ALL: 'C.UTF-8',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_SYSTEM: '/dev/null',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_GRAFT_FILE: '/dev/null',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
  };
}

async function filterNames(git: Git): Promise<readonly string[]> {
  try {
    const names = await git(['config', '--null', '--name-only', '--get-regexp', '^filter\\.']);
    const found = names.toString('utf8').split('\0');
    return [...new Set(found.flatMap((name) => /^filter\.(.*)\.[^.]*$/s.exec(name)?.[1] ?? []))];
  } catch {
    return [];
  }
}
