import { describe, expect, test } from '@jest/globals';
import { command, nothing } from '../../../src/server/command.ts';
import { query, queryGroups, queryLasting } from '../../../src/server/round.ts';
import { FakeServer } from '../../fakes/server.ts';

const never = new AbortController().signal;

function server(): FakeServer {
  return new FakeServer({ echo: ({ args }) => ({ stdout: args.join(' ') }) });
}

describe('named questions', () => {
  test('nothing is answered without the server', async () => {
    const one = server();
    const answers = await query(one, { none: nothing, said: command('echo', ['hi']) }, never);
    expect([answers.none.stdout, answers.said.stdout]).toEqual(['', 'hi']);
    expect(one.asked.map(({ program }) => program)).toEqual(['echo']);
    await query(one, { none: nothing }, never);
    expect(one.asked).toHaveLength(1);
  });

  test('groups are asked side by side, and answered by their names', async () => {
    const one = server();
    const groups = [{ a: command('echo', ['1']), b: command('echo', ['2']) }, { c: nothing }];
    const answers = await queryGroups<'a' | 'b' | 'c'>(one, groups, never);
    expect([answers.a, answers.b, answers.c].map(({ stdout }) => stdout)).toEqual(['1', '2', '']);
  });

  test('a change among them ends also without a connection', async () => {
    const one = server();
    await queryLasting(one, { done: command('echo', []) }, never);
    expect(one.asked.map(({ survives }) => survives)).toEqual([true]);
  });
});
