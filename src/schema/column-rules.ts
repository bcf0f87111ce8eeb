import type { FindingName } from '../findings/registry.ts';
import type { ExpectedColumn } from './expected.ts';
import { typeReason } from './reasons.ts';
import type { Given, Rule, Verdict } from './rule.ts';
import type { Column } from './table.ts';
import { describeValue, columnNamed, describeColumn } from './words.ts';

type Finds = Omit<Verdict, 'column'> | null;

/** A rule that looks at each expected column that is there. */
function each(
  name: FindingName,
  judge: (wanted: ExpectedColumn, found: Column, given: Given) => Finds,
): Rule {
  return {
    name,
    judge: (given) =>
      given.expectation.columns.flatMap((wanted) => {
        const found = columnNamed(given.table, wanted.name);
        const verdict = found === undefined ? null : judge(wanted, found, given);
        return verdict === null ? [] : [{ ...verdict, column: wanted.name }];
      }),
  };
}

function place(given: Given, column: string): string {
  return `${given.table.name}.${column}`;
}

/** Accepted with `compatible`, an error with `exact`, said in both. */
function accepted(given: Given, problem: string, why: string): Finds {
  return given.match === 'compatible'
    ? {
        severity: 'notice',
        message: `${problem}: accepted (session-table-match: compatible), ${why}.`,
      }
    : {
        severity: 'error',
        message: `${problem}. It would work (${why}): session-table-match: compatible accepts it.`,
        fix: 'modify',
      };
}

const missing: Rule = {
  name: 'column-missing',
  judge: (given) =>
    given.expectation.columns
      .filter((wanted) => columnNamed(given.table, wanted.name) === undefined)
      .map((wanted) => ({
        severity: 'error',
        column: wanted.name,
        message: `${place(given, wanted.name)} is missing (${wanted.type}): the handler uses it in every request with a session, which fails with HTTP 500 (Unknown column).`,
        fix: 'add',
      })),
};

const type = each('column-type', (wanted, found, given) => {
  const { normal } = found.type;
  if (normal === wanted.type) return null;
  const problem = `${place(given, wanted.name)} is ${describeValue(found.type)}, not ${wanted.type}`;
  const why = wanted.tolerates(normal);
  if (why !== null) return accepted(given, problem, why);
  return {
    severity: worksByAccident(wanted, normal, given) ? 'warning' : 'error',
    message: `${problem}. ${typeReason(wanted.name, normal, given.expectation)}`,
    fix: dated(wanted, normal) ? 'modify' : 'recreate',
  };
});

/** BIGINT timestamps were seen to work, though nobody meant them to. */
function worksByAccident({ name }: ExpectedColumn, found: string, { match }: Given): boolean {
  return match === 'compatible' && name === 'timestamp' && found.startsWith('bigint');
}

/** Numbers do not become dates by MODIFY: they turn into 0000-00-00 or an error, on every server from MySQL 5.7 to MariaDB 11.8. */
function dated({ name }: ExpectedColumn, found: string): boolean {
  return name !== 'timestamp' || /^(timestamp|datetime)/.test(found);
}

const nullable = each('column-nullable', (wanted, found, given) => {
  if (!found.nullable) return null;
  const problem = `${place(given, wanted.name)} may be NULL`;
  if (!given.expectation.primaryKey.includes(wanted.name)) {
    return accepted(given, problem, 'the handler always writes a value');
  }
  return {
    severity: 'error',
    message: `${problem}, but it belongs to the primary key, which admits no NULL.`,
    fix: 'modify',
  };
});

const fallback = each('column-default', (wanted, found, given) => {
  const { normal } = found.default;
  // A nullable column without a default has NULL: `column-nullable` says what there is to say.
  if (normal === wanted.default || (normal === 'null' && wanted.default === 'none')) return null;
  if (given.match === 'compatible' && normal.startsWith('now(')) return null;
  const words =
    normal === 'none' ? 'has no default' : `has the default ${describeValue(found.default)}`;
  const wish = wanted.default === 'none' ? 'none' : 'CURRENT_TIMESTAMP';
  const problem = `${place(given, wanted.name)} ${words}, expected ${wish}`;
  return accepted(given, problem, 'the handler always writes a value');
});

const onUpdate = each('column-on-update', (wanted, found, given) => {
  if (!found.extra.normal.includes('on update')) return null;
  return {
    severity: given.match === 'exact' ? 'warning' : 'notice',
    message: `${place(given, wanted.name)} changes by itself on every update (${describeValue(found.extra)}). It does no harm: the handler sets it anyway. Old servers add it to a TIMESTAMP without a default.`,
    fix: 'modify',
  };
});

const generated = each('column-generated', (wanted, found, given) => {
  if (!found.extra.normal.includes('generated')) return null;
  return {
    severity: 'error',
    message: `${place(given, wanted.name)} is computed by the server (${describeColumn(found)}): the handler writes it, and every write fails with HTTP 500.`,
    fix: 'recreate',
  };
});

/** Tried on all servers with id, timestamp and data: the handler names its columns, so it reads and writes hidden ones. */
const invisible = each('column-invisible', (wanted, found, given) => {
  if (!found.extra.normal.includes('invisible')) return null;
  return {
    severity: given.match === 'exact' ? 'warning' : 'notice',
    message: `${place(given, wanted.name)} is invisible: SELECT * leaves it out, and so would a copy of the sessions made that way. The handler names its columns and works.`,
    fix: 'modify',
  };
});

/** Rules about the expected columns, one by one. */
export const columnRules: readonly Rule[] = [
  missing,
  type,
  nullable,
  fallback,
  onUpdate,
  generated,
  invisible,
];

/** Whether so little of the table is there that altering it keeps no session. */
export function needsRebuild(given: Given): boolean {
  const absent = given.expectation.columns.filter(
    ({ name }) => columnNamed(given.table, name) === undefined,
  );
  return absent.length > 1 || absent.some(({ name }) => name === 'id');
}
