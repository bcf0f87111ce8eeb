import type { Config } from '../../../config/config.ts';
import { errorFinding, type Finding } from '../../../finding.ts';
import { sharedPaths } from '../../../release/directories/layout.ts';
import { fpmGroup, joinFpm, share, type Sharing } from '../../../remedies/access.ts';
import { bySsh } from '../../../remedies/clone.ts';
import { advice, asRoot, asUser, toSee, type Instruction } from '../../../remedy.ts';
import { nothing, quote, shell, type Command, type Output } from '../../../server/command.ts';
import { after, some } from './words.ts';

/** What lies at the path of a site with release directories; in place nothing is asked. */
export interface Releases {
  /** `elsewhere`: it leads out of `releases/`, or to nothing. */
  readonly current: 'release' | 'absent' | 'directory' | 'elsewhere' | 'not asked';
  /** Git keeps its objects there. */
  readonly hasRepository: boolean;
  /** Shared paths that are not in `shared/`. */
  readonly missing: readonly string[];
  /** Shared paths where the live release has a file or a folder of its own, and no link. */
  readonly own: { readonly files: readonly string[]; readonly folders: readonly string[] };
  /** Places that the deploy user may not write to, below the path. */
  readonly closed: readonly string[];
  /** Groups of the live `writable/` that the deploy user may not give to a folder: it is no member. */
  readonly foreign: readonly string[];
}

// One word and a path on each line.
const question = `# releases, and what they share
cd "$1" 2>/dev/null || exit 0
shift
if [ -L current ]; then
  case $(readlink -f current) in
    "$(readlink -f releases)"/*) [ -d current ] && echo current release || echo current elsewhere ;;
    *) echo current elsewhere ;;
  esac
elif [ -e current ]; then echo current directory
else echo current absent
fi
[ -e repo/HEAD ] && echo repository
for one; do
  [ -e "shared/$one" ] || { printf 'missing %s\\n' "$one"; continue; }
  [ -e "current/$one" ] && [ "$(readlink -f "current/$one")" != "$(readlink -f "shared/$one")" ] || continue
  [ -d "current/$one" ] && printf 'folder %s\\n' "$one" || printf 'file %s\\n' "$one"
done
for one in . releases shared repo; do [ ! -d "$one" ] || [ -w "$one" ] || printf 'closed %s\\n' "$one"; done
for one in current/writable current/writable/*; do
  [ -d "$one" ] && [ ! -L "$one" ] || continue
  group=$(stat -c %G "$one")
  case " $(id -Gn) root " in *" $group "*) ;; *) printf 'foreign %s\\n' "$group" ;; esac
done | sort -u
exit 0`;

/** How the releases lie there. */
export function askReleases(config: Config): Record<'releases', Command> {
  const { strategy, base } = config;
  const asked = shell(question, [base, ...sharedPaths(config)]);
  return { releases: strategy === 'releases' ? asked : nothing };
}

/** Reads it. */
export function readReleases(
  { releases }: Record<'releases', Output>,
  { strategy }: Pick<Config, 'strategy'>,
): Releases {
  const lines = releases.stdout.split('\n');
  const states = ['release', 'absent', 'directory', 'elsewhere'] as const;
  const [state] = after('current', lines);
  const known = states.find((one) => one === state) ?? 'absent';
  return {
    current: strategy === 'in-place' ? 'not asked' : known,
    hasRepository: lines.includes('repository'),
    missing: after('missing', lines),
    own: { files: after('file', lines), folders: after('folder', lines) },
    closed: after('closed', lines),
    foreign: after('foreign', lines),
  };
}

/** Whether there is a live release, so that the rest can be asked of it. */
export function hasRelease({ current }: Releases): boolean {
  return current === 'release' || current === 'not asked';
}

/** What keeps a release from going live there. */
export function judgeReleases(
  releases: Releases,
  config: Config,
  { sharing, repository }: { readonly sharing: Sharing; readonly repository: string },
): readonly Finding[] {
  const { current, closed, missing, foreign, own } = releases;
  return [
    ...(current === 'directory' || current === 'elsewhere' ? [notALink(releases, config)] : []),
    ...(closed.length === 0 ? [] : [closedTo(releases, sharing, config)]),
    ...(foreign.length === 0 ? [] : [foreignTo(foreign, sharing, config)]),
    ...(current === 'absent' ? [noRelease(releases, config, sharing, repository)] : []),
    ...(missing.length === 0 ? [] : [notThere(releases, config, sharing)]),
    ...(current === 'release' && own.files.length + own.folders.length > 0
      ? [notLinked(own, config)]
      : []),
  ];
}

function notALink({ current }: Releases, { base }: Config): Finding {
  const what =
    current === 'directory'
      ? 'is no symbolic link'
      : 'leads to nothing, or to a place outside of releases/';
  return errorFinding(
    'current-not-a-link',
    `${base}/current ${what}. A deploy with release directories replaces a link to one of them, and nothing else.`,
    [
      toSee('See what is there', `ls -la ${quote(base)}`),
      advice('Move it away, or set path to the directory that holds releases/.'),
    ],
  );
}

function closedTo({ closed, current }: Releases, sharing: Sharing, { base }: Config): Finding {
  const { user } = sharing;
  const places = closed.map((one) => (one === '.' ? base : `${base}/${one}`));
  return errorFinding(
    'path-not-writable',
    `${some(places)} is not writable for ${user}, who makes the releases.`,
    current === 'release'
      ? share(sharing)
      : asRoot(
          `${user} gets the place for the releases.`,
          `sudo chown ${quote(user)} ${places.map(quote).join(' ')}`,
        ),
  );
}

function foreignTo(groups: readonly string[], sharing: Sharing, { path }: Config): Finding {
  const { user } = sharing;
  return errorFinding(
    'writable-closed-to-fpm',
    `${path}/writable belongs to the group ${groups.join(' and ')}, and ${user} is no member of it. PHP-FPM could not write to the folders that ${user} makes for a new release.`,
    joinFpm(sharing),
  );
}

function noRelease(
  { hasRepository }: Releases,
  config: Config,
  sharing: Sharing,
  repository: string,
): Finding {
  const { base, clone, branch, commit, source } = config;
  if (source === 'push' && !hasRepository) return notSentYet(base);
  const pushed = source === 'push';
  const [repo, first] = [quote(clone), quote(`${base}/releases/first`)];
  const folders = sharedPaths(config).filter((path) => path !== '.env');
  const links = sharedPaths(config).map(
    (path) =>
      `mkdir -p ${quote(`${base}/releases/first/${path}/..`)} && rm -rf ${quote(`${base}/releases/first/${path}`)} && ln -s ${quote(`${base}/shared/${path}`)} ${quote(`${base}/releases/first/${path}`)}`,
  );
  return errorFinding(
    'no-release',
    `${base}/current does not exist, so no release is live. The first one is made by hand, and each deploy begins at the one before.`,
    [
      asUser(
        sharing.user,
        'Make the first release. Nothing is migrated, and nobody sees it before the last line',
        `mkdir -p ${quote(`${base}/releases`)} ${folders.map((path) => quote(`${base}/shared/${path}`)).join(' ')}`,
        ...(hasRepository ? [] : [`git clone -q --bare ${quote(bySsh(repository))} ${repo}`]),
        ...(pushed ? [`git -C ${repo} branch -f ${quote(branch)} ${quote(commit)}`] : []),
        `git -C ${repo} worktree add -q --detach ${first} ${quote(branch)}`,
        ...links,
        `cd ${first} && { [ ! -e composer.lock ] || composer install --no-interaction --no-dev; }`,
      ),
      asRoot(
        'PHP-FPM may write where the application does',
        ...writableBy(sharing, [`${base}/shared/writable`, `${base}/releases/first/writable`]),
      ),
      asUser(sharing.user, 'It is live', `ln -sfn releases/first ${quote(`${base}/current`)}`),
    ],
  );
}

/** A plan and a doctor send nothing to where nothing is. */
function notSentYet(base: string): Finding {
  return errorFinding(
    'no-release',
    `${base}/current does not exist, so no release is live, and the server has no commit of the repository yet.`,
    'Run the deploy. It sends the commit, and prints the lines for the first release.',
  );
}

function writableBy(sharing: Sharing, places: readonly string[]): readonly string[] {
  const all = places.map(quote).join(' ');
  return [
    `sudo chgrp -R ${fpmGroup(sharing)} ${all}`,
    `sudo find ${all} -type d -exec chmod 2775 {} +`,
    `sudo usermod -aG ${fpmGroup(sharing)} ${quote(sharing.user)}`,
  ];
}

function notThere({ missing, current }: Releases, { base }: Config, sharing: Sharing): Finding {
  return errorFinding(
    'shared-missing',
    `${base}/shared lacks what all releases share: ${some(missing)}.`,
    missing.map((path) => makeShared(path, current === 'release', base, sharing)),
  );
}

// A file of the live release is what visitors get; what lay in shared/ stays beside it. Of a folder nothing is lost: what
// is written until it is a link comes after it.
function notLinked({ files, folders }: Releases['own'], { base }: Config): Finding {
  const lines = (path: string): readonly string[] => {
    const [to, from] = [quote(`${base}/shared/${path}`), quote(`${base}/current/${path}`)];
    const [link, away] = [
      quote(`${base}/current/${path}.new`),
      quote(`${base}/current/${path}.own`),
    ];
    if (files.includes(path)) {
      return [
        `sudo cp -p ${to} ${quote(`${base}/shared/${path}.before`)} && sudo cp -p ${from} ${to}`,
        `sudo ln -sfn ${to} ${link} && sudo mv -T ${link} ${from}`,
      ];
    }
    return [
      `sudo cp -au ${from}/. ${to}/`,
      `sudo mv -T ${from} ${away} && sudo ln -s ${to} ${from} && sudo cp -au ${away}/. ${to}/`,
      `sudo rm -r ${away}`,
    ];
  };
  const all = [...files, ...folders];
  return errorFinding(
    'shared-not-linked',
    `In ${base}/current these are no links to ${base}/shared, and the next release has what lies there: ${some(all)}.`,
    asRoot('All releases get what the live one has', ...all.flatMap(lines)),
  );
}

function makeShared(path: string, hasLive: boolean, base: string, sharing: Sharing): Instruction {
  const [to, from] = [quote(`${base}/shared/${path}`), quote(`${base}/current/${path}`)];
  const folder = `mkdir -p "$(dirname ${to})"`;
  if (path === '.env') {
    return asUser(
      sharing.user,
      'Put the settings of the server there: CI_ENVIRONMENT, app.baseURL and database.default.*',
      folder,
      `touch ${to} && chmod 640 ${to}`,
    );
  }
  const copied = `[ ! -e ${from} ] || cp -a ${from} ${to}`;
  return asUser(
    sharing.user,
    `Make ${path}. What the live release has there is copied`,
    folder,
    hasLive ? copied : `mkdir -p ${to}`,
    `[ -e ${to} ] || mkdir ${to}`,
  );
}
