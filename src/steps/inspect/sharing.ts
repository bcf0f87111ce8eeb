import type { Pool } from '../../app/pool.ts';
import type { Config } from '../../config/config.ts';
import type { Sharing } from '../../remedies/access.ts';
import { servingPools, type SiteOfPools } from '../served/pools.ts';
import type { WebServer } from '../served/web-server.ts';
import type { WorkTree } from './topics/clone.ts';
import type { Fpm } from './topics/fpm.ts';
import type { Place } from './topics/place.ts';
import type { Releases } from './topics/releases.ts';

/** Who shares the files of the site, for what is printed to be pasted. */
export function sharingOf(
  {
    place,
    tree,
    fpm,
    web,
    releases,
  }: {
    readonly place: Place;
    readonly tree: WorkTree;
    readonly fpm: Fpm | null;
    readonly web: WebServer;
    readonly releases: Releases;
  },
  config: Config,
): Sharing {
  const pools = fpm?.settings?.pools ?? [];
  const { path, strategy, base } = config;
  const [first] = servingPools(web, pools, poolsOf(config, place)).serving;
  return {
    // find(1) does not follow a link that it begins at.
    path: 'problem' in tree.clone ? path : tree.clone.path,
    ...(strategy === 'in-place' ? {} : { base, first: releases.current === 'first' }),
    user: place.user,
    ...(first === undefined ? unknownPool : sharedWith(first.pool)),
  };
}

/** What tells which pool serves the site. */
export function poolsOf(
  { path, 'fpm-service': unit, 'fpm-pool': wish }: Config,
  { writer }: Place,
): SiteOfPools {
  return { path, unit, wish, writer };
}

const unknownPool = { fpmUser: null, fpmGroup: null, socketGroup: null };

/** Whose files a pool reads and writes. */
export function sharedWith({
  user,
  group,
  socketGroup,
}: Pool): Pick<Sharing, 'fpmUser' | 'fpmGroup' | 'socketGroup'> {
  return { fpmUser: user, fpmGroup: group ?? null, socketGroup: socketGroup ?? null };
}
