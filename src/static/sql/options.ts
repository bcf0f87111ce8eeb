import type { Cursor } from './cursor.ts';

const pairs: readonly string[] = [
  'DEFAULT CHARACTER SET',
  'DEFAULT CHARSET',
  'DEFAULT COLLATE',
  'CHARACTER SET',
  'CHARSET',
  'COLLATE',
  'ENGINE',
  'ROW_FORMAT',
  'AUTO_INCREMENT',
  'COMMENT',
  'KEY_BLOCK_SIZE',
  'STATS_PERSISTENT',
  'STATS_AUTO_RECALC',
  'AVG_ROW_LENGTH',
  'MAX_ROWS',
  'MIN_ROWS',
  'CHECKSUM',
  'PACK_KEYS',
  'ALGORITHM',
  'LOCK',
];

/** One option of a table, as `ENGINE = InnoDB`; null when something else comes next. */
export function readOption(at: Cursor): { readonly name: string; readonly value: string } | null {
  if (at.takes('WITH SYSTEM VERSIONING', 'ADD SYSTEM VERSIONING'))
    return { name: 'VERSIONING', value: 'on' };
  if (at.takes('DROP SYSTEM VERSIONING')) return { name: 'VERSIONING', value: 'off' };
  if (at.takes('REMOVE PARTITIONING')) return { name: 'PARTITIONS', value: 'off' };
  if (at.takes('PARTITION BY')) {
    at.parts();
    return { name: 'PARTITIONS', value: 'on' };
  }
  const name = pairs.find((words) => at.takes(words));
  if (name === undefined) return null;
  at.takes('=');
  return { name, value: at.known().text };
}

/** All options up to the end, with commas between them or not. */
export function readOptions(
  at: Cursor,
): readonly { readonly name: string; readonly value: string }[] {
  const found: { readonly name: string; readonly value: string }[] = [];
  while (!at.done) {
    if (at.takes(',')) continue;
    const option = readOption(at);
    if (option === null) throw at.lost();
    found.push(option);
  }
  return found;
}
