import { inInputs, toSee } from '../../remedy.ts';
import type { Pool, Serving } from '../../app/pool.ts';
import { errorFinding, type Finding } from '../../finding.ts';
import type { Sends, WebServer } from './web-server.ts';

/** Which pools serve the site, and what nobody could find out, as sentences. */
export interface Served {
  readonly serving: readonly Serving[];
  readonly findings: readonly Finding[];
  readonly unverified: readonly string[];
}

/** What tells one pool from another. */
export interface SiteOfPools {
  readonly path: string;
  readonly unit: string;
  /** Input fpm-pool. */
  readonly wish: string | null;
  /** Who owns `writable/`, which PHP-FPM writes to; empty where nobody knows. */
  readonly writer: string;
}

/** The pools of `unit` that the web server asks for this site; the only one there is where its configuration says nothing. */
export function servingPools(
  web: WebServer,
  pools: readonly Pool[],
  { path, unit, wish, writer }: SiteOfPools,
): Served {
  if (wish !== null) return namedPool(wish, web, pools, unit);
  if ('unknown' in web) return unknownServer(web.unknown, pools, unit, writer);
  const known = web.sends.map((sends) => ({
    sends,
    pool: pools.find((pool) => asks(sends, pool)),
  }));
  const others = [...new Set(known.filter(({ pool }) => !pool).map(({ sends: { to } }) => to))];
  const serving = known.flatMap(({ sends: { params }, pool }) => (pool ? [{ pool, params }] : []));
  return {
    serving: distinct(serving),
    findings: serving.length === 0 ? [otherService(others, pools, unit, path)] : [],
    unverified: [
      ...(serving.length === 0
        ? []
        : others.map((to) => `What ${to} serves of ${path}: it is no socket of ${unit}.`)),
      ...[...new Set(web.variable)].map(
        (name) =>
          `What nginx sends PHP-FPM as ${name}: its configuration takes it from a variable.`,
      ),
    ],
  };
}

function namedPool(wish: string, web: WebServer, pools: readonly Pool[], unit: string): Served {
  const pool = pools.find(({ name }) => name === wish);
  if (pool !== undefined) {
    const sends = 'unknown' in web ? [] : web.sends.filter((one) => asks(one, pool));
    const serving = sends.map(({ params }) => ({ pool, params }));
    const known = serving.length === 0 ? [{ pool, params: {} }] : serving;
    return { serving: distinct(known), findings: [], unverified: [] };
  }
  const others = pools.map(({ name }) => inInputs('', `fpm-pool: ${name}`));
  const message = `${unit} has no pool ${wish}, but ${pools.map(({ name }) => name).join(', ')}.`;
  return {
    serving: [],
    findings: [errorFinding('fpm-unknown', message, ...others)],
    unverified: [],
  };
}

/** The only pool there is, or the only one whose user writes the site's files. */
function unknownServer(why: string, pools: readonly Pool[], unit: string, writer: string): Served {
  const writing = pools.filter(({ user }) => user === writer);
  const [pool, ...more] = pools.length === 1 ? pools : writing;
  if (pool !== undefined && more.length === 0) {
    const adds = `What the web server adds to requests (fastcgi_param, SetEnv), such as another database: ${why}.`;
    return { serving: [{ pool, params: {} }], findings: [], unverified: [adds] };
  }
  const which = `Which pool of ${unit} serves the site, and so what code and which database visitors get: ${why}.`;
  return { serving: [], findings: [], unverified: [which] };
}

function otherService(
  others: readonly string[],
  pools: readonly Pool[],
  unit: string,
  path: string,
): Finding {
  const own = pools.map(({ listen }) => listen).join(', ');
  return errorFinding(
    'fpm-other-service',
    `nginx sends the requests for ${path} to ${others.join(', ')}, but ${unit} listens on ${own}: reloading it would leave visitors with the old code.`,
    [
      toSee('List the services', 'systemctl list-units --all "*php*fpm*"'),
      inInputs('Set fpm-service to the one that listens there.'),
    ],
  );
}

/** Whether a request that the web server sends there comes to this pool. */
function asks({ to }: Sends, { listen }: Pool): boolean {
  const [there, here] = [to, listen].map((one) => one.replace(/^\/var\/run\//, '/run/'));
  if (there === undefined || here === undefined || there.startsWith('/') || here.startsWith('/')) {
    return there === here;
  }
  const [toHost, toPort] = parts(there);
  const [ownHost, ownPort] = parts(here);
  const any = ['', '0.0.0.0', '[::]', '*'];
  return toPort === ownPort && (any.includes(ownHost) || toHost === ownHost);
}

function parts(address: string): readonly [string, string] {
  const at = address.lastIndexOf(':');
  const host = address.slice(0, Math.max(at, 0));
  return [host === 'localhost' ? '127.0.0.1' : host, address.slice(at + 1)];
}

function distinct(serving: readonly Serving[]): readonly Serving[] {
  const keys = serving.map(({ pool, params }) => JSON.stringify([pool.listen, params]));
  return serving.filter((_, at) => keys.indexOf(keys[at] ?? '') === at);
}
