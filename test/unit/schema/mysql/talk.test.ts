import { describe, expect, test } from '@jest/globals';
import type { Connection } from 'mysql2/promise';
import { PassThrough } from 'node:stream';
import { Talk } from '../../../../src/schema/mysql/talk.ts';
import { Secret } from '../../../../src/secret.ts';

const login = { address: { socket: '/s' }, user: 'u', password: new Secret('p'), database: 'd' };

/** A connection that writes down what is sent over it. Each statement answers itself; those in `refuses` fail. */
function talking(refuses: readonly string[] = []): { talk: Talk; sent: readonly string[] } {
  const sent: string[] = [];
  const query = async ({ sql }: { readonly sql: string }): Promise<unknown[]> => {
    sent.push(sql);
    const all = sql.split(';\n');
    if (all.some((one) => refuses.includes(one)))
      throw Object.assign(new Error('no such table'), { errno: 1146 });
    const rows = all.map((one) => [{ one }]);
    return Promise.resolve([all.length === 1 ? rows[0] : rows]);
  };
  return { talk: new Talk({ query } as unknown as Connection, new PassThrough(), login), sent };
}

describe('questions of the same moment', () => {
  test('are one round trip, in their order', async () => {
    const { talk, sent } = talking();
    const all = [
      { sql: 'B', values: [] },
      { sql: 'C', values: [] },
    ];
    const answers = await Promise.all([talk.ask('A'), talk.askAll(all), talk.ask('D')]);
    expect(sent).toEqual(['A;\nB;\nC;\nD']);
    expect(answers).toEqual([[{ one: 'A' }], [[{ one: 'B' }], [{ one: 'C' }]], [{ one: 'D' }]]);
  });

  test('are asked each by itself where one of them fails', async () => {
    const { talk, sent } = talking(['B']);
    const answers = await Promise.allSettled([talk.ask('A'), talk.ask('B'), talk.ask('C')]);
    expect(sent).toEqual(['A;\nB;\nC', 'A', 'B', 'C']);
    expect(answers).toMatchObject([
      { value: [{ one: 'A' }] },
      { status: 'rejected', reason: { code: 1146 } },
      { value: [{ one: 'C' }] },
    ]);
  });

  test('do not wait for one that is asked later', async () => {
    const { talk, sent } = talking();
    await talk.ask('A');
    await talk.ask('B');
    expect(sent).toEqual(['A', 'B']);
  });
});
