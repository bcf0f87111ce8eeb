import { of } from '../../findings/entry.ts';
import type { ExpectedColumn } from '../expected.ts';
import type { Given } from '../rule.ts';
import { describeValue } from '../words.ts';
import { accepted, each, place } from './columns.ts';
import { typeReason } from './reasons.ts';

/** A type that cuts sessions short, or that the handler's words do not fit. */
export const columnType = each(
  'column-type',
  of(
    'a column has another type than the handler needs (a notice with `session-table-match: compatible` where it works)',
    'lines',
    'error',
    'warning',
    'notice',
  ),
  (wanted, found, given) => {
    const { normal } = found.type;
    if (normal === wanted.type) return null;
    const problem = `${place(given, wanted.name)} is ${describeValue(found.type)}, not ${wanted.type}`;
    const why = wanted.tolerates(normal);
    if (why !== null && wanted.name === 'data' && given.match === 'proposed') {
      return {
        severity: 'notice',
        message: `${problem}: wider than documented, ${why}. A deploy takes it with session-table-match: compatible.`,
      };
    }
    if (why !== null) return accepted(given, problem, why);
    return {
      severity: worksByAccident(wanted, normal, given) ? 'warning' : 'error',
      message: `${problem}. ${typeReason(wanted.name, normal, given.expectation)}`,
      fix: dated(wanted, normal) ? 'modify' : 'recreate',
    };
  },
);

/** BIGINT timestamps were seen to work, though nobody meant them to. */
function worksByAccident({ name }: ExpectedColumn, found: string, { match }: Given): boolean {
  return match === 'compatible' && name === 'timestamp' && found.startsWith('bigint');
}

/** Numbers do not become dates by MODIFY: they turn into 0000-00-00 or an error, on every server from MySQL 5.7 to MariaDB 11.8. */
function dated({ name }: ExpectedColumn, found: string): boolean {
  return name !== 'timestamp' || /^(timestamp|datetime)/.test(found);
}
