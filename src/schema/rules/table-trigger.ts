import { of } from '../../findings/entry.ts';
import { quoted } from '../remedy.ts';
import { defineRule } from '../rule.ts';

/** What a trigger does is not known here, only when it runs. */
export const tableTrigger = defineRule(
  'table-trigger',
  of('a trigger runs in every request', 'lines', 'warning'),
  ({ table }) =>
    table.triggers.map(({ name, event, timing }) => ({
      severity: 'warning',
      message: `${table.name} has the trigger ${name} (${timing} ${event}), which runs ${moments[event] ?? 'with every write'}. If it fails, so does the request (HTTP 500), and if it changes the id, no visitor finds the session again.`,
      before: [`DROP TRIGGER ${quoted(name)};`],
    })),
);

const moments: Readonly<Record<string, string>> = {
  INSERT: 'for every new session',
  UPDATE: 'for every request with a session',
  DELETE: 'for every session that ends or is collected',
};
