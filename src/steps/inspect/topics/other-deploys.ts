import type { Config } from '../../../config/config.ts';
import { errorFinding, type Finding } from '../../../finding.ts';
import type { Strategy } from '../../../release/strategy.ts';
import { isLocking, type Purpose } from './place.ts';
import { nothing, shell, type Command, type Output } from '../../../server/command.ts';
import { locked } from '../../lock.ts';

/** What other deploys do at this moment, or left behind. */
export interface OtherDeploys {
  /** Who holds the lock, and the age of its last heartbeat in seconds; null when nobody does, or we do. */
  readonly holder: { readonly owner: string; readonly age: number } | null;
  /** A deploy that ended in the middle and was not finished since; empty when there is none. */
  readonly unfinished: string;
  /** Lines in `.env` that pin a session handler (steps/cutover), as they stand there; empty when there are none. */
  readonly pinned: string;
}

type Question = 'others' | 'pinned';

const others = `# is a deploy going on, or did one end in the middle
state=$(git rev-parse --absolute-git-dir 2>/dev/null)/ci4-deploy
waited=0
while [ -d "$state/lock" ] && [ "$waited" -lt "$1" ]; do sleep 1; waited=$((waited + 1)); done
if [ -d "$state/lock" ]; then
  heartbeat=$(stat -c %Y "$state/lock/heartbeat" 2>/dev/null || stat -c %Y "$state/lock")
  echo $(($(date +%s) - heartbeat)); cat "$state/lock/owner"
fi
printf '\\f'
for left in "$state"/left-*; do [ ! -d "$left" ] || cat "$left/owner"; done
exit 0`;

const pinned = `# is a session handler pinned
sed -n '/^# ci4-deploy begin /,/^# ci4-deploy end$/p' .env 2>/dev/null
exit 0`;

/** A deploy asks under its own lock; who only reads waits, as long as input lock-wait says, for the end of a deploy. */
export function askOtherDeploys(
  { path, clone, 'lock-wait': wait }: Config,
  purpose: Purpose,
): Record<Question, Command> {
  const look = shell(others, [String(wait)], { cwd: clone, limit: wait + 30 });
  return {
    others: isLocking(purpose) ? nothing : look,
    pinned: shell(pinned, [], { cwd: path }),
  };
}

/** The same once more after everything else, without waiting, and the commit that is live then. */
export function askAgain(config: Config, release: Strategy): Record<Question | 'head', Command> {
  return { ...askOtherDeploys({ ...config, 'lock-wait': 0 }, 'verify'), head: release.current() };
}

/** Reads who holds the lock, what was left, and which handler is pinned. */
export function readOtherDeploys(answers: Record<Question, Output>): OtherDeploys {
  const [held = '', unfinished = ''] = answers.others.stdout.split('\f');
  const [age = '0', ...owner] = held.trim().split('\n');
  return {
    holder: held.trim() === '' ? null : { age: Number(age), owner: owner.join(' ') },
    unfinished: unfinished.trim(),
    pinned: answers.pinned.stdout,
  };
}

/** While a deploy is going on, or one ended in the middle, nothing that is seen can be called right. */
export function* judgeOtherDeploys(
  { holder, unfinished, pinned: lines }: OtherDeploys,
  { path }: Config,
  purpose: Purpose,
): Generator<Finding> {
  if (isLocking(purpose)) return;
  if (holder !== null) yield locked(holder.owner, holder.age);
  if (unfinished !== '') {
    yield errorFinding(
      'unfinished-deploy',
      `A deploy ended in the middle and was not finished since (${unfinished}), so the site is between two states.`,
      'Run the deploy again. It finishes that one first.',
    );
  }
  if (lines !== '' && holder === null && unfinished === '') {
    yield errorFinding(
      'session-handler-pinned',
      `${path}/.env still pins the session handler of an earlier deploy, which ended while it moved the sessions. Visitors do not get the handler that the code names.`,
      'Run the deploy again. It moves the sessions and takes the lines out of .env, and nobody is logged out.',
    );
  }
}
