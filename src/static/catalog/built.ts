import type { Column, Index, Table } from '../../schema/table.ts';
import type { ModelColumn, ModelIndex, ModelTable } from './model.ts';

/** The table that the migrations make, as the rules about live tables look at it: the one place that builds it. */
export function built(model: ModelTable): Table {
  const { name, engine, rowFormat, partitioned, versioned, triggers } = model;
  const indexes = model.indexes.map(index);
  return {
    name,
    kind: 'table',
    engine,
    rowFormat: rowFormat.toUpperCase(),
    // How it is partitioned is not read: what no server has said yet is not called wrong.
    partitioning: partitioned ? { method: 'UNKNOWN', expression: '', open: true } : null,
    versioned,
    triggers: triggers.map(trigger),
    foreignKeys: (model.foreignKeys ?? []).map(({ name: symbol, columns, references }) => ({
      name: symbol,
      columns,
      to: references.table ?? '',
    })),
    checks: [],
    columns: model.columns.map(column),
    primaryKey: indexes.find((one) => one.name === 'PRIMARY') ?? null,
    indexes: indexes
      .filter((one) => one.name !== 'PRIMARY')
      .toSorted((a, b) => a.name.localeCompare(b.name, 'en')),
  };
}

function column({ name, type, nullable, fallback, extra }: ModelColumn): Column {
  const reported = (normal: string): Column['type'] => ({ raw: normal, normal });
  return {
    name,
    type: reported(type),
    nullable,
    default: reported(fallback),
    extra: reported(extra.join(', ')),
  };
}

/** `when` as `BEFORE INSERT`. */
function trigger({ name, when }: ModelTable['triggers'][number]): Table['triggers'][number] {
  const [timing = '', event = ''] = when.toUpperCase().split(' ');
  return { name, timing, event };
}

function index({ name, unique, visible, parts }: ModelIndex): Index {
  return { name, unique, visible, parts };
}
