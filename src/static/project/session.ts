import type { SessionConfiguration } from '../../app/application.ts';
import type { Place } from '../catalog/model.ts';
import { isAtLeast } from '../forge/release.ts';
import { scalar, textOf, truth, type Unknown, type Value } from '../program/value.ts';
import type { KnownRelease } from './release.ts';
import type { Setting, Settings } from './settings.ts';

/** The session settings as they are written down; what the server's own .env says is not known here. */
export interface WrittenSession {
  readonly configuration: SessionConfiguration;
  /** Connection group of the table; null for the default group. */
  readonly group: string | null;
  /** Where the table's name stands. */
  readonly place: Place;
}

/** A setting that only running tells. */
export interface UnresolvedSession {
  readonly unresolved: Unknown;
  readonly place: Place;
}

/**
 * The session settings: Config\Session from 4.3, before that Config\App; from 4.4 never Config\App, unless nobody knows
 * for certain which release it is.
 */
export function readSession(
  { release, from: source }: KnownRelease,
  session: Settings,
  app: Settings,
  prefixOf: (group: string | null) => string,
): WrittenSession | UnresolvedSession {
  const isCertain = source === 'composer.lock' || source === 'system/CodeIgniter.php';
  const mayBeOld = !isCertain || !isAtLeast(release, [4, 4, 0]);
  const inApp = !isAtLeast(release, [4, 3, 0]) || (!session.exists && mayBeOld);
  const from = inApp ? app : session;
  const read = (name: string, otherwise: Value): Setting =>
    from.setting(
      inApp ? `session${name.slice(0, 1).toUpperCase()}${name.slice(1)}` : name,
      otherwise,
    );
  const settings = {
    driver: read('driver', scalar('CodeIgniter\\Session\\Handlers\\FileHandler')),
    cookieName: read('cookieName', scalar('ci_session')),
    expiration: read('expiration', scalar(7200)),
    savePath: read('savePath', scalar(null)),
    matchIP: read('matchIP', scalar(false)),
    DBGroup: read('DBGroup', scalar(null)),
  };
  const lost = Object.entries(settings).find(([name, { value }]) => {
    // Sessions in files may lie wherever they want.
    return value.kind === 'unknown' && (name === 'driver' || inDatabase(settings.driver.value));
  })?.[1];
  if (lost?.value.kind === 'unknown') return { unresolved: lost.value, place: lost.place };
  return written(settings, inApp ? 'Config\\App' : 'Config\\Session', prefixOf);
}

function inDatabase(driver: Value): boolean {
  return /(^|\\)DatabaseHandler$/.test(textOf(driver) ?? '');
}

type Names = 'driver' | 'cookieName' | 'expiration' | 'savePath' | 'matchIP' | 'DBGroup';

function written(
  settings: Readonly<Record<Names, Setting>>,
  source: string,
  prefixOf: (group: string | null) => string,
): WrittenSession {
  const text = (name: Names): string => textOf(settings[name].value) ?? '';
  const group = text('DBGroup') === '' ? null : text('DBGroup');
  const savePath = text('savePath');
  const kept = inDatabase(settings.driver.value);
  const prefix = prefixOf(group);
  // The query builder does not put a prefix before a name that begins with it; Forge does.
  const table = prefix !== '' && savePath.startsWith(prefix) ? savePath : prefix + savePath;
  return {
    group,
    place: settings.savePath.place,
    configuration: {
      source,
      driver: text('driver').replace(/^\\/, ''),
      inDatabase: kept,
      cookieName: text('cookieName'),
      savePath,
      matchIP: truth(settings.matchIP.value) === true,
      expiration: Number(text('expiration')),
      table: kept ? table : null,
      forgeTable: kept ? prefix + savePath : null,
    },
  };
}
