import type { DatabaseLogin } from '../../src/schema/database.ts';
import { FakeDatabase, FakeDatabaseServer, generated, sketched } from '../fakes/database.ts';
import { databaseContract, ids, ledger, password, type Prepared } from './database.ts';

function login(user: string): DatabaseLogin {
  return { address: { host: '127.0.0.1', port: 3306 }, user, password, database: 'app' };
}

function filled(user: string): FakeDatabase {
  const database = new FakeDatabase(login(user))
    .add(sketched(generated), ...ids)
    .add(sketched({ name: 'app_users', columns: ['id int not null'] }))
    .add(sketched({ name: 'Z_names', kind: 'VIEW', columns: ['id int not null'] }));
  database.ledgers.set('migrations', [...ledger]);
  return database;
}

async function prepare(): Promise<Prepared> {
  const app = filled('app');
  app.elsewhere.push({ database: 'app_other', table: 'MIGRATIONS' });
  const narrow = filled('narrow');
  narrow.now = {
    ...narrow.now,
    grants: ['GRANT SELECT ON `app`.`migrations` TO `narrow`@`localhost`'],
  };
  for (const name of ['ci_sessions', 'app_users', 'Z_names']) narrow.hidden.add(name);
  const server = new FakeDatabaseServer().add(app).add(narrow);
  return {
    users: { app: app.login, narrow: narrow.login },
    product: /^MySQL 9/,
    logIn: (to, signal) => server.logIn(to, signal),
    again: async () => {
      const another = filled('app');
      another.locks = app.locks;
      return another;
    },
    close: async () => undefined,
  };
}

databaseContract('in memory', prepare);
