import type { Migration } from './application.ts';

/**
 * Why the batch must stay when the deploy is undone, as the end of "the batch stays because ..."; null when it may go.
 * A down() that does nothing undoes nothing, and one that drops a table which was there before would lose what it did not make.
 */
export function whyMigrationsStay(
  due: readonly Migration[],
  tables: readonly string[],
  prefix: string,
  wish: 'auto' | 'always' | 'never',
): string | null {
  if (wish === 'never') return 'input undo-migrations is never';
  if (wish === 'always') return null;
  const empty = due.find(({ down }) => down.empty);
  if (empty !== undefined) return `down() of ${empty.class} does nothing`;
  const before = new Set(tables);
  for (const { class: name, down } of due) {
    const lost = down.drops.find((table) => before.has(table) || before.has(prefix + table));
    if (lost !== undefined) {
      return `down() of ${name} would drop ${lost}, which was there before this deploy`;
    }
    if (down.dropsUnknown) return `down() of ${name} drops tables that only running it would name`;
  }
  return null;
}
