import { quote, shell, type Command } from '../../server/command.ts';

// rename(2) puts the new link into the place of the old one: there is no moment without one. Somebody else may have led it
// elsewhere meanwhile, and a directory in its place is never removed. A pinned .env of the stage gives way to the shared one.
const lead = `# current leads to the release
cd "$1" || exit
[ -L current ] || { echo "$1/current is no symbolic link" >&2; exit 1; }
now=$(readlink -f current)
case $now in
  "$(readlink -f "releases/$2")"|"$(readlink -f "releases/$3")") ;;
  *) echo "$1/current leads to $now" >&2; exit 1 ;;
esac
[ -f "releases/$2/spark" ] || { echo "$1/releases/$2 holds no spark" >&2; exit 1; }
if [ ! -L "releases/$2/.env" ] && [ -e shared/.env ]; then
  ln -sfn "$1/shared/.env" "releases/$2/.env.new" && mv -T "releases/$2/.env.new" "releases/$2/.env" || exit
fi
ln -sfn "releases/$2" current.new && mv -T current.new current`;

const isLive = `# the live commit is
[ "$(git rev-parse HEAD)" = "$1" ] || { echo "HEAD is $(git rev-parse HEAD)" >&2; exit 1; }`;

/**
 * Visitors meet the release from the next request on; fails where `current` leads to neither of the two.
 * @param from the release that is live, by its name
 */
export function leadTo(base: string, name: string, from: string): Command {
  const link = `ln -sfn ${quote(`releases/${name}`)} current.new && mv -T current.new current`;
  return shell(lead, [base, name, from], { typed: `cd ${quote(base)} && ${link}` });
}

/** Fails where the live release has another commit. */
export function hasCommit(live: string, commit: string): Command {
  return shell(isLive, [commit], { cwd: live, typed: 'git rev-parse HEAD' });
}
