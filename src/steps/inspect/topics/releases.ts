import type { Config } from '../../../config/config.ts';
import { errorFinding, type Finding } from '../../../finding.ts';
import { sharedPaths } from '../../../release/directories/layout.ts';
import { fpmGroup, type Sharing } from '../../../remedies/access.ts';
import { bySsh } from '../../../remedies/clone.ts';
import { advice, asRoot, asUser, toSee, type Instruction } from '../../../remedy.ts';
import { nothing, quote, shell, type Command, type Output } from '../../../server/command.ts';
import { some } from './words.ts';

/** What lies at the path of a site with release directories; in place nothing is asked. */
export interface Releases {
  /** `elsewhere`: it leads out of `releases/`, or to nothing. */
  readonly current: 'release' | 'absent' | 'directory' | 'elsewhere' | 'not asked';
  /** Git keeps its objects there. */
  readonly hasRepository: boolean;
  /** Shared paths that are not in `shared/`. */
  readonly missing: readonly string[];
  /** Places that the deploy user may not write to, below the path. */
  readonly closed: readonly string[];
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
for one; do [ -e "shared/$one" ] || printf 'missing %s\\n' "$one"; done
for one in . releases shared repo; do [ ! -d "$one" ] || [ -w "$one" ] || printf 'closed %s\\n' "$one"; done
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
  const after = (word: string): readonly string[] =>
    lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
  const states = ['release', 'absent', 'directory', 'elsewhere'] as const;
  const [state] = after('current');
  const known = states.find((one) => one === state) ?? 'absent';
  return {
    current: strategy === 'in-place' ? 'not asked' : known,
    hasRepository: lines.includes('repository'),
    missing: after('missing'),
    closed: after('closed'),
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
  const { current, closed, missing } = releases;
  return [
    ...(current === 'directory' || current === 'elsewhere' ? [notALink(releases, config)] : []),
    ...(closed.length === 0 ? [] : [closedTo(closed, sharing, config)]),
    ...(current === 'absent' ? [noRelease(releases, config, sharing, repository)] : []),
    ...(missing.length === 0 ? [] : [notThere(releases, config, sharing)]),
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

function closedTo(closed: readonly string[], { user }: Sharing, { base }: Config): Finding {
  const places = closed.map((one) => (one === '.' ? base : `${base}/${one}`));
  return errorFinding(
    'path-not-writable',
    `${some(places)} is not writable for ${user}, who makes the releases.`,
    asRoot(
      `${user} gets the place for the releases.`,
      `sudo chown ${quote(user)} ${places.map(quote).join(' ')}`,
    ),
  );
}

function noRelease(
  { hasRepository }: Releases,
  config: Config,
  sharing: Sharing,
  repository: string,
): Finding {
  const { base, clone, branch } = config;
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
