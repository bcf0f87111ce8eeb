import { expect, test } from '@jest/globals';
import { boot } from '../rig/machine.ts';
import { newest } from '../rig/releases.ts';
import { run } from '../rig/runner.ts';
import { sound } from './trial-application.ts';

// Such a server answers in it even while somebody logs in: the driver needs its tables of that character set.
test('a database server whose default character set is gbk is read like any other', async () => {
  await using machine = await boot({ flavour: 'debian12' });
  await machine.writeFile(
    '/etc/mysql/mariadb.conf.d/99-gbk.cnf',
    `[mysqld]
bind-address = 0.0.0.0
skip-name-resolve
character-set-server = gbk
collation-server = gbk_chinese_ci
`,
  );
  const account = "CREATE USER `check`@'%' IDENTIFIED BY 'throw'; GRANT ALL ON c.* TO `check`@'%'";
  const prepared = await machine.exec([
    'sh',
    '-e',
    '-c',
    'systemctl restart mariadb; mariadb -e "$1"',
    'sh',
    `CREATE DATABASE c CHARACTER SET utf8mb4; ${account}`,
  ]);
  expect(prepared).toMatchObject({ code: 0 });
  const { version, folder } = await newest();
  using application = sound(version, folder);
  const result = await run({
    inputs: { command: 'check', databases: `mysql://check:throw@${machine.address}:3306/c` },
    context: { workspace: application.root, event_name: 'push' },
  });
  expect({ log: result.log, exitCode: result.exitCode }).toEqual({ log: result.log, exitCode: 0 });
  expect(result.log.join('\n')).toContain('MariaDB 10.11');
}, 120_000);
