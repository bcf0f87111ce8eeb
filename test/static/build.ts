import { readFileSync } from 'node:fs';
import { normalTable, product } from '../../src/schema/dialects/normal.ts';
import type {
  ColumnRow,
  IndexRow,
  PartitionRow,
  TableRow,
  TriggerRow,
} from '../../src/schema/dialects/rows.ts';
import { TestApplication } from '../php/application.ts';
import { host } from '../rig/host.ts';
import { boot, type Flavour, type Machine } from '../rig/machine.ts';
import { bootMysql } from '../rig/mysql9.ts';
import { releases } from '../rig/releases.ts';
import type { Written } from './corpus/migration.ts';
import { linesOf } from './lines.ts';
import type { Run } from './recorded.ts';

interface Reported {
  readonly version: string;
  readonly built: readonly {
    readonly name: string;
    readonly error: string | null;
    readonly tables: readonly (TableRow & { readonly options: string | null })[];
    readonly columns: readonly ColumnRow[];
    readonly indexes: readonly Record<string, string | null>[];
    readonly triggers: readonly TriggerRow[];
  }[];
}

/** Builds the corpus with every release at hand on MariaDB 10.11, MariaDB 11.8 and MySQL 9. */
export async function buildAll(corpus: readonly Written[]): Promise<readonly Run[]> {
  const runs: Run[] = [];
  for (const flavour of ['debian12', 'debian13'] as const) {
    runs.push(...(await onMachine(flavour, corpus)));
  }
  return runs;
}

async function onMachine(flavour: Flavour, corpus: readonly Written[]): Promise<readonly Run[]> {
  await using machine = await boot({ flavour });
  const account = `CREATE USER corpus@'127.0.0.1' IDENTIFIED BY 'corpus'; GRANT ALL ON *.* TO corpus@'127.0.0.1';`;
  const made = await machine.exec(['mariadb', '-e', account]);
  if (made.code !== 0) throw new Error(made.stderr);
  const runs = await onServer(machine, 3306, corpus);
  if (flavour !== 'debian12') return runs;
  const mysql = await bootMysql(machine);
  const also = await machine.exec([...mysql.client, '-e', account]);
  if (also.code !== 0) throw new Error(also.stderr);
  return [...runs, ...(await onServer(machine, mysql.port, corpus))];
}

async function onServer(
  { network }: Machine,
  port: number,
  corpus: readonly Written[],
): Promise<readonly Run[]> {
  const runs: Run[] = [];
  for (const { version, folder: path } of await releases()) {
    using application = new TestApplication({ version, path });
    application.write('app/Commands/BuildCorpus.php', command);
    application.write('corpus/corpus.json', JSON.stringify(corpus));
    application.env({
      'database.default.port': String(port),
      'database.default.database': 'mysql',
      'database.default.username': 'corpus',
      'database.default.password': 'corpus',
      'database.default.DBDebug': 'true',
    });
    const folder = `${application.root}/corpus`;
    const ended = await host(['ip', 'netns', 'exec', network, 'php', 'spark', 'corpus:build'], {
      cwd: application.root,
      env: { ...process.env, CORPUS: folder },
    });
    runs.push({ release: version, ...read(folder, ended.stdout + ended.stderr) });
  }
  return runs;
}

/** Only whether a table is partitioned is recorded. */
const somehow: PartitionRow = { method: 'HASH', expression: null, bound: null };

const command = readFileSync(new URL('BuildCorpus.php', import.meta.url), 'utf8');

function read(folder: string, output: string): Omit<Run, 'release'> {
  let text: string;
  try {
    text = readFileSync(`${folder}/built.json`, 'utf8');
  } catch (cause) {
    throw new Error(`The framework built nothing:\n${output}`, { cause });
  }
  const { version, built } = JSON.parse(text) as Reported;
  const from = product(version);
  return {
    server: `${from.name} ${from.version}`,
    built: built.map(({ name, error, tables, columns, indexes, triggers }) => {
      const [table] = tables;
      if (table === undefined) return { name, table: null, failed: error !== null };
      const rows = indexes.map((row): IndexRow => {
        const { INDEX_NAME, NON_UNIQUE, COLUMN_NAME, SUB_PART, IS_VISIBLE, IGNORED } = row;
        return {
          name: INDEX_NAME ?? '',
          nonUnique: NON_UNIQUE ?? '1',
          part: COLUMN_NAME ?? null,
          prefix: SUB_PART ?? null,
          visible: IGNORED === 'YES' ? 'NO' : (IS_VISIBLE ?? 'YES'),
        };
      });
      const partitions = /\bpartitioned\b/i.test(table.options ?? '') ? [somehow] : [];
      const all = {
        table,
        columns,
        indexes: rows,
        partitions,
        triggers,
        references: [],
        checks: [],
      };
      const lines = linesOf(normalTable(from, all));
      return { name, table: lines, failed: error !== null };
    }),
  };
}
