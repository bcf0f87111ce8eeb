import { generatedKey } from './key-rules.ts';
import { quoted } from './remedy.ts';
import type { Rule } from './rule.ts';
import type { Column } from './table.ts';
import { wholly } from './words.ts';

/** The handler names its four columns when it writes, so another one is harmless if it can be left out. */
function mayBeLeftOut(column: Column): boolean {
  return column.default.normal !== 'none' || /auto_increment|generated/.test(column.extra.normal);
}

const surplus: Rule = {
  name: 'column-surplus',
  judge(given) {
    const ours = new Set(given.expectation.columns.map(({ name }) => name));
    const own = generatedKey(given);
    return given.table.columns
      .filter((column) => !ours.has(column.name.toLowerCase()) && column !== own)
      .map((column) => {
        const place = `${given.table.name}.${column.name} (${wholly(column)})`;
        return column.nullable || mayBeLeftOut(column)
          ? {
              severity: 'notice',
              message: `${place} is not one of the session handler's columns. It does no harm: the handler leaves it out and the server fills it.`,
            }
          : {
              severity: 'error',
              message: `${place} is not one of the session handler's columns and has no default: the handler leaves it out, and with strictOn every new session fails with HTTP 500.`,
              clauses: [`MODIFY ${quoted(column.name)} ${column.type.raw} NULL`],
            };
      });
  },
};

const unusable: Readonly<Record<string, string>> = {
  archive: 'which can neither change nor delete a row: a session could not be written twice',
  blackhole: 'which keeps nothing: every visitor would lose the session at once',
  csv: 'which has no keys: ids could repeat, and every request reads the whole table',
};

const engine: Rule = {
  name: 'table-engine',
  judge({ table }) {
    const name = table.engine.toLowerCase();
    const why = unusable[name];
    const clauses = ['ENGINE = InnoDB'];
    if (why !== undefined) {
      return [
        { severity: 'error', message: `${table.name} uses ${table.engine}, ${why}.`, clauses },
      ];
    }
    if (!/^(myisam|aria|memory)$/.test(name)) return [];
    const lost = name === 'memory' ? ' and forgets all sessions when the server restarts' : '';
    return [
      {
        severity: 'warning',
        message: `${table.name} uses ${table.engine}, which locks the whole table for every write${lost}: visitors wait for each other.`,
        clauses,
      },
    ];
  },
};

const compressed: Rule = {
  name: 'table-row-format',
  judge: ({ table }) =>
    table.rowFormat === 'compressed' && /^innodb$/i.test(table.engine)
      ? [
          {
            severity: 'warning',
            message: `${table.name} is stored compressed (ROW_FORMAT=COMPRESSED): every write of a session compresses its page anew, and sessions are written in every request.`,
            clauses: ['ROW_FORMAT = DYNAMIC'],
          },
        ]
      : [],
};

const partitioned: Rule = {
  name: 'table-partitioned',
  judge: ({ table }) =>
    table.partitioned
      ? [
          {
            severity: 'notice',
            message: `${table.name} is partitioned. The handler works with it; garbage collection, which deletes by timestamp, looks into every partition unless timestamp decides which.`,
          },
        ]
      : [],
};

const versioned: Rule = {
  name: 'table-versioned',
  judge: ({ table }) =>
    table.versioned
      ? [
          {
            severity: 'warning',
            message: `${table.name} is system-versioned: every write and every log-out keeps the row of before for ever, with the visitor's data, and the table only grows.`,
            clauses: ['DROP SYSTEM VERSIONING'],
          },
        ]
      : [],
};

const triggers: Rule = {
  name: 'table-trigger',
  judge: ({ table }) =>
    table.triggers.map(({ name, when }) => ({
      severity: 'warning',
      message: `${table.name} has the trigger ${name} (${when}): it runs in the requests of all visitors, and when it fails, so do they.`,
      remedy: `SHOW CREATE TRIGGER ${quoted(name)}; -- if nobody needs it:\nDROP TRIGGER ${quoted(name)};`,
    })),
};

/** Rules about the table as a whole and what is in it besides. */
export const tableRules: readonly Rule[] = [
  engine,
  surplus,
  compressed,
  partitioned,
  versioned,
  triggers,
];
