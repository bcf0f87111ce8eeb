import { asUser, inClone, onGitHub, type Instruction, type Remedy } from '../remedy.ts';
import { quote } from '../server/command.ts';
import { keyScan, portOption } from './ssh.ts';

/** A clone on the server, and where it comes from. */
export interface Origin {
  readonly path: string;
  /** As git names it, by ssh where it is on GitHub: `git@github.com:owner/name.git`. */
  readonly repository: string;
  readonly remote: string;
  readonly branch: string;
}

/**
 * Makes a clone around the files of a site that was uploaded. It begins at the commit that is most like the files, so
 * that `git status` shows what differs. No file is changed.
 */
export function cloneAround(user: string, { path, repository, remote, branch }: Origin): Remedy {
  const git = `git -C ${quote(path)}`;
  return [
    asUser(
      user,
      'Make a clone around the files that are there. No file changes.',
      `git init -q -b ${quote(branch)} ${quote(path)}`,
      `${git} remote add ${quote(remote)} ${quote(repository)}`,
    ),
    ...deployKey(user, { path, repository, remote, branch }),
    asUser(
      user,
      'Begin at the commit that is most like the files. What differs is listed',
      `${git} fetch -q ${quote(remote)} ${quote(branch)}`,
      `${git} reset -q "$(${mostLike(git, 'FETCH_HEAD')})"`,
      `${git} config core.fileMode false`,
      `${git} status --short`,
    ),
  ];
}

/** Makes the repository of the releases, unless it is there: one that is there is used. */
export function makeRepository(clone: string): string {
  return `[ -e ${quote(clone)} ] || git init -q --bare ${quote(clone)}`;
}

/** Prints the commit that is most like the files there. */
function mostLike(git: string, newest: string): string {
  return `for one in $(${git} rev-list -n 200 ${newest}); do ${git} read-tree "$one"; echo "$(${git} diff-files --name-only --ignore-submodules | wc -l) $one"; done | sort -n | head -n 1 | cut -d ' ' -f 2`;
}

/**
 * Makes the live release a work tree of the repository again, and that where it is missing. No file is changed.
 * @param base the directory that holds `releases/` and `current`
 */
export function workTreeAgain(
  user: string,
  base: string,
  { path: clone, repository, remote, branch }: Origin,
): Remedy {
  const repo = `git -C ${quote(clone)}`;
  const [again, live] = [quote(`${base}/releases/.again`), quote(`${base}/current`)];
  const git = `git -C ${live}`;
  return [
    asUser(
      user,
      'Make the repository of the releases, unless it is there.',
      `git init -q --bare ${quote(clone)}`,
      `${repo} remote get-url ${quote(remote)} >/dev/null 2>&1 || ${repo} remote add ${quote(remote)} ${quote(repository)}`,
    ),
    ...deployKey(user, { path: clone, repository, remote, branch }),
    asUser(
      user,
      'The live release becomes a work tree of it, at the commit that is most like its files. No file changes. What differs is listed',
      `${repo} fetch -q ${quote(remote)} ${quote(branch)} && ${repo} worktree prune`,
      `${repo} worktree add -q --no-checkout --detach ${again} FETCH_HEAD`,
      `rm -f ${live}/.git && mv ${again}/.git ${live}/.git && rmdir ${again}`,
      `${repo} worktree repair "$(readlink -f ${live})"`,
      `${git} reset -q "$(${mostLike(git, 'HEAD')})"`,
      `${git} status --short -- ':!.env' ':!writable'`,
    ),
  ];
}

/** Lets the server fetch from the repository by a key of its own, which can do nothing else. */
export function deployKey(user: string, { path, repository, remote }: Origin): Remedy {
  const git = `git -C ${quote(path)}`;
  const { host, port, name } = partsOf(repository);
  const key = `~/.ssh/deploy_${name}`;
  const [, page] = /^git@github\.com:(.+?)(?:\.git)?$/.exec(repository) ?? [];
  return [
    asUser(
      user,
      'Make a key for this repository alone. The last command prints its public half',
      'mkdir -p -m 700 ~/.ssh',
      `test -f ${key} || ssh-keygen -q -t ed25519 -N '' -C ${quote(`deploy ${name}`)} -f ${key}`,
      `${git} config core.sshCommand ${quote(`ssh -i ${key} -o IdentitiesOnly=yes`)}`,
      `${git} remote set-url ${quote(remote)} ${quote(repository)}`,
      `cat ${key}.pub`,
    ),
    onGitHub(
      page === undefined
        ? 'Let that public key read the repository.'
        : `Add that public key at https://github.com/${page}/settings/keys/new, without write access.`,
    ),
    asUser(
      user,
      host === 'github.com'
        ? 'Trust the key of GitHub. Compare what is printed with https://docs.github.com/authentication/keeping-your-account-and-data-secure/githubs-ssh-key-fingerprints'
        : 'Trust the key of the git server. Compare what is printed with its own',
      `${keyScan({ host, port })} | tee -a ~/.ssh/known_hosts | ssh-keygen -lf -`,
    ),
  ];
}

interface Parts {
  readonly host: string;
  readonly port: number;
  /** The last part, for the name of a file. */
  readonly name: string;
}

/** `git@host:owner/name.git` or `ssh://git@host:2222/owner/name.git`. */
function partsOf(repository: string): Parts {
  const [, address, port] = /^ssh:\/\/(?:[^@/]+@)?([^:/]+)(?::(\d+))?\//.exec(repository) ?? [];
  const [, short] = /^(?:[^@/]+@)?([^:/]+):/.exec(repository) ?? [];
  const last =
    repository
      .replace(/\/+$/, '')
      .replace(/\.git$/, '')
      .split(/[/:]/)
      .at(-1) ?? '';
  return {
    host: address ?? short ?? '',
    port: Number(port ?? 22),
    name: last.replace(/[^A-Za-z0-9_-]/g, '_') || 'site',
  };
}

/** The address of a repository by ssh, where it is known how to write it. */
export function bySsh(repository: string): string {
  const [, host, name] = /^https?:\/\/(?:[^@/]+@)?([^:/]+)\/(.+?)\/?$/.exec(repository) ?? [];
  if (host === undefined || name === undefined) return repository;
  return `git@${host}:${name.replace(/(\.git)?$/, '.git')}`;
}

/** Where files were edited on a server, and how a developer gets there. */
export interface EditedAt {
  readonly path: string;
  readonly branch: string;
  readonly target: Hop;
  /** Hosts to pass through, first one first. */
  readonly through: readonly Hop[];
}

interface Hop {
  readonly user: string;
  readonly host: string;
  readonly port: number;
}

/** Brings edits that were made on the server into the repository, where they belong, and then drops them there. */
export function keepEdits(user: string, at: EditedAt, files: readonly string[]): Remedy {
  const { path, target, through, branch } = at;
  const git = `git -C ${quote(path)}`;
  const login = `${target.user}@${target.host}`;
  const hops = through.map(({ user: who, host, port: own }) => `${who}@${host}:${own}`).join(',');
  const jump = hops === '' ? '' : `-J ${quote(hops)} `;
  return [
    inClone(
      'Bring the edits into the repository',
      `git checkout ${quote(branch)} && git pull`,
      `ssh ${jump}${portOption(target.port)}${quote(login)} ${quote(`${git} diff HEAD`)} | git apply --index`,
      `git commit -m 'Edits made on the server' && git push`,
    ),
    dropEdits(user, path, files),
  ];
}

function dropEdits(user: string, path: string, files: readonly string[]): Instruction {
  const git = `git -C ${quote(path)}`;
  return asUser(
    user,
    'Keep a copy of the edits and drop them. Visitors get the files of the live commit until the next deploy',
    `${git} diff HEAD > ~/edits-of-the-server.patch`,
    `${git} checkout HEAD -- ${files.map(quote).join(' ')}`,
  );
}
