import { of } from '../../findings/entry.ts';
import type { Severity } from '../../findings/entry.ts';
import { defineRule } from '../rule.ts';

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

/** Engines that lose sessions or lock the table; see `engines` for what was seen. */
export const tableEngine = defineRule(
  'table-engine',
  of(
    'an engine that loses sessions, or lets visitors wait for each other',
    'lines',
    'error',
    'warning',
    'notice',
  ),
  ({ table }) => {
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
);
