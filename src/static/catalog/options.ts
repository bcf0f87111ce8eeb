import { ServerDecides, type ModelTable } from './model.ts';

/** The table with an option of CREATE or ALTER TABLE. */
export function withOption(table: ModelTable, name: string, value: string): ModelTable {
  if (name === 'ENGINE') return { ...table, engine: engines[value.toLowerCase()] ?? value };
  if (name === 'ROW_FORMAT') {
    return {
      ...table,
      rowFormat: value.toLowerCase() === 'default' ? 'dynamic' : value.toLowerCase(),
    };
  }
  if (name === 'VERSIONING') return { ...table, versioned: value === 'on' };
  if (name === 'PARTITIONS') return { ...table, partitioned: value === 'on' };
  if (name === 'CONVERT' && table.columns.some(({ type }) => type.endsWith('text'))) {
    throw new ServerDecides('CONVERT TO CHARACTER SET may give texts a larger type');
  }
  return table;
}

const engines: Readonly<Record<string, string>> = {
  innodb: 'InnoDB',
  myisam: 'MyISAM',
  memory: 'MEMORY',
  heap: 'MEMORY',
  aria: 'Aria',
  archive: 'ARCHIVE',
  csv: 'CSV',
  blackhole: 'BLACKHOLE',
};
