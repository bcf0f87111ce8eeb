import { describe, expect, test } from '@jest/globals';
import { readDotenv } from '../../../src/static/project/dotenv.ts';
import { readProject, type Project } from '../../../src/static/project/project.ts';
import { readRelease } from '../../../src/static/project/release.ts';
import { checkoutOf } from '../../fakes/checkout.ts';
import { application, migrationPath } from '../../static/application.ts';

async function project(files: Readonly<Record<string, string>>, all = false): Promise<Project> {
  return readProject(checkoutOf(files).tree, all);
}

async function configuration(files: Readonly<Record<string, string>>): Promise<unknown> {
  const { session } = await project(files);
  return 'unresolved' in session
    ? `${session.unresolved.why} at ${session.place.file}:${session.place.line}`
    : session.configuration;
}

function lock(version: string): string {
  return JSON.stringify({ packages: [{ name: 'codeigniter4/framework', version }] });
}

describe('the release', () => {
  test.each([
    [{ 'composer.lock': lock('v4.4.8') }, '4.4.8', 'composer.lock'],
    [
      { 'system/CodeIgniter.php': "<?php const CI_VERSION = '4.1.9';" },
      '4.1.9',
      'system/CodeIgniter.php',
    ],
    [
      { 'composer.json': '{"require":{"codeigniter4/framework":"~4.2.0"}}' },
      '4.2.12',
      'composer.json',
    ],
    [
      { 'composer.json': '{"require":{"codeigniter4/framework":"~4.2"}}' },
      '4.7.2',
      'composer.json',
    ],
    [{ 'composer.json': '{"require":{"php":"^8.1"}}' }, '4.7.2', 'nothing'],
    [{ 'composer.lock': '{' }, '4.7.2', 'nothing'],
  ])('%j', async (files, release, from) => {
    const known = await readRelease(checkoutOf(files).tree);
    expect([known.release.join('.'), known.from]).toEqual([release, from]);
  });
});

describe('the session', () => {
  test('of Config\\Session', async () => {
    expect(
      await configuration(application({ savePath: "'sessions'", matchIP: 'true' })),
    ).toMatchObject({
      source: 'Config\\Session',
      driver: 'CodeIgniter\\Session\\Handlers\\DatabaseHandler',
      inDatabase: true,
      table: 'sessions',
      matchIP: true,
    });
  });

  test.each(['4.1.9', '4.2.12'])('of Config\\App in %s', async (version) => {
    const app = `<?php namespace Config; class App { public $sessionDriver = 'CodeIgniter\\Session\\Handlers\\DatabaseHandler'; public $sessionSavePath = 'old_sessions'; }`;
    const files = { ...application({}, version), 'app/Config/App.php': app };
    expect(await configuration(files)).toMatchObject({
      source: 'Config\\App',
      table: 'old_sessions',
    });
  });

  test('.env in the tree is stronger, by its first definition', async () => {
    const files = {
      ...application(),
      '.env': "session.savePath = 'mine' # not theirs\nsession.savePath = other\n",
    };
    expect(await configuration(files)).toMatchObject({ table: 'mine' });
  });

  test('the prefix is put before, but not twice', async () => {
    const database =
      application()['app/Config/Database.php']?.replace(
        "'DBPrefix' => ''",
        "'DBPrefix' => 'app_'",
      ) ?? '';
    const files = { ...application(), 'app/Config/Database.php': database };
    expect(await configuration(files)).toMatchObject({
      table: 'app_ci_sessions',
      forgeTable: 'app_ci_sessions',
    });
    const twice = { ...application({ savePath: "'app_s'" }), 'app/Config/Database.php': database };
    expect(await configuration(twice)).toMatchObject({ table: 'app_s', forgeTable: 'app_app_s' });
  });

  test.each([
    [{ savePath: 'WRITEPATH' }, 'the constant WRITEPATH at app/Config/Session.php:13'],
    [{ driver: 'SESSION_DRIVER' }, 'the constant SESSION_DRIVER at app/Config/Session.php:10'],
  ])('what is not known before it runs is unresolved: %j', async (settings, why) => {
    expect(await configuration(application(settings))).toBe(why);
  });

  test('a constructor that sets it has the last word', async () => {
    const files = application();
    const text =
      files['app/Config/Session.php']?.replace(
        /}\s*$/,
        "public function __construct() { $this->savePath = getenv('X'); } }",
      ) ?? '';
    expect(await configuration({ ...files, 'app/Config/Session.php': text })).toMatch(
      /which the constructor sets/,
    );
  });
});

test('migrations come in the order of the runner, from the namespaces that are asked for', async () => {
  const autoload = `<?php namespace Config; class Autoload { public $psr4 = [APP_NAMESPACE => APPPATH, 'Acme\\Blog' => ROOTPATH . 'acme/Blog', 'Gone' => SOMEWHERE]; }`;
  const text = (namespace: string): string =>
    `<?php namespace ${namespace}\\Database\\Migrations; class M {}`;
  const files = {
    ...application(),
    'app/Config/Autoload.php': autoload,
    [migrationPath('2026-01-02-000000_M')]: text('App'),
    [migrationPath('20260101000000_M')]: text('App'),
    [migrationPath('.2026-01-03-000000_M')]: text('App'),
    'acme/Blog/Database/Migrations/2026_01_01_120000_M.php': text('Acme\\Blog'),
  };
  const names = ({ migrations }: Project): readonly (string | undefined)[] =>
    migrations.map(({ path }) => path.split('/').at(-1));
  expect(names(await project(files))).toEqual(['20260101000000_M.php', '2026-01-02-000000_M.php']);
  const all = await project(files, true);
  expect(names(all)).toEqual([
    '20260101000000_M.php',
    '2026_01_01_120000_M.php',
    '2026-01-02-000000_M.php',
  ]);
  expect(all.unresolvedNamespaces).toEqual(['Gone']);
});

test.each([
  ['a = b', 'b'],
  ["a = 'b c'", 'b c'],
  ['a = "b # c"', 'b # c'],
  ['a = b # c', 'b'],
  ['export a = b', 'b'],
  ['a =', ''],
  ['a = x=y', 'x=y'],
])('.env: %s', (text, value) => {
  expect(readDotenv(`# a = no\n${text}\na = later`).get('a')).toEqual({ value, line: 2 });
});

test('migrations of further namespaces are counted where they are not read', async () => {
  const psr4 = "['App' => APPPATH, 'Shop' => ROOTPATH . 'shop', 'Blog' => ROOTPATH . 'blog']";
  const files = {
    ...application(),
    'app/Config/Autoload.php': `<?php namespace Config; class Autoload { public $psr4 = ${psr4}; }`,
    'shop/Database/Migrations/2026-01-01-000000_A.php': '<?php class A {}',
    'shop/Database/Migrations/2026-01-02-000000_B.php': '<?php class B {}',
    'shop/Database/Migrations/helpers.php': '<?php',
  };
  expect((await project(files)).leftOut).toEqual({ migrations: 2, namespaces: 1 });
  expect((await project(files, true)).leftOut).toEqual({ migrations: 0, namespaces: 0 });
});

describe('what a constructor sets is known as far as the constructor is', () => {
  const autoload = (body: string): Readonly<Record<string, string>> => ({
    ...application(),
    'app/Config/Autoload.php': `<?php namespace Config;
class Autoload extends \\CodeIgniter\\Config\\AutoloadConfig {
  public $psr4 = [APP_NAMESPACE => APPPATH];
  public function __construct() { parent::__construct(); ${body} }
}`,
    'blog/Database/Migrations/2026-01-01-120000_M.php':
      '<?php namespace Blog\\Database\\Migrations; class M {}',
  });

  test.each([
    "$this->psr4['Blog'] = ROOTPATH . 'blog';",
    "$this->psr4 = array_merge($this->psr4, ['Blog' => ROOTPATH . 'blog']);",
    "foreach (['Blog' => 'blog'] as $name => $folder) { $this->psr4[$name] = ROOTPATH . $folder; }",
  ])('%s', async (body) => {
    const { folders, unresolvedNamespaces } = await project(autoload(body), true);
    expect(folders).toEqual(['app/Database/Migrations/', 'blog/Database/Migrations/']);
    expect(unresolvedNamespaces).toEqual([]);
  });

  test.each([
    "if (getenv('X')) { $this->psr4['Blog'] = ROOTPATH . 'blog'; }",
    "$this->psr4 += config('Blog')->folders;",
    "throw new \\RuntimeException('x' . $this->psr4['App']);",
  ])('not known before it runs: %s', async (body) => {
    expect((await project(autoload(body), true)).unresolvedNamespaces).toEqual(['*']);
    expect((await project(autoload(body))).unresolvedNamespaces).toEqual([]);
  });
});

test('without a certain release both places of the session settings are looked at', async () => {
  const handler = 'CodeIgniter\\\\Session\\\\Handlers\\\\DatabaseHandler';
  const app = `<?php namespace Config; class App { public $sessionDriver = '${handler}'; public $sessionSavePath = 'old_sessions'; }`;
  const files = { spark: '', 'app/Config/App.php': app };
  const source = async (more: Readonly<Record<string, string>>): Promise<unknown> =>
    configuration({ ...files, ...more });
  expect(await source({})).toMatchObject({ source: 'Config\\App', savePath: 'old_sessions' });
  const json = { 'composer.json': '{"require":{"codeigniter4/framework":"^4.0"}}' };
  expect(await source(json)).toMatchObject({ source: 'Config\\App' });
  expect(await source({ 'composer.lock': lock('4.7.2') })).toMatchObject({
    source: 'Config\\Session',
  });
  const both = { 'app/Config/Session.php': application()['app/Config/Session.php'] ?? '' };
  expect(await source(both)).toMatchObject({ source: 'Config\\Session', savePath: 'ci_sessions' });
});
