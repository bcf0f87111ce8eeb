import type { Index, Table } from '../../src/schema/table.ts';

/** A table in lines that can be compared and read: columns in order, then keys, then what else it has. */
export function linesOf(table: Table): readonly string[] {
  const { columns, primaryKey, indexes, engine, versioned, triggers } = table;
  const partitioned = table.partitioning !== null;
  const rowFormat = table.rowFormat.toLowerCase();
  return [
    ...columns.map(({ name, type, nullable, default: fallback, extra }) =>
      [
        `${name} ${type.normal}`,
        nullable ? 'null' : 'not null',
        `default ${fallback.normal}`,
        extra.normal,
      ]
        .filter((word) => word !== '')
        .join(' '),
    ),
    ...(primaryKey === null ? [] : [keyLine(primaryKey)]),
    ...indexes.map(keyLine).toSorted(),
    ...triggers.map(({ name, timing, event }) => `trigger ${name} ${timing} ${event}`),
    `${engine} ${rowFormat}${partitioned ? ' partitioned' : ''}${versioned ? ' versioned' : ''}`,
  ];
}

function keyLine({ name, unique, visible, parts }: Index): string {
  const columns = parts.map(({ column, length }) =>
    length === null ? column : `${column}(${length})`,
  );
  const kind = name === 'PRIMARY' ? 'primary key' : `${unique ? 'unique ' : ''}key ${name}`;
  return `${kind} (${columns.join(', ')})${visible ? '' : ' invisible'}`;
}
