import type { Severity } from '../../finding.ts';

/** What can be wrong with a described table, with the severity it has unless .ci4-deploy.yml says otherwise. */
export const describedRules = {
  'described-table': 'error',
  'described-column': 'error',
  'described-key': 'error',
  'described-table-unresolved': 'warning',
} as const satisfies Record<string, Severity>;

export type DescribedRule = keyof typeof describedRules;
