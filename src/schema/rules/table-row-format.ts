import { of } from '../../findings/entry.ts';
import { defineRule } from '../rule.ts';

/** Compressed rows cost time, and MariaDB may refuse to write them (innodb_read_only_compressed). */
export const tableRowFormat = defineRule(
  'table-row-format',
  of('compressed rows', 'lines', 'warning'),
  ({ table }) => {
    // An archive is compressed too, and that is not what is wrong with it.
    if (table.rowFormat !== 'COMPRESSED' || !/^innodb$/i.test(table.engine)) return [];
    return [
      {
        severity: 'warning',
        message: `The rows of ${table.name} are compressed (ROW_FORMAT=COMPRESSED). A write took up to six times as long when measured. MariaDB may be set to refuse every write (innodb_read_only_compressed), which is HTTP 500 for all.`,
        // Without it a key keeps the block size of the old format.
        clauses: ['ROW_FORMAT = DYNAMIC', 'KEY_BLOCK_SIZE = 0'],
      },
    ];
  },
);
