import { asRoot, type Instruction } from '../remedy.ts';
import { quote } from '../server/command.ts';

/** Who shares the files of a site, as far as it is known. */
export interface Sharing {
  /** The application on the server. */
  readonly path: string;
  /** The directory that holds `releases/` and `shared/`; absent in place. */
  readonly base?: string;
  /** The deploy user. */
  readonly user: string;
  /** The user of the pool that serves the site; null where nobody knows it. */
  readonly fpmUser: string | null;
  /** The group of that pool; null for the first group of its user. */
  readonly fpmGroup: string | null;
  /** The group that may open the socket of the pool; null where nobody knows it. */
  readonly socketGroup: string | null;
  /** Nothing is live yet, and what this deploy has made goes with it. */
  readonly first?: boolean;
}

/** The group of PHP-FPM as one word of a shell. Where its configuration has none, the server says it when it is pasted. */
export function fpmGroup({ path, fpmUser, fpmGroup: named }: Sharing): string {
  if (named !== null) return quote(named);
  // The folder that visitors make PHP-FPM write to is its own.
  const owner = fpmUser === null ? `"$(stat -c %U ${quote(`${path}/writable`)})"` : quote(fpmUser);
  return `"$(id -gn ${owner})"`;
}

/**
 * What deploy user and PHP-FPM share, so that each can do its work and neither takes anything away from the other.
 * PHP-FPM keeps `writable/`; all other files get the deploy user as owner, and stay readable for PHP-FPM.
 */
export function share(sharing: Sharing): Instruction {
  const { path, base = path, user } = sharing;
  const places = base === path ? [`${path}/.git`, `${path}/writable`] : inReleases(base);
  const [git, ...writable] = places.map((place) => `-path ${quote(place)}`);
  const kept = `\\( ${writable.join(' -o ')} \\)`;
  const [tree, group] = [quote(base), fpmGroup(sharing)];
  return asRoot(
    `${user} gets the files that git updates, and PHP-FPM keeps writable/. Visitors notice nothing.`,
    joinGroups(sharing),
    // First what PHP-FPM reads, then the owner: there is no moment at which it cannot read.
    `sudo find -H ${tree} \\( ${git ?? ''} -o ${kept} \\) -prune -o ! -type l ! -perm -o=r -exec chgrp ${group} {} + -exec chmod g+rX {} +`,
    `sudo find -H ${tree} ${kept} -prune -o -exec chown -h ${quote(user)} {} +`,
    ...sharedWritable(
      sharing,
      base === path ? [`${path}/writable`] : [`${path}/writable`, `${base}/shared/writable`],
    ),
  );
}

/** Where git keeps its own, and what PHP-FPM writes to; the patterns are those of find(1). */
function inReleases(base: string): readonly string[] {
  return [`${base}/repo`, `${base}/shared/writable`, `${base}/releases/*/writable`];
}

/** Lets the deploy user and PHP-FPM read `.env`, and nobody else. */
export function shareEnv(sharing: Sharing): Instruction {
  const { path, base, user } = sharing;
  const env = quote(base === undefined ? `${path}/.env` : `${base}/shared/.env`);
  return asRoot(
    `${user} owns .env, and the group of PHP-FPM may read it.`,
    `sudo chmod 640 ${env}`,
    `sudo chown ${quote(user)}:${fpmGroup(sharing)} ${env}`,
    // Made by a login whose umask is 077 it lets nobody else pass.
    ...(base === undefined ? [] : [`sudo chmod a+x ${quote(`${base}/shared`)}`]),
  );
}

/** Lets PHP-FPM write to these folders below `writable/`. */
export function shareWritable(sharing: Sharing, folders: readonly string[]): Instruction {
  if (sharing.first === true && sharing.base !== undefined)
    return makeWritable(sharing, sharing.base);
  return asRoot('PHP-FPM may write there by its group.', ...sharedWritable(sharing, folders));
}

/** Before there is a release: the folders that the first one finds, and whose group it takes over. */
function makeWritable(sharing: Sharing, base: string): Instruction {
  const folders = ['', '/session', '/logs', '/uploads'].map((one) =>
    quote(`${base}/shared/writable${one}`),
  );
  return asRoot(
    'PHP-FPM may write there by its group, and the deploy user joins that group.',
    `sudo install -d -o ${quote(sharing.user)} -g ${fpmGroup(sharing)} -m 2775 ${folders.join(' ')}`,
    joinGroups(sharing),
  );
}

/** Lets the deploy user read what PHP-FPM writes, and open its socket. */
export function joinFpm(sharing: Sharing): Instruction {
  return asRoot(
    `${sharing.user} becomes a member of the group of PHP-FPM. That counts from the next login on.`,
    joinGroups(sharing),
  );
}

function joinGroups(sharing: Sharing): string {
  const { socketGroup, user } = sharing;
  const own = fpmGroup(sharing);
  const socket = socketGroup === null || quote(socketGroup) === own ? '' : `,${quote(socketGroup)}`;
  return `sudo usermod -aG ${own}${socket} ${quote(user)}`;
}

function sharedWritable(sharing: Sharing, folders: readonly string[]): readonly string[] {
  const all = folders.map(quote).join(' ');
  return [
    `sudo chgrp -R ${fpmGroup(sharing)} ${all}`,
    `sudo chmod -R g+rwX ${all}`,
    `sudo find ${all} -type d -exec chmod g+s {} +`,
  ];
}

/** Lets everybody pass through a folder on the way to the site, without listing it. */
export function passThrough(folder: string): Instruction {
  return asRoot(
    `Everybody who knows the path may then pass through ${folder}; nobody can list it.`,
    `sudo chmod o+x ${quote(folder)}`,
  );
}
