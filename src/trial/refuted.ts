import type { Finding } from '../finding.ts';
import { everyRule } from '../schema/rules/all.ts';
import { describedRules } from '../static/judge/described-names.ts';
import type { Tried } from './trial.ts';

const ofTable = new Set<string>(everyRule.map(({ name }) => name));
const ofSessionTable = ['session-table-not-created', 'session-table-in-other-group'];

/** Whether every database has shown what this finding of reading is about. */
export function wasShown({ name }: Finding, tried: readonly Tried[]): boolean {
  if (tried.length === 0) return false;
  if (name === 'migration-fails' || Object.hasOwn(describedRules, name)) {
    return tried.every(({ migrated }) => migrated);
  }
  if (!ofTable.has(name) && !ofSessionTable.includes(name)) return false;
  return tried.every(({ judged }) => judged);
}

const mostPlaces = 5;

/** One line for what reading had said and running showed otherwise. */
export function withdrawn([first, ...rest]: readonly Finding[]): readonly Finding[] {
  if (first === undefined) return [];
  const all = [first, ...rest];
  const places = all
    .slice(0, mostPlaces)
    .map(({ name, at }) => `${name}${at === undefined ? '' : ` (${at.file}:${at.line})`}`);
  const more = all.length > mostPlaces ? ` and ${all.length - mostPlaces} more` : '';
  return [
    {
      name: 'refuted-by-running',
      severity: 'notice',
      message: `Reading the migrations had said ${places.join(', ')}${more}. Running them showed otherwise, so that this is withdrawn.`,
      ...(first.at === undefined ? {} : { at: first.at }),
    },
  ];
}
