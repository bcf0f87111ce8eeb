import { command, shell, type Command } from '../../server/command.ts';
import { join } from '../paths.ts';
import { stageVendor } from '../vendor.ts';
import { addRelease, furnishRelease } from './prepare.ts';

/** A site that is deployed in place, and where its release directories are made. */
export interface Adoption {
  /** The live clone. */
  readonly live: string;
  /** Where the release directories lie, beside it. */
  readonly base: string;
  readonly remote: string;
  /** The live commit. */
  readonly commit: string;
  /** `<git dir>/ci4-deploy` of the live clone. */
  readonly stateDir: string;
  /** What all releases share, by paths below the application. */
  readonly shared: readonly string[];
}

/** The name of the first release. No deploy made it, so none removes it. */
const first = 'first';

// What we made says for which site, and is taken for ours by that alone.
const marker = '.ci4-deploy-adopted';

// The web server's configuration, read as far as everybody may.
const configurations = `configurations='/etc/nginx/nginx.conf /etc/nginx/conf.d /etc/nginx/sites-enabled /etc/apache2/apache2.conf /etc/apache2/conf-enabled /etc/apache2/sites-enabled /etc/httpd/conf /etc/httpd/conf.d'
naming() { grep -RlsE -e "$(printf '%s' "$1" | sed 's/[].[*^$\\/+?(){}|]/\\\\&/g')([^A-Za-z0-9._-]|$)" $configurations; }`;

// One word and a value on each line.
const question = `# a place for release directories
live=$1 base=$2
${configurations}
if [ -e "$base" ] && { [ ! -d "$base" ] || [ ! -r "$base" ] || [ ! -w "$base" ] || [ ! -x "$base" ]; }; then echo place closed
elif [ -e "$base/${marker}" ]; then
  if [ "$(cat "$base/${marker}")" != "$live" ]; then echo place taken
  elif [ "$(ls "$base/releases" 2>/dev/null | grep -cvx ${first})" != 0 ]; then echo place deployed
  else echo place ours; fi
elif [ -n "$(ls -A "$base" 2>/dev/null)" ]; then echo place taken
elif [ -d "$base" ] || [ -w "$(dirname -- "$base")" ]; then echo place free
else echo place closed; fi
naming "$base/current" | head -n 1 | sed 's/^/serves /'
naming "$live/public" | while IFS= read -r file; do readlink -f -- "$file"; done | sort -u | sed 's/^/names /'
exit 0`;

/** Asks whether the release directories can be made, whether they are served already, and which files name the live site. */
export function askAdoption(live: string, base: string): Command {
  return shell(question, [live, base]);
}

/** What the web server serves. */
export type Root = 'releases' | 'clone' | 'unknown';

const root = `# what the web server serves since the site was adopted
base=$(cat "$(git rev-parse --absolute-git-dir)/ci4-deploy/adopted" 2>/dev/null) && [ -L "$base/current" ] || exit 0
${configurations}
if [ -n "$(naming "$base/current")" ]; then echo releases
elif [ -n "$(naming "$PWD/public")" ]; then echo clone
else echo unknown; fi
printf '%s\\n' "$base"`;

/** Asks a clone whether it was adopted. Prints a {@link Root} and where the release directories lie; nothing where it was not. */
export function askRoot(clone: string): Command {
  return shell(root, [], { cwd: clone });
}

const others = `# files of the server alone
git ls-files -z --others --directory --no-empty-directory -- . ':!vendor' ':!node_modules' ':!writable' ':!.env'`;

/** Prints what lies in the live tree and git does not have, each with a NUL after it. */
export function askServersOwn(live: string): Command {
  return shell(others, [], { cwd: live });
}

// Sessions, logs, uploads and settings stay where they are. What releases share are links to them, so that both roots have
// the very same files, and an absolute path in .env stays true. Nothing in the live tree changes.
const make = `# release directories beside the live site
live=$1 base=$2 remote=$3 state=$4
shift 4
[ -d "$base" ] || mkdir "$base" || exit
like() { chgrp --reference="$live/." "$1" && chmod --reference="$live/." "$1"; }
like "$base" 2>/dev/null
[ -e "$base/${marker}" ] || printf '%s\\n' "$live" >"$base/${marker}" || exit
rm -f "$base/current" "$base/current.new" && rm -rf "$base/releases" "$base/shared" "$base/repo" || exit
mkdir "$base/releases" "$base/shared" && like "$base/releases" && like "$base/shared" || exit
git clone --quiet --bare "$live" "$base/repo" || exit
url=$(git -C "$live" remote get-url "$remote") || exit
git -C "$base/repo" remote remove origin && git -C "$base/repo" remote add "$remote" "$url" || exit
ssh=$(git -C "$live" config --local core.sshCommand) && { git -C "$base/repo" config core.sshCommand "$ssh" || exit; }
mkdir "$base/repo/ci4-deploy" || exit
[ ! -e "$state/releases.jsonl" ] || cp -p "$state/releases.jsonl" "$base/repo/ci4-deploy/" || exit
ln -s "$live/writable" "$base/shared/writable" || exit
for one; do
  case $one in writable/*)
    [ -e "$live/$one" ] || { mkdir -p "$live/$one" && chgrp --reference="$live/writable" "$live/$one" && chmod --reference="$live/writable" "$live/$one"; } || exit
    continue ;;
  esac
  [ -e "$live/$one" ] || { echo "$live/$one is missing" >&2; exit 1; }
  mkdir -p "$(dirname -- "$base/shared/$one")" && ln -s "$live/$one" "$base/shared/$one" || exit
done`;

const lead = `# the first release is complete
printf '%s\\n' "$1" >"$2/adopted" || exit
ln -sfn releases/${first} "$1/current.new" && mv -T "$1/current.new" "$1/current"`;

/** Makes them, the link `current` last. Whatever an earlier attempt left is replaced. To run until one fails. */
export function makeReleases(adoption: Adoption): readonly Command[] {
  const { live, base, remote, commit, stateDir, shared } = adoption;
  const release = join(base, 'releases', first);
  return [
    shell(make, [live, base, remote, stateDir, ...shared]),
    addRelease(live, join(base, 'repo'), release, commit),
    furnishRelease(live, join(base, 'shared'), release, shared),
    stageVendor(live, release, false),
    shell(lead, [base, stateDir]),
  ];
}

// Links are removed, never what they lead to.
const remove = `# remove the release directories again
live=$1 base=$2
[ "$(cat "$base/${marker}" 2>/dev/null)" = "$live" ] || exit 0
[ "$(ls "$base/releases" 2>/dev/null | grep -cvx ${first})" = 0 ] || exit 0
rm -f "$base/current" "$base/current.new" && rm -rf "$base/releases" "$base/shared" "$base/repo" || exit
rm -f "$base/${marker}" "$(git -C "$live" rev-parse --absolute-git-dir)/ci4-deploy/adopted"
rmdir "$base" 2>/dev/null
exit 0`;

/** Removes what {@link makeReleases} made, as long as no deploy has made a release there. */
export function removeReleases(live: string, base: string): Command {
  return shell(remove, [live, base]);
}

/** Prints the commit of the first release, where it is complete. */
export function adoptedCommit(base: string): Command {
  return command('git', ['-C', join(base, 'current'), 'rev-parse', 'HEAD']);
}
