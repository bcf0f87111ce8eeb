import { describe, expect, test } from '@jest/globals';
import { commandFor, readLooked } from '../../src/app/cutover.ts';
import { back, folder, cutover, cutovers, idOf, bulk, moment, nonce, route } from './cutovers.ts';

const { sh, run, order, move, environment, file, insert, rows, cutOver, sql } = cutovers();

async function cutOverPinned(): ReturnType<typeof cutOver> {
  await environment({ work: 'pin', pinned: true });
  return cutOver(route, false);
}

describe('from files to rows', () => {
  test('byte for byte and with their age; expired, empty and foreign files stay where they are', async () => {
    await file('a', '"x|s:4:\\"\\0\\xff\\x01\\n\\";"', 600);
    await file('b', '"old"', 8000);
    await file('c', '""');
    await sh(`echo no >${folder}/ci_session_other; echo no >${folder}/index.html`);
    const moved = await move(route, bulk);
    expect(moved).toMatchObject({ copied: 1, left: 0, removed: 0 });
    const age = await sh(`stat -c %Y ${folder}/ci_session${idOf('a')}`);
    const hex = Buffer.from('x|s:4:"\0\xff\x01\n";', 'latin1').toString('hex').toUpperCase();
    expect(await rows()).toEqual([[`ci_session:${idOf('a')}`, hex, age, '0.1.2.3']]);
    expect(await move(route, bulk)).toMatchObject({ copied: 0 });
    expect((await sh(`ls ${folder}`)).split('\n')).toHaveLength(5);
  });

  test('the bare id is the key up to CodeIgniter 4.2.10', async () => {
    await file('a', '"x"');
    await move({ ...route, rows: { ...route.rows, prefix: '' } }, bulk);
    expect((await rows())[0]?.[0]).toBe(idOf('a'));
  });

  test('a visitor who logged out after the copy stays logged out', async () => {
    await file('a', '"x"', 600);
    await move(route, bulk);
    await sh(`rm ${folder}/ci_session${idOf('a')}`);
    expect(await move(route, bulk)).toMatchObject({ removed: 1 });
    expect(await rows()).toEqual([]);
  });

  test('a row that no deploy of this site brought is never removed, though it has no file', async () => {
    await insert('a', 'anna logged in after another deploy');
    await sql(
      `INSERT INTO ci_sessions VALUES ('ci_session:${idOf('b')}', '0.9.9.9', NOW(), 'of another server')`,
    );
    await file('c', '"x"');
    expect(await move(route, bulk)).toMatchObject({ copied: 1, removed: 0 });
    expect(await cutOverPinned()).toMatchObject({ removed: 0 });
    expect((await rows()).map(([id]) => id)).toEqual(
      ['a', 'b', 'c'].map((letter) => `ci_session:${idOf(letter)}`),
    );
  });

  test('what the column does not hold is counted, and the others are copied', async () => {
    await file('a', 'str_repeat("x", 70000)');
    await file('b', '"b"');
    expect(await move(route, bulk)).toMatchObject({ tooLong: 1 });
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
    await sql("SET GLOBAL time_zone = 'Europe/Berlin'");
    await move({ ...route, expiration: 1e9 }, bulk);
    await sql("SET GLOBAL time_zone = 'SYSTEM'");
    expect((await rows()).map(([, , second]) => Number(second))).toEqual(seconds);
  });

  test('at the cutover a request that still runs is waited for, and .env keeps owner and mode', async () => {
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
    const moved = await cutOver(route, false);
    await request;
    expect(moved).toMatchObject({ held: 2, undecided: 0 });
    expect((await rows()).map((row) => Buffer.from(row[1] ?? '', 'hex').toString())).toEqual([
      'after',
      'b',
    ]);
    expect(
      await sh(
        `stat -c '%U %G %a' ${route.env}; cmp ${route.env} /root/env; ls -A /var/www/kayart | grep ci4-deploy || true`,
      ),
    ).toBe('nicolas www-data 640');
  });

  test('without anybody who renames .env nothing is moved and nobody is locked', async () => {
    await environment({ work: 'pin', pinned: true });
    await file('a', '"a"');
    await expect(move(route, { ...cutover, ...moment })).rejects.toThrow('nobody came');
    const lock = `SELECT IS_USED_LOCK(MD5('${idOf('a')}')) IS NULL`;
    expect(await sql(lock)).toEqual([['1']]);
  }, 60_000);

  test('who may not open the files says so, and what there is to move', async () => {
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
  test('as FileHandler would have left them: theirs alone, with their age', async () => {
    await insert('a', 'name|s:4:"anna";', 600);
    await insert('b', 'old', 9000);
    await insert('c', '');
    expect(await move(back, bulk)).toMatchObject({ copied: 1 });
    const [row] = await rows();
    expect(await sh(`cd ${folder}; stat -c '%n %U %a %Y' ci_session*; cat ci_session*`)).toBe(
      `ci_session${idOf('a')} www-data 1600 ${row?.[2] ?? ''}\nname|s:4:"anna";`,
    );
  });

  test('an id that would be a path is none', async () => {
    await sql(
      `INSERT INTO ci_sessions VALUES ('ci_session:../../../../../../../tmp/evil', '', NOW(), 'x')`,
    );
    expect(await move(back, bulk)).toMatchObject({ copied: 0 });
  });

  test('a file that an earlier move had copied, whose visitor logged out since, is removed', async () => {
    await file('a', '"x"', 60);
    const broughtUntil = Math.floor(Date.now() / 1000) - 30;
    expect(await move(back, { ...bulk, broughtUntil })).toMatchObject({ removed: 1 });
    expect(await sh(`ls ${folder}`)).not.toContain('ci_session');
  });

  test('a file that a deploy brought is removed when its visitor logs out before the cutover', async () => {
    await insert('a', 'x');
    await move(back, bulk);
    await sql('DELETE FROM ci_sessions');
    expect(await move(back, bulk)).toMatchObject({ removed: 1 });
    expect(await sh(`ls ${folder}`)).not.toContain('ci_session');
  });

  test('a file that nobody has brought or copied stays: it may be of another application', async () => {
    await file('a', '"x"', 60);
    await file('b', '"x"', 10);
    const broughtUntil = Math.floor(Date.now() / 1000) - 90;
    expect(await move(back, { ...bulk, broughtUntil })).toMatchObject({ removed: 0 });
    expect((await sh(`ls ${folder}`)).match(/ci_session/g)).toHaveLength(2);
  });

  test('the rollback: rows of the last minute are in files before .env is pinned again', async () => {
    await insert('a', 'new');
    await file('a', '"before"', 60);
    expect(await cutOver(back, true)).toMatchObject({ held: 1 });
    expect(await sh(`cat ${folder}/ci_session*; head -n 1 ${route.env}`)).toBe('new# pinned');
  });

  test('after a cutover that broke off, whichever is newer is right', async () => {
    await insert('a', 'stale', 60);
    await insert('b', 'newer');
    await file('a', '"newer"');
    await file('b', '"stale"', 60);
    await file('c', '"never copied"', 60);
    expect(await cutOver(back, true, false)).toMatchObject({ held: 2, removed: 0 });
    expect(await sh(`cd ${folder}; cat ci_sessiona* ci_sessionb* ci_sessionc*`)).toBe(
      'newernewernever copied',
    );
  });
});
