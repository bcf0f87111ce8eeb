import type { Application } from '../../app/application.ts';
import type { Config } from '../../config/config.ts';
import type { Finding } from '../../finding.ts';
import type { FindingName } from '../../findings/registry.ts';
import type { ServerFacts } from './facts.ts';
import type { SeenInside } from './inside-fpm.ts';

/** What the running site said; null where it could not be asked. */
interface Live extends SeenInside {
  readonly live: Application;
}

/** One line for each thing that a deploy needs and that is in order. */
export function readyLines(
  facts: ServerFacts,
  asked: Live | null,
  found: readonly Finding[],
  config: Config,
): readonly string[] {
  const wrong = new Set<string>(
    found.filter(({ severity }) => severity === 'error').map(({ name }) => name),
  );
  return [...ofServer(facts, config), ...(asked === null ? [] : ofSite(asked))]
    .filter(({ unless }) => unless.every((name) => !wrong.has(name)))
    .map(({ says }) => says);
}

interface Line {
  readonly says: string;
  /** Errors that contradict it. */
  readonly unless: readonly FindingName[];
}

const clone: readonly FindingName[] = [
  'not-a-clone',
  'git-ownership',
  'not-the-root',
  'detached-head',
  'other-branch',
  'dirty-tree',
  'file-modes-changed',
  'hidden-edits',
  'git-locked',
];

function ofServer(facts: ServerFacts, config: Config): readonly Line[] {
  return [...ofClone(facts, config), ...ofPhp(facts), ...ofFpm(facts, config)];
}

function* ofClone({ place, tree, remote }: ServerFacts, { path, branch }: Config): Generator<Line> {
  const { user, state } = place;
  yield { says: `The login as ${user} works, and the host key is the one you trust.`, unless: [] };
  if (state === 'ok')
    yield { says: `${path} belongs to ${user} as far as git needs it.`, unless: clone };
  if ('problem' in tree.clone) return;
  const head = tree.clone.head.slice(0, 10);
  yield {
    says: `The clone has ${branch} checked out at ${head}, and nobody changed it.`,
    unless: clone,
  };
  if (remote?.problem === '' && remote.url !== '')
    yield { says: `The server reaches the repository at ${remote.url}.`, unless: [] };
}

function* ofPhp({ php: { php }, environment, place }: ServerFacts): Generator<Line> {
  if (!('problem' in php)) {
    yield {
      says: `PHP ${php.version} of the command line has what CodeIgniter needs.`,
      unless: ['mysqli-missing', 'intl-missing', 'mbstring-missing', 'php-too-old'],
    };
  }
  if (environment === 'ok') yield { says: `.env can be read by ${place.user}.`, unless: [] };
}

function* ofFpm({ fpm, place }: ServerFacts, { 'fpm-service': unit }: Config): Generator<Line> {
  if (!fpm?.known) return;
  if (fpm.sudo === 'allowed') {
    yield {
      says: `${place.user} may reload ${unit}.`,
      unless: ['fpm-inactive', 'fpm-configuration'],
    };
  }
  if (fpm.runs === 'mod_php')
    yield { says: `A reload of ${unit} lets running requests end.`, unless: [] };
  const timeout = fpm.settings?.controlTimeout ?? 0;
  if (timeout > 0)
    yield { says: `A reload of ${unit} lets requests end for ${timeout} s.`, unless: [] };
}

function* ofSite(asked: Live): Generator<Line> {
  const { live, serving } = asked;
  const { ledgerDatabase: database, session } = live;
  const unless = ['database-refused', 'database-unreachable', 'database-not-mysql'] as const;
  yield {
    says: `The application reaches its database ${database.database} as ${database.user}.`,
    unless,
  };
  const [first] = serving;
  if (first !== undefined) {
    const { pool } = first;
    yield {
      says: `PHP-FPM (pool ${pool.name}, user ${pool.user}) answers, and reads what it needs.`,
      unless: ['env-closed-to-fpm', 'writable-closed-to-fpm', 'fpm-session-differs'],
    };
    if (asked.seesNewCode !== undefined) yield { says: seesNewCode(asked.seesNewCode), unless: [] };
  }
  yield* ofSessions(session, first !== undefined);
}

/** @param seconds as {@link SeenInside} has them */
function seesNewCode(seconds: number | null): string {
  if (seconds === null)
    return 'PHP-FPM reads new code only after a reload, which each deploy does.';
  if (seconds === 0) return 'PHP-FPM reads new code at once.';
  return `PHP-FPM reads new code within ${seconds} s by itself, and at once after the reload.`;
}

function* ofSessions(
  { inDatabase, table, savePath }: Application['session'],
  asksFpm: boolean,
): Generator<Line> {
  if (inDatabase) {
    yield { says: `Sessions are in the table ${table ?? ''}, and stay there.`, unless: [] };
  } else if (asksFpm) {
    yield {
      says: `Sessions are in ${savePath}. A commit that moves them to MySQL keeps visitors logged in, through PHP-FPM.`,
      unless: [],
    };
  }
}
