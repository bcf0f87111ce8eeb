import type { Config } from '../../../config/config.ts';
import { errorFinding, type Finding } from '../../../finding.ts';
import { firstRelease } from '../../../release/directories/first.ts';
import { sharedPaths } from '../../../release/directories/layout.ts';
import { fpmGroup, joinFpm, share, type Sharing } from '../../../remedies/access.ts';
import { advice, asRoot, asUser, toSee, type Instruction } from '../../../remedy.ts';
import { nothing, quote, shell, type Command, type Output } from '../../../server/command.ts';
import { noRelease } from './no-release.ts';
import { after, some } from './words.ts';

/** What lies at the path of a site with release directories; in place nothing is asked. */
export interface Releases {
  /** `first`: a first deploy made it and is not done. `elsewhere`: it leads out of `releases/`, or to nothing. */
  readonly current: 'release' | 'first' | 'absent' | 'directory' | 'elsewhere' | 'not asked';
  /** What lies there, where nothing is live, that no first release may be made beside. */
  readonly occupied: readonly string[];
  /** The deploy user can neither enter the place nor make it. */
  readonly unmakeable: boolean;
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
cd "$1" 2>/dev/null || {
  [ ! -e "$1" ] && [ -w "$(dirname -- "$1")" ] || echo unmakeable
  shift; printf 'missing %s\\n' "$@"; exit 0
}
shift
if [ "$(readlink current)" = releases/${firstRelease} ]; then echo current first
elif [ -L current ]; then
  case $(readlink -f current) in
    "$(readlink -f releases)"/*) [ -d current ] && echo current release || echo current elsewhere ;;
    *) echo current elsewhere ;;
  esac
elif [ -e current ]; then echo current directory
else
  echo current absent
  { ls -A . | grep -vxE 'shared|releases|repo|lost[+]found|repo[.]new-.*'
    ls -A releases 2>/dev/null | grep -vx ${firstRelease.replace('.', '[.]')} | sed 's|^|releases/|'; } | sed 's/^/occupied /'
fi
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
  const states = ['release', 'first', 'absent', 'directory', 'elsewhere'] as const;
  const [state] = after('current', lines);
  const known = states.find((one) => one === state) ?? 'absent';
  return {
    current: strategy === 'in-place' ? 'not asked' : known,
    occupied: after('occupied', lines),
    unmakeable: lines.includes('unmakeable'),
    missing: after('missing', lines),
    own: { files: after('file', lines), folders: after('folder', lines) },
    closed: after('closed', lines),
    foreign: after('foreign', lines),
  };
}

/** Whether there is a live release, so that the rest can be asked of it. */
export function hasRelease({ current }: Releases): boolean {
  return current === 'release' || current === 'first' || current === 'not asked';
}

/** What keeps a release from going live there. */
export function judgeReleases(
  releases: Releases,
  config: Config,
  sharing: Sharing,
): readonly Finding[] {
  const { current, closed, foreign, own } = releases;
  const missing = current === 'absent' ? releases.missing.filter(isSetting) : releases.missing;
  return [
    ...(current === 'directory' || current === 'elsewhere' ? [notALink(releases, config)] : []),
    ...(closed.length === 0 ? [] : [closedTo(releases, sharing, config)]),
    ...(foreign.length === 0 ? [] : [foreignTo(foreign, sharing, config)]),
    ...(current === 'absent' ? noRelease(releases, config, sharing) : []),
    ...(missing.length === 0 ? [] : [notThere(missing, current === 'release', config, sharing)]),
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

/** A first release makes whatever else is shared. */
function isSetting(path: string): boolean {
  return path === '.env';
}

function notThere(
  missing: readonly string[],
  hasLive: boolean,
  { base }: Config,
  sharing: Sharing,
): Finding {
  return errorFinding(
    'shared-missing',
    `${base}/shared lacks what all releases share: ${some(missing)}.`,
    missing.flatMap((path) => makeShared(path, hasLive, base, sharing)),
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

function makeShared(
  path: string,
  hasLive: boolean,
  base: string,
  sharing: Sharing,
): readonly Instruction[] {
  const [to, from] = [quote(`${base}/shared/${path}`), quote(`${base}/current/${path}`)];
  // PHP-FPM passes through it, whatever the umask of the login is.
  const folder = `(umask 022 && mkdir -p "$(dirname ${to})")`;
  if (path === '.env') {
    return [
      asUser(
        sharing.user,
        'Make the file for the settings of the server. Then put them in, without the # before them',
        folder,
        `[ -e ${to} ] || printf '%s\\n' ${settings.map(quote).join(' ')} >${to}`,
        `chmod 640 ${to}`,
      ),
      ...(sharing.fpmGroup === null && sharing.fpmUser === null
        ? []
        : [asRoot('PHP-FPM may read it', `sudo chgrp ${fpmGroup(sharing)} ${to}`)]),
    ];
  }
  const copied = `[ ! -e ${from} ] || cp -a ${from} ${to}`;
  return [
    asUser(
      sharing.user,
      `Make ${path}. What the live release has there is copied`,
      folder,
      hasLive ? copied : `mkdir -p ${to}`,
      `[ -e ${to} ] || mkdir ${to}`,
    ),
  ];
}

// As the file of examples that CodeIgniter comes with names them.
const settings = [
  'CI_ENVIRONMENT = production',
  "# app.baseURL = 'https://www.example.org/'",
  '# database.default.hostname = localhost',
  '# database.default.database =',
  '# database.default.username =',
  "# database.default.password = ''",
  '# database.default.DBDriver = MySQLi',
];
