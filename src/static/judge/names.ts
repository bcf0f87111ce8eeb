import { remedies, type Finding, type Given, type Severity } from '../../finding.ts';
import { everyRule } from '../../schema/rules/all.ts';
import { describedRules } from './described-names.ts';
import type { Place } from '../catalog/model.ts';

/** What only reading migrations finds, with the severity it has unless .ci4-deploy.yml says otherwise. */
export const staticRules = {
  'session-table-not-created': 'error',
  'session-table-unresolved': 'warning',
  'session-table-conditional': 'notice',
  'session-table-in-other-group': 'error',
  'session-timestamp-converted': 'error',
  'session-settings-unresolved': 'warning',
  'migration-fails': 'error',
  'migration-syntax': 'error',
  'migration-file-ignored': 'error',
  'migration-class-missing': 'error',
  'migration-class-duplicate': 'error',
  'migration-class-name': 'notice',
  'migration-version-duplicate': 'warning',
  'migration-changed': 'error',
  'migration-deleted': 'error',
  'migration-older-than-base': 'warning',
  'migration-down-empty': 'notice',
  'migration-destructive': 'warning',
  'migration-copies-table': 'warning',
  'namespace-unresolved': 'warning',
  'group-not-mysql': 'notice',
} as const satisfies Record<string, Severity>;

export type StaticRule = keyof typeof staticRules;

/** What only running the migrations finds of them. */
export const runRules = [
  'rollback-failed',
  'rollback-incomplete',
  'migrate-again-differs',
  'old-table-survives',
] as const;

/** Every name whose severity can be set: these, and those of the session table, which a live check has too. */
export const ruleNames: readonly string[] = [
  ...Object.keys(staticRules),
  ...Object.keys(describedRules),
  ...runRules,
  ...everyRule.map(({ name }) => name),
];

/** A finding of one of these rules. */
export function found(
  name: StaticRule,
  at: Place,
  message: string,
  ...given: readonly Given[]
): Finding {
  const { file, line } = at;
  return {
    name,
    severity: staticRules[name],
    message,
    ...(given.length === 0 ? {} : { remedies: remedies(...given) }),
    at: { file, line },
  };
}
