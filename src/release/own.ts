import { shell, type Command } from '../server/command.ts';
import { modesOfTree } from './paths.ts';

/** The status of {@link makeOwn} where git has files at one of the paths. */
export const isTracked = 3;

// Composer and others write into files that are there already, and a hard link of the stage is the live file itself.
// A folder that only the server has is a link to the live one: what is made in its place must not reach visitors yet.
const own = `# the stage has its own files
live=$1 stage=$2 state=$3 writes=$4
shift 4
cd "$stage" || exit
for path; do
  [ -z "$(git ls-files -- ":(literal)$path" | head -n 1)" ] || { echo "$path"; exit ${isTracked}; }
done
rm -rf "$state/made.before"
if [ -n "$writes" ] && [ -d vendor ] && [ ! -L vendor ]; then
  rm -rf vendor.own && cp -a vendor vendor.own && rm -rf vendor && mv -T vendor.own vendor || exit
fi
[ -z "$writes" ] || find . \\( -path ./vendor -o -path ./.git -o -name node_modules \\) -prune -o -type f -links +1 -print0 |
  xargs -0 -r -n 1 sh -c 'cp -p "$1" "$1.own" && mv -fT "$1.own" "$1"' sh || exit
for path; do
  at= rest=$path
  while [ "$rest" != "\${rest#*/}" ]; do
    at=$at\${rest%%/*} rest=\${rest#*/}
    if [ -L "$at" ]; then
      from=$(readlink -f -- "$at")
      case $from in "$(readlink -f -- "$live")"/*) ;; *) echo "$at leads to $from" >&2; exit 1 ;; esac
      rm "$at" && mkdir "$at" && find "$from" -mindepth 1 -maxdepth 1 -exec ln -s -t "$at" {} + || exit
    fi
    at=$at/
  done
  rm -rf -- "./$path" || exit
done
: >"$state/lock/own"`;

const settle = `# put tracked files back
state=$1
shift
git diff -z --name-only --no-renames HEAD "$@" >"$state/lock/changed" || exit
xargs -0 -r git -c core.hooksPath=/dev/null checkout -q HEAD -- <"$state/lock/changed" || exit
cat "$state/lock/changed"`;

const missing = `# was everything made
for path; do [ -e "$path" ] || printf '%s\\n' "$path"; done`;

const changedVendor = `# did vendor change
[ ! -d vendor ] || find vendor -cnewer "$1/lock/own" -print -quit`;

const mark = 'CI4_DEPLOY_COMMAND';

const run = `# run a command of the repository
${modesOfTree}
unset CI4_DEPLOY CI4_DEPLOY_ROUND
exec sh -c "$2"`;

// Its children have the mark too, wherever they went (proc(5), environ); what sudo starts for another user has not.
const end = `# end what commands of this deploy started
left() { grep -lsz "^${mark}=$1" /proc/[0-9]*/environ | cut -d / -f 3; }
for signal in TERM KILL; do
  left "$1" | xargs -r kill -s "$signal" 2>/dev/null
  waited=0
  while [ -n "$(left "$1")" ] && [ "$waited" -lt 20 ]; do
    sleep 0.1
    waited=$((waited + 1))
  done
done
[ -z "$(left "$1")" ] || { ps -o pid=,args= -p "$(left "$1" | paste -sd ,)" >&2; exit 1; }`;

/** Where a command of the repository runs, and what it may take. */
export interface OwnRun {
  readonly line: string;
  readonly cwd: string;
  /** The root of the live application. */
  readonly live: string;
  /** Seconds. */
  readonly limit: number;
  /** Names it among all that run on the server. */
  readonly name: string;
}

/**
 * Nothing that is written in the stage reaches the live site any more, and nothing is at the paths. Where git has files at
 * one it ends with {@link isTracked}, and prints it. To run under the lock.
 * @param writes commands of the repository will write there; else the paths alone are made free
 */
export function makeOwn(
  live: string,
  stage: string,
  stateDir: string,
  paths: readonly string[],
  writes: boolean,
): Command {
  return shell(own, [live, stage, stateDir, writes ? 'yes' : '', ...paths]);
}

/**
 * What the commit has is in the stage again; prints what was not, each with a NUL after it.
 * @param specs pathspecs without what is not the stage's own
 */
export function putBack(stage: string, stateDir: string, specs: readonly string[]): Command {
  return shell(settle, [stateDir, ...specs], { cwd: stage });
}

/** Prints those of the paths that are not in the stage, as lines. */
export function missingIn(stage: string, paths: readonly string[]): Command {
  return shell(missing, paths, { cwd: stage });
}

/** Prints a path of vendor where that changed since {@link makeOwn}. */
export function vendorChanged(stage: string, stateDir: string): Command {
  return shell(changedVendor, [stateDir], { cwd: stage });
}

/** A command of the repository. It is no command of the deploy: nobody waits for what it leaves running. */
export function ownCommand({ line, cwd, live, limit, name }: OwnRun): Command {
  const env = { [mark]: `${name}/` };
  const shown = { shown: 'always', typed: line, survives: true } as const;
  return shell(run, [live, line], { cwd, limit, env, ...shown });
}

/**
 * Ends what commands of the repository started and what runs still; fails with what does not end.
 * @param name of one of them, or the id of a deploy for all of its
 */
export function endOwn(name: string): Command {
  return shell(end, [`${name}/`]);
}
