import type { Severity } from '../finding.ts';
import { quoted, WHOLE } from './remedy.ts';
import type { Rule } from './rule.ts';
import type { Partitioning, Table } from './table.ts';

const locks = 'locks the whole table for every write: visitors wait for each other.';

/** What engines do to sessions: refusals, lost rows and doubled keys as seen under CodeIgniter 4.7.2, locks as the manuals say. */
const engines: Readonly<Record<string, { readonly severity: Severity; readonly effect: string }>> =
  {
    MYISAM: { severity: 'warning', effect: locks },
    ARIA: { severity: 'warning', effect: locks },
    MRG_MYISAM: { severity: 'warning', effect: `${locks} Nor does it see to unique keys.` },
    CSV: {
      severity: 'error',
      effect: `has no keys, reads the whole file for each request and ${locks}`,
    },
    MEMORY: {
      severity: 'error',
      effect: 'is empty after each restart of the database: every visitor is logged out.',
    },
    ARCHIVE: {
      severity: 'error',
      effect: 'cannot change rows: the second request of every visitor fails with HTTP 500.',
    },
    BLACKHOLE: {
      severity: 'error',
      effect: 'keeps no row: pages answer, but no visitor stays logged in.',
    },
  };

const engine: Rule = {
  name: 'table-engine',
  judge({ table }) {
    const known = engines[table.engine.toUpperCase()];
    if (known !== undefined) {
      return [
        {
          severity: known.severity,
          message: `${table.name} uses ${table.engine}, which ${known.effect}`,
          clauses: ['ENGINE = InnoDB'],
        },
      ];
    }
    if (table.engine.toUpperCase() === 'INNODB') return [];
    return [
      {
        severity: 'notice',
        message: `${table.name} uses ${table.engine || 'an engine the server does not name'}; sessions were tried with InnoDB.`,
      },
    ];
  },
};

const rowFormat: Rule = {
  name: 'table-row-format',
  judge({ table }) {
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
};

const partitioned: Rule = {
  name: 'table-partitioned',
  judge({ table, expectation }) {
    const { partitioning: found } = table;
    // SYSTEM_TIME goes with versioning, which has a rule of its own.
    if (found === null || found.method === 'SYSTEM_TIME') return [];
    const by = `${table.name} is partitioned by ${partitionWords(found)}`;
    if (spread(found, expectation.primaryKey)) {
      return [{ severity: 'notice', message: `${by}. It does no harm: every id has its place.` }];
    }
    const effect = found.open
      ? 'Its columns must belong to the primary key, which then admits several rows for one id.'
      : 'A session that belongs to none of the partitions fails with HTTP 500 (no partition for value), and with dates that day comes by itself.';
    return [{ severity: 'warning', message: `${by}. ${effect}`, clauses: [WHOLE] }];
  },
};

function partitionWords({ method, expression }: Partitioning): string {
  return `${method} (${expression.replaceAll('`', '')})`;
}

/** By columns of the wanted primary key alone, and with a place for every value. */
function spread({ open, expression }: Partitioning, primaryKey: readonly string[]): boolean {
  const columns = [...expression.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name.toLowerCase());
  return open && columns.every((name) => primaryKey.includes(name));
}

const versioned: Rule = {
  name: 'table-versioned',
  judge({ table }) {
    if (!table.versioned) return [];
    return [
      {
        severity: 'warning',
        message: `${table.name} is system-versioned: it keeps every state of every session that ever was, so it grows with each request and garbage collection frees nothing.`,
        before: unversioned(table),
      },
    ];
  },
};

/** Servers let nothing else happen to the columns in the same ALTER TABLE. The columns of the period go only when the statement names them. */
function unversioned({ name, columns, partitioning }: Table): readonly string[] {
  const start = `ALTER TABLE ${quoted(name)}`;
  const period = columns.filter(({ extra }) => /row (start|end)/.test(extra.normal));
  const drops = period.map((column) => `, DROP COLUMN ${quoted(column.name)}`);
  return [
    ...(partitioning === null ? [] : [`${start} ${WHOLE};`]),
    ...(period.length === 0 ? [] : ['SET SESSION system_versioning_alter_history = KEEP;']),
    `${start} DROP SYSTEM VERSIONING${drops.join('')}${period.length === 0 ? '' : ', DROP PERIOD FOR SYSTEM_TIME'};`,
  ];
}

/** Rules about how and where rows are kept. */
export const storageRules: readonly Rule[] = [engine, rowFormat, partitioned, versioned];
