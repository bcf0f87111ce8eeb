/** The files of an application that keeps its sessions in the table `ci_sessions`, as CodeIgniter 4.7 writes them. */
export function application(
  session: Readonly<Record<string, string>> = {},
  framework = '4.7.2',
): Record<string, string> {
  const settings = {
    driver: 'DatabaseHandler::class',
    cookieName: "'ci_session'",
    expiration: '7200',
    savePath: "'ci_sessions'",
    matchIP: 'false',
    ...session,
  };
  const lines = Object.entries(settings).map(([name, value]) => `    public $${name} = ${value};`);
  return {
    spark: '#!/usr/bin/env php\n',
    'composer.lock': JSON.stringify({
      packages: [{ name: 'codeigniter4/framework', version: `v${framework}` }],
    }),
    'app/Config/Session.php': `<?php

namespace Config;

use CodeIgniter\\Config\\BaseConfig;
use CodeIgniter\\Session\\Handlers\\DatabaseHandler;

class Session extends BaseConfig
{
${lines.join('\n')}
}
`,
    'app/Config/Database.php': `<?php

namespace Config;

class Database extends \\CodeIgniter\\Database\\Config
{
    public string $defaultGroup = 'default';
    public array $default = [
        'DBDriver' => 'MySQLi',
        'DBPrefix' => '',
    ];
}
`,
  };
}

/** A path in the folder of migrations. */
export function migrationPath(name: string): string {
  return `app/Database/Migrations/${name}.php`;
}
