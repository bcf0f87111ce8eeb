import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { recordFile, type Recorded } from '../../static/recorded.ts';
import { corpus } from '../../static/corpus/all.ts';
import { read } from '../../static/folded.ts';

const record = JSON.parse(readFileSync(recordFile, 'utf8')) as Recorded;

test('every way of writing it is recorded, and nothing else (npm run record)', () => {
  const names = corpus.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(Object.keys(record).toSorted()).toEqual(names.toSorted());
});

test.each(corpus)('$name: read as the framework builds it', (written) => {
  for (const { on, table, failed } of record[written.name] ?? []) {
    for (const where of on) {
      const reported = read(written, where);
      expect({ where, reported }).toEqual({
        where,
        reported: written.unresolved ? 'unresolved' : { table, failed },
      });
    }
  }
});
