import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { databaseUrls, type GivenDatabase } from '../../src/config/database-urls.ts';
import { DatabaseRefused } from '../../src/schema/database.ts';
import { DatabaseUnreachable, type Scratch } from '../../src/schema/scratch.ts';
import { openScratch } from '../../src/schema/mysql/scratch.ts';
import { Secret } from '../../src/secret.ts';
import { ThrowAway } from '../rig/throw-away.ts';
import { scratchContract } from './scratch.ts';

let servers: ThrowAway;
beforeAll(async () => {
  servers = await ThrowAway.start();
}, 300_000);
afterAll(async () => {
  await servers[Symbol.asyncDispose]();
});

const still = new AbortController().signal;

describe.each([
  ['MariaDB 10.11', 0],
  ['MySQL 9', 1],
  ['MariaDB 11.8', 2],
] as const)('throw-away databases of %s', (_name, at) => {
  function login(): GivenDatabase {
    const [given] = databaseUrls(servers.urls[at] ?? '');
    if (given === undefined) throw new Error('no database');
    return given;
  }
  const open = async (): Promise<Scratch> => openScratch(login(), still);

  scratchContract('the adapter', open);

  test('everything that a migration can leave is listed, and goes, whatever refers to it', async () => {
    await using scratch = await open();
    for (const statement of [
      'CREATE TABLE parent (id INT PRIMARY KEY)',
      'CREATE TABLE child (id INT, FOREIGN KEY (id) REFERENCES parent (id))',
      'CREATE VIEW seen AS SELECT id FROM parent',
      'CREATE PROCEDURE does() SELECT 1',
      'CREATE EVENT later ON SCHEDULE EVERY 1 DAY DO DELETE FROM child',
    ]) {
      await scratch.execute(statement);
    }
    const all = await scratch.contents();
    expect(all.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'event later',
      'procedure does',
      'table child',
      'table parent',
      'view seen',
    ]);
    await scratch.remove(all);
    expect(await scratch.contents()).toEqual([]);
  });

  test('the mark is seen from another connection to this server, and from nowhere else', async () => {
    await using scratch = await open();
    const holder = await scratch.mark('ci4-deploy-seen');
    const reported = await servers.sql("SELECT IFNULL(IS_USED_LOCK('ci4-deploy-seen'), 0)");
    expect(reported.map((text, server) => server === at && Number(text) === holder)).toEqual(
      reported.map((_text, server) => server === at),
    );
    expect(reported.filter((text) => text !== '0')).toHaveLength(1);
  });

  test('who is not let in, and where nothing answers, is distinguished', async () => {
    const wrong = { ...login(), password: new Secret('wrong') };
    await expect(openScratch(wrong, still)).rejects.toThrow(DatabaseRefused);
    const nowhere = { ...login(), address: { ...login().address, port: 9 } };
    await expect(openScratch(nowhere, still)).rejects.toThrow(DatabaseUnreachable);
  });
});
