import { describe, expect, test } from '@jest/globals';
import { compareColumns } from '../../../src/schema/column-comparison.ts';
import { expected } from '../../../src/schema/expected.ts';
import { generated, sketched } from '../../fakes/database.ts';
import { session } from './session.ts';

describe('expected', () => {
  test('derives table and primary key from the configuration', () => {
    expect(expected(session)).toMatchObject({
      table: 'ci_sessions',
      primaryKey: ['id'],
      matchIP: false,
      idLength: 43,
    });
    const other = { ...session, table: 'app_sessions', matchIP: true, cookieName: 'kayart' };
    expect(expected(other)).toMatchObject({
      table: 'app_sessions',
      primaryKey: ['id', 'ip_address'],
      idLength: 39,
    });
  });

  test('there is none for sessions in files', () => {
    expect(() => expected({ ...session, table: null })).toThrow('keeps no session table');
  });
});

describe('compareColumns', () => {
  const wanted = expected(session);

  test('a right table, with the words of its server where they differ', () => {
    expect(compareColumns(wanted, sketched(generated))).toEqual([
      reported('id', 'varchar(128) not null'),
      reported('ip_address', 'varchar(45) not null'),
      reported(
        'timestamp',
        'timestamp not null default now',
        'timestamp not null default now (server: default CURRENT_TIMESTAMP)',
      ),
      reported('data', 'blob not null'),
    ]);
  });

  test('a wrong one', () => {
    const columns = [
      'id int(11) not null extra auto_increment',
      "ip_address varchar(45) default '0'",
      'timestamp int(10) unsigned',
    ];
    const [id, address, time, data] = compareColumns(wanted, sketched({ ...generated, columns }));
    expect(id).toMatchObject({
      actual: 'int not null auto_increment (server: int(11))',
      ok: false,
    });
    expect(address).toMatchObject({ ok: false });
    expect(time).toMatchObject({
      actual: 'int unsigned null default null (server: int(10) unsigned)',
      ok: false,
    });
    expect(data).toMatchObject({ actual: 'missing', ok: false });
  });

  test('what compatible accepts is all right there', () => {
    const columns = [...generated.columns.slice(0, 3), 'data mediumblob not null'];
    const table = sketched({ ...generated, columns });
    expect(compareColumns(wanted, table)[3]).toMatchObject({
      actual: 'mediumblob not null',
      ok: false,
    });
    expect(compareColumns(wanted, table, 'compatible')[3]).toMatchObject({ ok: true });
  });

  test.each([
    ['absent', 'table missing'],
    ['not visible', 'not visible'],
  ] as const)('a table that is %s', (found, actual) => {
    for (const column of compareColumns(wanted, found)) {
      expect(column).toMatchObject({ actual, ok: false });
    }
  });
});

function reported(name: string, words: string, actual = words): object {
  return { name, expected: words, actual, ok: true };
}
