import { describe, expect, test } from '@jest/globals';
import { back, folder, cutovers, idOf, route } from './cutovers.ts';

const { sh, environment, file, insert, cutOver, visitor, listen, get } = cutovers();

/**
 * A request under the previous handler, and the visitor's next one under the other. It comes at once, but for rows of somebody new,
 * whom nothing announces before his row is there.
 */
const request = {
  files: (begins: string, works: number) => `
    ${begins}
    $f = fopen($file, 'c+b'); flock($f, LOCK_EX); usleep(${works * 1e6});
    ftruncate($f, 0); fwrite($f, 'written late'); fclose($f);
    $ask("SELECT GET_LOCK('$lock', 10)"); echo $ask("SELECT data FROM ci_sessions WHERE id = '$id'");`,
  rows: (begins: string, works: number) => `
    ${begins}
    $ask("SELECT GET_LOCK('$lock', 10)"); usleep(${works * 1e6});
    $rows->query("INSERT INTO ci_sessions VALUES ('$id', '', NOW(), 'written late') ON DUPLICATE KEY UPDATE data = VALUES(data)");
    $ask("SELECT RELEASE_LOCK('$lock')"); usleep(400_000);
    $f = fopen($file, 'c+b'); flock($f, LOCK_EX); echo stream_get_contents($f);`,
};

/** One that has its session already when .env is rewritten. */
const acrossTheFlip = {
  files: `$f = fopen($file, 'c+b'); flock($f, LOCK_EX); $rewritten(); usleep(400_000);
    fwrite($f, 'written late'); fclose($f);
    $ask("SELECT GET_LOCK('$lock', 10)"); echo $ask("SELECT data FROM ci_sessions WHERE id = '$id'");`,
  rows: request.rows('', 0).replace('usleep(0);', '$rewritten(); usleep(400_000);'),
};

describe('a request that began before the cutover finds what it wrote when it ends, however late', () => {
  test('from files to rows', async () => {
    await environment({ work: 'pin', pinned: true });
    await file('a', '"before"');
    await file('d', '"before"');
    const seen = Promise.all([
      visitor('a', acrossTheFlip.files),
      // His first one: there is nothing in his file yet.
      visitor('b', acrossTheFlip.files),
      visitor('c', request.files('$rewritten(); usleep(700_000);', 0.1)),
      visitor('d', request.files('$rewritten(); usleep(1_200_000);', 0.1)),
      // All the while somebody keeps his own session.
      visitor('e', `$f = fopen($file, 'c+b'); flock($f, LOCK_EX); $rewritten(); sleep(2);`),
    ]);
    await sh(`until [ -e ${folder}/ci_session${idOf('e')} ]; do sleep 0.05; done; sleep 0.3`);
    const moved = await cutOver(route, false);
    expect(await seen).toEqual([...Array<string>(4).fill('written late'), '']);
    expect(moved).toMatchObject({ undecided: 0 });
  });

  test('from rows to files', async () => {
    await insert('a', 'before');
    await insert('d', 'before');
    await insert('e', 'before');
    const seen = Promise.all([
      visitor('a', acrossTheFlip.rows),
      visitor('b', acrossTheFlip.rows),
      visitor('c', request.rows('$rewritten(); usleep(700_000);', 0.1)),
      visitor('d', request.rows('$rewritten(); usleep(1_200_000);', 0.1)),
      visitor('e', `$ask("SELECT GET_LOCK('$lock', 10)"); $rewritten(); sleep(2);`),
    ]);
    await sh('sleep 0.5');
    const moved = await cutOver(back, true);
    expect(await seen).toEqual([...Array<string>(4).fill('written late'), '']);
    expect(moved).toMatchObject({ undecided: 0 });
  });
});

test('it is over with the last request that was running, and not by the clock', async () => {
  await environment({ work: 'pin', pinned: true });
  await file('a', '"before"');
  let page = '';
  const slow = get('/slow?seconds=4').then(({ body }) => {
    page = body;
  });
  await sh('sleep 1');
  // Ten minutes by the clock: longer than this test may take.
  await cutOver(route, false, true, { watch: 600, sockets: [listen()] });
  expect(page).toBe('slow');
  await slow;
}, 60_000);
