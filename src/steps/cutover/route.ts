import { inRepository } from '../../remedy.ts';
import { createHash } from 'node:crypto';
import { gte } from 'semver';
import type { Application, SessionConfiguration } from '../../app/application.ts';
import type { Home, Route } from '../../app/cutover.ts';
import type { Given } from '../../finding.ts';
import { moved } from '../../release/paths.ts';

const handlers: Readonly<Record<Home, string>> = {
  files: 'CodeIgniter\\Session\\Handlers\\FileHandler',
  rows: 'CodeIgniter\\Session\\Handlers\\DatabaseHandler',
};

/** Seconds after which the session of a browser that was left open is not moved any more (expiration 0). */
const untilClosed = 2 * 24 * 3600;

/** Why sessions stay behind, and what would change that, as sentences. */
export interface Obstacle {
  readonly because: string;
  readonly remedy: Given;
}

/** Whether the new code keeps sessions in another place than the live one. */
export function handlerChanges(live: Application, staged: Application): boolean {
  return live.session.driver !== staged.session.driver;
}

/** What the two configurations say against moving sessions from one to the other; nothing when they can be moved. */
export function obstacles(live: Application, staged: Application): readonly Obstacle[] {
  const [before, after] = [live.session, staged.session];
  return [...unknownHomes(before, after), ...differences(before, after), ...frozen(live, staged)];
}

/** The same handler, but it finds nothing where it looks now: other sessions than those of the visitors. */
export function otherPlace(live: Application, staged: Application): readonly Obstacle[] {
  const [before, after] = [live.session, staged.session];
  const inTable = before.table !== null || after.table !== null;
  const [was, is] = inTable
    ? [before.table ?? '', after.table ?? '']
    : [before.savePath, moved(after.savePath, staged.root, live.root)];
  if (was === is) return [...otherCookie(before, after)];
  return [
    {
      because: `sessions are in ${inTable ? 'the table ' : ''}${was} now and in ${is} in the new code`,
      remedy: inRepository('Keep it as it is', `public string $savePath = '${before.savePath}';`),
    },
  ];
}

function* unknownHomes(...both: readonly SessionConfiguration[]): Generator<Obstacle> {
  for (const session of both) {
    if (homeOf(session) !== null) continue;
    yield {
      because:
        session.driver === handlers.files
          ? `savePath ${session.savePath || 'is empty, which'} is no absolute path`
          : `${session.driver} is neither CodeIgniter's own FileHandler nor its DatabaseHandler`,
      remedy: 'Let the visitors know beforehand, or deploy when few are there.',
    };
  }
}

function* otherCookie(
  before: SessionConfiguration,
  after: SessionConfiguration,
): Generator<Obstacle> {
  if (before.cookieName === after.cookieName) return;
  yield {
    because: `the cookie is called ${before.cookieName} now and ${after.cookieName} in the new code`,
    remedy: inRepository(
      'Keep the name of the cookie',
      `public string $cookieName = '${before.cookieName}';`,
    ),
  };
}

function* differences(
  before: SessionConfiguration,
  after: SessionConfiguration,
): Generator<Obstacle> {
  yield* otherCookie(before, after);
  if (before.matchIP || after.matchIP) {
    yield {
      because:
        'matchIP is on: a file names only a hash of the address that the row needs, and it is not guessed',
      remedy: inRepository(
        'Switch it off in a deploy before this one',
        'public bool $matchIP = false;',
      ),
    };
  }
}

function* frozen(live: Application, staged: Application): Generator<Obstacle> {
  if (![...live.caches, ...staged.caches].includes('configuration')) return;
  yield {
    because:
      'the configuration is cached (Config\\Optimize), so .env has no say at the moment of the cutover',
    remedy: inRepository(
      'Switch it off in a deploy before this one, and on again after it',
      'public bool $configCacheEnabled = false;',
    ),
  };
}

function homeOf({ driver, savePath, table }: SessionConfiguration): Home | null {
  // What does not fit between two quotes of .env cannot be pinned there.
  if (driver === handlers.files) return /^\/[^'"\\$\n]*$/.test(savePath) ? 'files' : null;
  return driver === handlers.rows && table !== null ? 'rows' : null;
}

/**
 * From where to where, for two configurations without obstacles.
 * @param id names the deploy
 * @param place names the site among all that may share its database
 * @param pinned lines in `.env` that pin the live handler already; empty when there are none
 * @throws TypeError when one of the two is no handler of CodeIgniter's own
 */
export function routeOf(
  live: Application,
  staged: Application,
  id: string,
  place: string,
  pinned = '',
): Route {
  const from = homeOf(live.session);
  const [withFiles, withRows] = from === 'files' ? [live, staged] : [staged, live];
  const { table } = withRows.session;
  if (from === null || table === null) throw new TypeError('there is no route between these');
  const { cookieName: cookie } = live.session;
  const { expiration } = live.session;
  return {
    id,
    from,
    // A place in the stage is the same place in the live tree once the commit is live.
    files: { folder: moved(withFiles.session.savePath, withFiles.root, live.root), cookie },
    // Security advisory GHSA-6cq5-8cj7-g558: since 4.2.11 the cookie's name stands before the id.
    rows: {
      table,
      prefix: gte(withRows.framework, '4.2.11') ? `${cookie}:` : '',
      mark: markOf(place),
    },
    expiration: expiration === 0 ? untilClosed : expiration,
    env: `${live.root}/.env`,
    lines: pinned || pinnedLines(live, staged, id),
  };
}

/** An address of "this network", which no visitor has (RFC 1122, 3.2.1.3). */
function markOf(place: string): string {
  const [a = 0, b = 0, c = 0] = createHash('sha256').update(place).digest();
  return `0.${a}.${b}.${c}`;
}

/** They stand first: of two lines with the same name CodeIgniter takes the first (system/Config/DotEnv.php). */
function pinnedLines({ session }: Application, staged: Application, id: string): string {
  const { driver, savePath } = session;
  const sources = new Set([session.source, staged.session.source]);
  const settings = [...sources].flatMap((source) =>
    source === 'Config\\App'
      ? [`app.sessionDriver = '${driver}'`, `app.sessionSavePath = '${savePath}'`]
      : [`session.driver = '${driver}'`, `session.savePath = '${savePath}'`],
  );
  const title = `# ci4-deploy begin ${id}: the previous session handler, until the sessions are moved`;
  return `${[title, ...settings, '# ci4-deploy end'].join('\n')}\n`;
}

/** Since CodeIgniter 4.6 an id has 32 hexadecimal digits, and a cookie with any other is dropped. */
export function dropsForeignIds(live: Application, staged: Application): boolean {
  return !gte(live.framework, '4.6.0') && gte(staged.framework, '4.6.0');
}
