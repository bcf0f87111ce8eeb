import type { Rule } from './rule.ts';
import { alter } from './rule.ts';

/** What the table as a whole must be. */
export const tableRules: readonly Rule[] = [
  {
    name: 'table-is-view',
    *check({ wanted, table }) {
      if (table.kind === 'table') return;
      yield {
        severity: 'error',
        message: `${wanted.table} is a view, not a table: the session handler writes rows into it.`,
        remedy: `DROP VIEW \`${wanted.table}\`;   then deploy again`,
      };
    },
  },
  {
    name: 'table-engine',
    *check({ wanted, table }) {
      if (table.kind === 'view' || !/^(myisam|aria|memory)$/i.test(table.engine)) return;
      yield {
        severity: 'warning',
        message: `${wanted.table} uses ${table.engine}, which locks the whole table for every write: visitors wait for each other.`,
        remedy: alter(wanted, 'ENGINE = InnoDB'),
      };
    },
  },
  {
    name: 'column-surplus',
    *check({ wanted, table }) {
      const known = new Set(wanted.columns.map(({ name }) => name));
      for (const { name, nullable, default: value, extra } of table.columns) {
        if (known.has(name.toLowerCase())) continue;
        const filled =
          nullable || value.normal !== 'none' || /auto_increment|generated/.test(extra.normal);
        yield {
          severity: filled ? 'notice' : 'error',
          message: filled
            ? `${wanted.table} has a further column ${name}, which the session handler leaves alone.`
            : `${wanted.table} has a further column ${name} without a default: with strict mode every new session fails.`,
          ...(filled ? {} : { remedy: alter(wanted, `ALTER \`${name}\` SET DEFAULT ''`) }),
        };
      }
    },
  },
];
