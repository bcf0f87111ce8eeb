import { expect, test } from '@jest/globals';
import { buildAll } from '../static/build.ts';
import { corpus } from '../static/corpus/all.ts';
import { read } from '../static/folded.ts';

test('what is read of migrations is what every release at hand builds on every server', async () => {
  const runs = await buildAll(corpus);
  const wrong = runs.flatMap(({ release, server, built }) =>
    built.flatMap(({ name, table, failed }) => {
      const on = `${release} on ${server}`;
      const written = corpus.find((one) => one.name === name);
      const reported = written === undefined ? 'lost' : read(written, on);
      const wanted = written?.unresolved === true ? 'unresolved' : { table, failed };
      return JSON.stringify(reported) === JSON.stringify(wanted)
        ? []
        : [{ on, name, reported, wanted }];
    }),
  );
  expect(runs).not.toHaveLength(0);
  expect(wrong).toEqual([]);
}, 600_000);
