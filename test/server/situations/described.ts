import { expect } from 'expect';
import { createTable, migration, migrationWith } from '../breakages.ts';
import { deploy, errorsOf, type Situation } from '../situation.ts';

const notes = `tables:
  notes:
    columns:
      id: int NOT NULL AUTO_INCREMENT
      note: varchar(255) NOT NULL
    primary key: id
`;

/** Further tables of the application, as `.ci4-deploy.yml` describes them. */
export const described: readonly Situation[] = [
  {
    name: 'tables are as .ci4-deploy.yml describes them, until somebody alters one by hand',
    prepare: async (site) => site.push({ '.ci4-deploy.yml': notes }, 'Describe the tables'),
    outcome: 'deployed',
    errors: [],
    async afterwards(site, result) {
      expect(result.log.join('\n')).toContain('Compared with .ci4-deploy.yml: notes');
      const verify = { command: 'verify', 'print-tables': 'true' };
      const printed = await deploy(site, { inputs: verify });
      expect(printed.outputs['outcome']).toBe('already-live');
      expect(printed.log.join('\n')).toContain('note: varchar(255) NOT NULL');
      expect(printed.summary).toContain('```yaml');
      await site.sql('ALTER TABLE notes MODIFY note VARCHAR(100) NOT NULL');
      const drifted = await deploy(site, { inputs: verify });
      expect([drifted.outputs['outcome'], errorsOf(drifted)]).toEqual([
        'refused',
        ['described-column'],
      ]);
    },
  },
  {
    name: 'the migration leaves another table than .ci4-deploy.yml describes',
    prepare: async (site) =>
      site.push(
        {
          '.ci4-deploy.yml': `${notes}  orders:\n    columns: { id: int NOT NULL AUTO_INCREMENT, sum: 'decimal(10,2) NOT NULL' }\n    primary key: id\n`,
          [migration]: migrationWith(
            `${createTable('ci_sessions')} $this->forge->addField('id'); $this->forge->addField(['sum' => ['type' => 'INT']]); $this->forge->createTable('orders');`,
            "$this->forge->dropTable('orders'); $this->forge->dropTable('ci_sessions');",
          ),
        },
        'Another table',
      ),
    outcome: 'rolled-back',
    errors: ['described-column'],
    says: 'orders.sum is int not null',
  },
  {
    name: '.ci4-deploy.yml describes what is no table',
    prepare: async (site) =>
      site.push({ '.ci4-deploy.yml': 'tables:\n  notes:\n    colums: {}\n' }, 'A mistake'),
    outcome: 'refused',
    errors: ['settings-file'],
    says: 'There is no colums in the table notes',
  },
];
