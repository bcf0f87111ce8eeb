import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  commandFor,
  commandForEnvironment,
  orderOf,
  readCarried,
  readChanged,
  readLooked,
  type Carried,
  type Route,
  type Work,
} from '../../src/app/handover.ts';
import { Secret } from '../../src/secret.ts';
import type { Command, Output } from '../../src/server/command.ts';
import type { Site } from '../rig/kayart.ts';
import { chosen } from '../rig/releases.ts';
import { fresh } from './situation.ts';

const nonce = '@nonce@';
const folder = '/var/www/kayart/writable/session';
const idOf = (letter: string): string => letter.repeat(32);
const route: Route = {
  id: 'f0e9',
  from: 'files',
  files: { folder, cookie: 'ci_session' },
  rows: { table: 'ci_sessions', prefix: 'ci_session:' },
  expiration: 7200,
  env: '/var/www/kayart/.env',
  lines: '# pinned\nsession.driver = x\n\n',
};
const back: Route = { ...route, from: 'rows' };

let server: Awaited<ReturnType<typeof fresh>>;
let site: Site;

beforeAll(async () => {
  const [release] = (await chosen()).slice(-1);
  if (release === undefined) throw new Error('There is no CodeIgniter release at hand.');
  server = await fresh(release);
  ({ site } = server);
}, 120_000);

afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

beforeEach(async () => {
  await site.sql(`DROP TABLE IF EXISTS ci_sessions; CREATE TABLE ci_sessions (id VARCHAR(128) PRIMARY KEY,
    ip_address VARCHAR(45) NOT NULL, timestamp TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, data BLOB NOT NULL)`);
  await sh(`rm -f ${folder}/ci_session*; printf 'CI_ENVIRONMENT = production' >/tmp/env; chown nicolas:www-data /tmp/env
    chmod 640 /tmp/env; cp --preserve=all /tmp/env ${route.env}`);
});

async function sh(script: string, user?: string): Promise<string> {
  const options = user === undefined ? {} : { user };
  const { code, stdout, stderr } = await site.machine.exec(['sh', '-e', '-c', script], options);
  if (code !== 0) throw new Error(`${script}: ${stderr}`);
  return stdout.trim();
}

async function run({ program, args, stdin = '' }: Command, user: string): Promise<Output> {
  const ended = await site.machine.exec([program, ...args], { stdin, user });
  return { exit: { code: ended.code }, stdout: ended.stdout, stderr: ended.stderr };
}

function order(to: Route, work: Work): string {
  const { name: database, user, password } = site.database;
  const address = { socket: '/run/mysqld/mysqld.sock' };
  return orderOf(to, work, { address, user, password: new Secret(password), database }, nonce);
}

async function carry(to: Route, work: Work): Promise<Carried> {
  const reply = readCarried(await run(commandFor('php', order(to, work), null), 'www-data'), nonce);
  if (!reply.ok) throw new Error(reply.failure.message);
  return reply.value;
}

async function environment(work: Extract<Work, { work: 'pin' | 'flip' }>): Promise<boolean> {
  const whole = commandForEnvironment('php', route, work.pinned, order(route, work));
  const done = await run(whole, 'nicolas');
  const reply = readChanged(done, nonce);
  if (!reply.ok) throw new Error(reply.failure.message);
  return reply.value;
}

/** A session file as FileHandler leaves it; the data as PHP text. */
async function file(letter: string, data: string, age = 0): Promise<void> {
  const path = `${folder}/ci_session${idOf(letter)}`;
  await sh(
    `php -r 'file_put_contents("${path}", ${data});'; chmod 600 ${path}; touch -d "-${age} seconds" ${path}`,
    'www-data',
  );
}

async function rows(): Promise<string[][]> {
  return site.sql(
    'SELECT id, HEX(data), UNIX_TIMESTAMP(timestamp), ip_address FROM ci_sessions ORDER BY id',
  );
}

const level = { work: 'level', seconds: 10, sourceIsRight: true } as const;
const handover = { work: 'handover', pinned: false, sourceIsRight: true } as const;
const moment = { recent: 180, watch: 1 } as const;

/** Both halves at once, as the deploy runs them. */
async function flip(to: Route, pinned: boolean, sourceIsRight = true): Promise<Carried> {
  const [carried] = await Promise.all([
    carry(to, { ...handover, ...moment, pinned, sourceIsRight }),
    environment({ work: 'flip', pinned, seconds: 15 }),
  ]);
  return carried;
}

describe('from files to rows', () => {
  test('byte for byte and with their age; expired, empty and foreign files stay where they are', async () => {
    await file('a', '"x|s:4:\\"\\0\\xff\\x01\\n\\";"', 600);
    await file('b', '"old"', 8000);
    await file('c', '""');
    await sh(`echo no >${folder}/ci_session_other; echo no >${folder}/index.html`);
    const carried = await carry(route, level);
    expect(carried).toMatchObject({ copied: 1, left: 0, removed: 0 });
    const age = await sh(`stat -c %Y ${folder}/ci_session${idOf('a')}`);
    const hex = Buffer.from('x|s:4:"\0\xff\x01\n";', 'latin1').toString('hex').toUpperCase();
    expect(await rows()).toEqual([[`ci_session:${idOf('a')}`, hex, age, '0.0.0.0']]);
    expect(await carry(route, level)).toMatchObject({ copied: 0 });
    expect((await sh(`ls ${folder}`)).split('\n')).toHaveLength(5);
  });

  test('the bare id is the key up to CodeIgniter 4.2.10', async () => {
    await file('a', '"x"');
    await carry({ ...route, rows: { ...route.rows, prefix: '' } }, level);
    expect((await rows())[0]?.[0]).toBe(idOf('a'));
  });

  test('a visitor who logged out after the copy stays logged out', async () => {
    await file('a', '"x"', 600);
    await carry(route, level);
    await sh(`rm ${folder}/ci_session${idOf('a')}`);
    expect(await carry(route, level)).toMatchObject({ removed: 1 });
    expect(await rows()).toEqual([]);
  });

  test('what the column does not hold is counted, and the others are copied', async () => {
    await file('a', 'str_repeat("x", 70000)');
    await file('b', '"b"');
    expect(await carry(route, level)).toMatchObject({ tooLong: 1 });
    expect((await rows()).map(([id]) => id)).toEqual([`ci_session:${idOf('b')}`]);
  });

  test('in a summer time zone the hour that comes twice stays the second it was', async () => {
    // On 25 October 2026 half past two comes twice in Berlin.
    const seconds = [1_792_888_200, 1_792_891_800];
    for (const [at, second] of seconds.entries()) {
      const letter = at === 0 ? 'a' : 'b';
      await file(letter, '"x"');
      await sh(`touch -d @${second} ${folder}/ci_session${idOf(letter)}`, 'www-data');
    }
    await sh('mysql_tzinfo_to_sql /usr/share/zoneinfo/Europe/Berlin Europe/Berlin | mysql mysql');
    await site.sql("SET GLOBAL time_zone = 'Europe/Berlin'");
    await carry({ ...route, expiration: 1e9 }, level);
    await site.sql("SET GLOBAL time_zone = 'SYSTEM'");
    expect((await rows()).map(([, , second]) => Number(second))).toEqual(seconds);
  });

  test('at the flip a request that still runs is waited for, and .env keeps owner and mode', async () => {
    await environment({ work: 'pin', pinned: true });
    expect(await sh(`cat ${route.env}`)).toBe(`${route.lines}CI_ENVIRONMENT = production`);
    await file('a', '"before"');
    await file('b', '"b"');
    const path = `${folder}/ci_session${idOf('a')}`;
    const request = sh(
      `php -r '$f = fopen("${path}", "r+b"); flock($f, LOCK_EX); touch("/tmp/locked"); sleep(3); ftruncate($f, 0); fwrite($f, "after");'`,
      'www-data',
    );
    await sh('until [ -e /tmp/locked ]; do sleep 0.05; done; rm -f /tmp/locked');
    const carried = await flip(route, false);
    await request;
    expect(carried).toMatchObject({ held: 2, undecided: 0 });
    expect((await rows()).map((row) => Buffer.from(row[1] ?? '', 'hex').toString())).toEqual([
      'after',
      'b',
    ]);
    expect(
      await sh(
        `stat -c '%U %G %a' ${route.env}; cmp ${route.env} /tmp/env; ls -A /var/www/kayart | grep ci4-deploy || true`,
      ),
    ).toBe('nicolas www-data 640');
  });

  test('without anybody who renames .env nothing is handed over and nobody is locked', async () => {
    await environment({ work: 'pin', pinned: true });
    await file('a', '"a"');
    await expect(carry(route, { ...handover, ...moment })).rejects.toThrow('nobody came');
    const lock = `SELECT IS_USED_LOCK(MD5('${idOf('a')}')) IS NULL`;
    expect(await site.sql(lock)).toEqual([['1']]);
  }, 60_000);

  test('whoever may not open the files says so, and what there is to carry', async () => {
    await file('a', '"abc"');
    await file('z', '"abcd"');
    const seen = async (user: string): Promise<unknown> =>
      readLooked(await run(commandFor('php', order(route, { work: 'look' }), null), user), nonce);
    const common = { sessions: 2, foreign: 1, largest: 4, seesEnv: true };
    expect(await seen('www-data')).toEqual({
      ok: true,
      value: { user: 'www-data', opens: true, writes: true, ...common },
    });
    expect(await seen('nicolas')).toMatchObject({ value: { user: 'nicolas', opens: false } });
  });
});

describe('from rows to files', () => {
  const insert = async (letter: string, data: string, age = 0): Promise<unknown> =>
    site.sql(
      `INSERT INTO ci_sessions VALUES ('ci_session:${idOf(letter)}', '10.0.0.1', NOW() - INTERVAL ${age} SECOND, '${data}')`,
    );

  test('as FileHandler would have left them: theirs alone, with their age', async () => {
    await insert('a', 'name|s:4:"anna";', 600);
    await insert('b', 'old', 9000);
    await insert('c', '');
    expect(await carry(back, level)).toMatchObject({ copied: 1 });
    const [row] = await rows();
    expect(await sh(`cd ${folder}; stat -c '%n %U %a %Y' ci_session*; cat ci_session*`)).toBe(
      `ci_session${idOf('a')} www-data 600 ${row?.[2] ?? ''}\nname|s:4:"anna";`,
    );
  });

  test('an id that would be a path is none', async () => {
    await site.sql(
      `INSERT INTO ci_sessions VALUES ('ci_session:../../../../../../../tmp/evil', '', NOW(), 'x')`,
    );
    expect(await carry(back, level)).toMatchObject({ copied: 0 });
  });

  test('a file left from before, whose visitor logged out since, is taken away', async () => {
    await file('a', '"x"', 60);
    expect(await carry(back, level)).toMatchObject({ removed: 1 });
    expect(await sh(`ls ${folder}`)).not.toContain('ci_session');
  });

  test('the way back: rows of the last minute are in files before .env is pinned again', async () => {
    await insert('a', 'new');
    await file('a', '"before"', 60);
    expect(await flip(back, true)).toMatchObject({ held: 1 });
    expect(await sh(`cat ${folder}/ci_session*; head -n 1 ${route.env}`)).toBe('new# pinned');
  });

  test('after a hand-over that broke off, whichever is newer is right', async () => {
    await insert('a', 'stale', 60);
    await insert('b', 'newer');
    await file('a', '"newer"');
    await file('b', '"stale"', 60);
    await file('c', '"never copied"', 60);
    expect(await flip(back, true, false)).toMatchObject({ held: 2, removed: 0 });
    expect(await sh(`cd ${folder}; cat ci_sessiona* ci_sessionb* ci_sessionc*`)).toBe(
      'newernewernever copied',
    );
  });
});
