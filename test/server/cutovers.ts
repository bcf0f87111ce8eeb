import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import {
  commandFor,
  commandForEnvironment,
  orderOf,
  readMoved,
  readChanged,
  type Moved,
  type Route,
  type Work,
} from '../../src/app/cutover.ts';
import { Secret } from '../../src/secret.ts';
import type { Command, Output } from '../../src/server/command.ts';
import type { Site } from '../rig/kayart.ts';
import { chosenStrategy, placesOf } from '../rig/layouts.ts';
import { chosen } from '../rig/releases.ts';
import { fresh } from './situation.ts';

export const nonce = '@nonce@';
const base = '/var/www/kayart';
const { gitDir } = placesOf(chosenStrategy, base);
/** Where settings and sessions lie: a release has links to them. */
const holds = chosenStrategy === 'releases' ? `${base}/shared` : base;
export const folder = `${holds}/writable/session`;
export const idOf = (letter: string): string => letter.repeat(32);
export const route: Route = {
  id: 'f0e9',
  from: 'files',
  files: { folder, cookie: 'ci_session' },
  rows: { table: 'ci_sessions', prefix: 'ci_session:', mark: '0.1.2.3' },
  expiration: 7200,
  env: `${holds}/.env`,
  lines: '# pinned\nsession.driver = x\n\n',
};
/** Where the copy of `.env` is made. */
const state = `${gitDir}/ci4-deploy`;

export const back: Route = { ...route, from: 'rows' };

const right = { sourceIsRight: true, broughtUntil: 0 };
export const bulk = { work: 'copy', seconds: 10, ...right } as const;
export const cutover = { work: 'cutover', pinned: false, ...right } as const;
export const moment = { recent: 180, watch: 1, sockets: [] } as const;

/** A server of its own for the tests of one file, fresh sessions for each of them, and what can be done there. */
export function cutovers() {
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
    await sh(`rm -f ${folder}/ci_session*; printf 'CI_ENVIRONMENT = production' >/root/env; chown nicolas:www-data /root/env
      chmod 640 /root/env; cp --preserve=all /root/env ${route.env}`);
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

  async function move(to: Route, work: Work): Promise<Moved> {
    const reply = readMoved(await run(commandFor('php', order(to, work), null), 'www-data'), nonce);
    if (!reply.ok) throw new Error(reply.failure.message);
    return reply.value;
  }

  async function environment(work: Extract<Work, { work: 'pin' | 'rewrite' }>): Promise<boolean> {
    const whole = commandForEnvironment('php', route, state, work.pinned, order(route, work));
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

  /** Both halves at once, as the deploy runs them. */
  async function cutOver(
    to: Route,
    pinned: boolean,
    sourceIsRight = true,
    more: { watch?: number; sockets?: readonly string[] } = {},
  ): Promise<Moved> {
    const [moved] = await Promise.all([
      move(to, { ...cutover, ...moment, ...more, pinned, sourceIsRight }),
      environment({ work: 'rewrite', pinned, seconds: 15 }),
    ]);
    return moved;
  }

  /** What a visitor of `letter` does: PHP that has `$rows` (a connection), `$file` (a path), `$lock` and `$rewritten()`. */
  async function visitor(letter: string, does: string): Promise<string> {
    const { name, user, password } = site.database;
    const path = `${folder}/ci_session${idOf(letter)}`;
    const program = `<?php
      $rows = new mysqli('localhost', '${user}', '${password}', '${name}', 0, '/run/mysqld/mysqld.sock');
      [$file, $id, $lock] = ['${path}', 'ci_session:${idOf(letter)}', md5('${idOf(letter)}')];
      $pinned = fn () => str_starts_with(file_get_contents('${route.env}'), '# pinned');
      $rewritten = function () use ($pinned, $rows) { for ($was = $pinned(); $pinned() === $was; usleep(500)) { $rows->query('DO 1'); } };
      $ask = fn (string $sql) => $rows->query($sql)->fetch_row()[0] ?? 'nothing';
      ${does}`;
    const ended = await site.machine.exec(['php'], { stdin: program, user: 'www-data' });
    if (ended.code !== 0) throw new Error(ended.stdout + ended.stderr);
    return ended.stdout;
  }

  const sql = async (text: string): Promise<string[][]> => site.sql(text);
  const insert = async (letter: string, data: string, age = 0): Promise<unknown> =>
    site.sql(
      `INSERT INTO ci_sessions VALUES ('ci_session:${idOf(letter)}', '10.0.0.1', NOW() - INTERVAL ${age} SECOND, '${data}')`,
    );
  const listen = (): string => `/run/php/php${site.machine.phpVersion}-fpm.sock`;
  const get = async (path: string): ReturnType<Site['get']> => site.get(path);
  return {
    sh,
    run,
    order,
    move,
    listen,
    get,
    environment,
    file,
    insert,
    rows,
    cutOver,
    visitor,
    sql,
  };
}
