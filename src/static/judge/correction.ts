import { type Finding, remedies } from '../../finding.ts';
import type { Expectation } from '../../schema/expected.ts';
import { inRepository, type Instruction } from '../../remedy.ts';
import { creation } from '../../schema/creation.ts';

const aboutColumns = /^column-(missing|type|nullable|default|on-update|generated|invisible)$/;

/**
 * The findings of a table that no server has yet: there is nothing to alter, the migration itself is to be corrected.
 * Each gets the line to write; the first that has SQL keeps it for databases where the migration ran already.
 */
export function asCorrections(
  findings: readonly Finding[],
  expectation: Expectation,
  prefix: string,
): readonly Finding[] {
  return findings.map((one) => {
    const line = lineFor(one, expectation);
    if (line === null) return one;
    const inMigration = inRepository('Write in the migration', line);
    const [sql] = (one.remedies ?? []).flat().filter(({ where }) => where === 'database');
    if (sql === undefined) return { ...one, remedies: remedies(inMigration) };
    const whole = inRepository('The whole migration, corrected', creation(expectation, prefix));
    return {
      ...one,
      remedies: remedies([inMigration, whereItRan(sql)], { ...whole, long: true }),
    };
  });
}

function whereItRan(instruction: Instruction): Instruction {
  return { ...instruction, what: 'Where this migration has run already' };
}

function lineFor({ name, message }: Finding, expectation: Expectation): string | null {
  if (name === 'primary-key') {
    return `$this->forge->addKey([${expectation.primaryKey.map((one) => `'${one}'`).join(', ')}], true);`;
  }
  if (name === 'timestamp-index-missing') return "$this->forge->addKey('timestamp');";
  if (!aboutColumns.test(name)) return null;
  const column = expectation.columns.find((one) =>
    message.startsWith(`${expectation.table}.${one.name} `),
  );
  return column === undefined ? null : `'${column.name} ${column.sql}', // in addField([...])`;
}
