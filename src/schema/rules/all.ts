import { columnDefault } from './column-default.ts';
import { columnGenerated } from './column-generated.ts';
import { columnInvisible } from './column-invisible.ts';
import { columnMissing } from './column-missing.ts';
import { columnNullable } from './column-nullable.ts';
import { columnOnUpdate } from './column-on-update.ts';
import { columnSurplus } from './column-surplus.ts';
import { columnType } from './column-type.ts';
import { primaryKey } from './primary-key.ts';
import { tableCheck } from './table-check.ts';
import { tableEngine } from './table-engine.ts';
import { tableForeignKey } from './table-foreign-key.ts';
import { tablePartitioned } from './table-partitioned.ts';
import { tableRowFormat } from './table-row-format.ts';
import { tableTrigger } from './table-trigger.ts';
import { tableVersioned } from './table-versioned.ts';
import { timestampIndexMissing } from './timestamp-index-missing.ts';
import { uniqueKeySurplus } from './unique-key-surplus.ts';

import type { Rule } from '../rule.ts';

// Asked in this order; `npm run new-rule` adds to the end.
const rules = [
  columnMissing,
  columnType,
  columnNullable,
  columnDefault,
  columnOnUpdate,
  columnGenerated,
  columnInvisible,
  tableEngine,
  tableRowFormat,
  tablePartitioned,
  tableVersioned,
  tableTrigger,
  tableForeignKey,
  tableCheck,
  columnSurplus,
  primaryKey,
  uniqueKeySurplus,
  timestampIndexMissing,
] as const;

type AnyRule = (typeof rules)[number];

/** The name of a rule, and of the finding that it makes. */
export type RuleName = AnyRule['name'];

/** Every rule about the session table, in the order they are asked. */
export const everyRule: readonly Rule<RuleName>[] = rules;

type RuleEntries = { readonly [R in AnyRule as R['name']]: R['entry'] };

/** What docs/findings.md says of the rules, by their names. */
export const ruleEntries = Object.fromEntries(
  rules.map(({ name, entry }) => [name, entry]),
) as RuleEntries;
