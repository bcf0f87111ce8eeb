import type { Finding } from '../report/finding.ts';
import { find, inWords, type Expectation, type ExpectedColumn } from './expected.ts';
import { alter, declaration, type Case, type Rule } from './rule.ts';
import type { Column } from './table.ts';

type Fault = Omit<Finding, 'name'>;

/** Types the handler works with as well as with the documented one (schema facts 4.1; releases 4.1.5 to 4.7.2). */
const compatible: Readonly<Record<string, RegExp>> = {
  id: /^(var)?char\((12[89]|1[3-9]\d|[2-9]\d\d|\d{4,})\)$/,
  ip_address: /^(var)?char\((4[5-9]|[5-9]\d|\d{3,})\)$/,
  timestamp: /^(timestamp|datetime)(\(\d\))?$/,
  data: /^(medium|long)?blob$/,
};

/** Why another type breaks the application, by column. */
function consequence(column: Column, wanted: Expectation): string {
  const type = column.type.normal;
  if (column.name.toLowerCase() === 'timestamp' && type.includes('int')) {
    return 'the date is cut to a number, and the next clean-up of old sessions logs every visitor out';
  }
  if (column.name.toLowerCase() === 'id') {
    return `an id (${wanted.session.cookieName}:... since 4.2.11) does not fit, so sessions are lost or collide`;
  }
  if (column.name.toLowerCase() === 'data') {
    return 'session data is binary and gets cut or changed';
  }
  if (column.name.toLowerCase() === 'ip_address') return 'an IPv6 address does not fit';
  return 'the session handler relies on it';
}

function* pairs({ wanted, table }: Case): Generator<readonly [ExpectedColumn, Column]> {
  for (const column of wanted.columns) {
    const found = find(table, column.name);
    if (found !== undefined) yield [column, found];
  }
}

function repair({ wanted }: Case, name: string): string {
  const change = alter(wanted, `MODIFY ${declaration(wanted, name)}`);
  // A number does not become a date by MODIFY: it turns into 0000-00-00 or an error (schema facts 4.1).
  return name === 'timestamp'
    ? `DELETE FROM \`${wanted.table}\`;\n${change}   -- the old rows are no sessions of today`
    : change;
}

/** What the four columns must be. */
export const columnRules: readonly Rule[] = [
  {
    name: 'column-missing',
    *check({ wanted, table }) {
      for (const { name } of wanted.columns) {
        if (find(table, name) !== undefined) continue;
        yield {
          severity: 'error',
          message: `${wanted.table} has no column ${name}: every page with a session would answer with an error.`,
          remedy: alter(wanted, `ADD ${declaration(wanted, name)}`),
        };
      }
    },
  },
  {
    name: 'column-type',
    *check(given) {
      for (const [expected, found] of pairs(given)) {
        const fault = typeFault(given, expected, found);
        if (fault !== null) yield fault;
      }
    },
  },
  {
    name: 'column-nullable',
    *check(given) {
      for (const [{ name }, found] of pairs(given)) {
        if (!found.nullable) continue;
        yield {
          severity: given.match === 'exact' ? 'error' : 'notice',
          message: `${given.wanted.table}.${name} may be NULL (${inWords(found)}); documented is NOT NULL.`,
          remedy: alter(given.wanted, `MODIFY ${declaration(given.wanted, name)}`),
        };
      }
    },
  },
  {
    name: 'column-default',
    *check(given) {
      for (const [expected, found] of pairs(given)) {
        const value = found.default.normal;
        // With NULL allowed there is always a default; column-nullable has said it.
        if (value === expected.default || (found.nullable && value === 'null')) continue;
        // A number cannot have the date's default: the type is the fault.
        if (
          expected.name === 'timestamp' &&
          typeFault(given, expected, found)?.severity === 'error'
        )
          continue;
        yield {
          severity: given.match === 'exact' ? 'error' : 'notice',
          message: `${given.wanted.table}.${expected.name} has ${defaultInWords(value)}; documented is ${defaultInWords(expected.default)}.`,
          remedy: alter(given.wanted, `MODIFY ${declaration(given.wanted, expected.name)}`),
        };
      }
    },
  },
  {
    name: 'column-on-update',
    *check(given) {
      for (const [{ name }, found] of pairs(given)) {
        if (!found.extra.normal.includes('on update')) continue;
        yield {
          severity: 'warning',
          message: `${given.wanted.table}.${name} changes by itself on every update (${found.extra.raw}); harmless to the handler, but not documented.`,
          remedy: alter(given.wanted, `MODIFY ${declaration(given.wanted, name)}`),
        };
      }
    },
  },
];

function typeFault(given: Case, expected: ExpectedColumn, found: Column): Fault | null {
  const { wanted, match } = given;
  const type = found.type.normal;
  if (type === expected.type) return null;
  const works = compatible[expected.name]?.test(type) ?? false;
  const what = `${wanted.table}.${expected.name} is ${type} (server: ${found.type.raw}), documented is ${expected.type}`;
  if (works && match === 'compatible') {
    return { severity: 'notice', message: `${what}; the session handler works with it.` };
  }
  return {
    severity: 'error',
    message: works
      ? `${what}. The handler works with it: input match: compatible accepts it.`
      : `${what}: ${consequence(found, wanted)}.`,
    remedy: repair(given, expected.name),
  };
}

function defaultInWords(value: string): string {
  return value === 'none'
    ? 'no default'
    : `the default ${value === 'now' ? 'CURRENT_TIMESTAMP' : value}`;
}
