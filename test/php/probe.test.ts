import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { symlinkSync } from 'node:fs';
import { TestApplication } from './application.ts';
import { releases } from './releases.ts';

const handler = 'CodeIgniter\\Session\\Handlers\\DatabaseHandler';

describe.each(releases())('CodeIgniter $version', (release) => {
  let app: TestApplication;
  beforeEach(() => {
    app = new TestApplication(release);
  });
  afterEach(() => {
    app[Symbol.dispose]();
  });
  const old = /^4\.[0-2]\./.test(release.version);

  test('answers as it comes: sessions in files, a database that nobody serves', () => {
    const reported = app.application();
    expect(reported).toMatchObject({
      framework: release.version,
      environment: 'production',
      root: app.root,
      writable: `${app.root}/writable`,
      namespace: 'App',
      ledger: { table: 'migrations', enabled: true, lockTable: null },
      migrations: [],
    });
    expect(reported.session).toEqual({
      source: old ? 'Config\\App' : 'Config\\Session',
      driver: 'CodeIgniter\\Session\\Handlers\\FileHandler',
      inDatabase: false,
      cookieName: 'ci_session',
      savePath: `${app.root}/writable/session`,
      matchIP: false,
      expiration: 7200,
      table: null,
      forgeTable: null,
    });
    expect(reported.ledgerDatabase).toMatchObject({
      driver: 'MySQLi',
      address: { host: '127.0.0.1', port: 9 },
      user: 'shop',
      database: 'shop',
    });
    expect(reported.ledgerDatabase.password.reveal()).toBe('hunter2');
    expect(reported.ledgerDatabase.refused).toMatch(/refused|mysqli/i);
    expect(reported.ledgerDatabase.silent).toBe(true);
    expect(reported.sessionDatabase).toBe(reported.ledgerDatabase);
  });

  test('every database group is named without its password', () => {
    app.env({
      'database.default.DBPrefix': 'a_',
      'database.default.DSN': 'MySQLi://own%40er:hunter3@db.example:3307/other',
    });
    const { connections } = app.application();
    expect(connections).toMatchObject({
      environment: 'production',
      ledger: 'default',
      session: null,
    });
    expect(connections.groups.find(({ name }) => name === 'default')).toEqual({
      name: 'default',
      leads: [
        {
          driver: 'MySQLi',
          server: 'db.example:3307',
          schema: 'other',
          user: 'own@er',
          prefix: 'a_',
        },
      ],
      identity: null,
    });
    expect(JSON.stringify(connections)).not.toMatch(/hunter/);
  });

  test.each([
    ['localhost', '3306', /^(localhost|\/.*)$/],
    ['LOCALHOST', '3307', /^(localhost|\/.*)$/],
    ['/run/other.sock', '3306', /^\/run\/other\.sock$/],
    ['127.0.0.1', '', /^127\.0\.0\.1:3306$/],
  ])('the server of %s and port %j is what mysqli makes of it', (hostname, port, server) => {
    app.env({ 'database.default.hostname': hostname, 'database.default.port': port });
    const [group] = app.application().connections.groups;
    expect(group?.leads[0]?.server).toMatch(server);
  });

  test.each(['production', 'development'])('writes nothing in %s', (environment) => {
    app.env({ CI_ENVIRONMENT: environment });
    const before = app.files('.');
    expect(app.application().environment).toBe(environment);
    expect(app.files('.')).toEqual(before);
  });

  test('through a symbolic link everything is named below the link', () => {
    const link = `${app.root}-link`;
    symlinkSync(app.root, link);
    try {
      const reported = app.answer(link);
      expect(reported).toMatchObject({
        ok: true,
        application: { root: link, writable: `${link}/writable` },
      });
    } finally {
      app.remove(`../${link.slice(link.lastIndexOf('/') + 1)}`);
    }
  });

  describe('sessions in the database', () => {
    test.each([
      ['', 'ci_sessions', 'ci_sessions'],
      ['app_', 'app_ci_sessions', 'app_ci_sessions'],
      // The trap: the builder adds no prefix to a name that begins with it, Forge does.
      ['ci_', 'ci_sessions', 'ci_ci_sessions'],
    ])('prefix "%s": handler reads %s, Forge makes %s', (prefix, table, forgeTable) => {
      const settings = { driver: `'${handler}'`, savePath: 'ci_sessions', matchIP: 'true' };
      app.env({ ...app.session(settings), 'database.default.DBPrefix': prefix });
      const reported = app.application();
      expect(reported.session).toMatchObject({
        driver: handler,
        inDatabase: true,
        savePath: 'ci_sessions',
        matchIP: true,
        table,
        forgeTable,
      });
      expect(reported.ledger.table).toBe(`${prefix}migrations`);
      expect(reported.ledgerDatabase.prefix).toBe(prefix);
    });

    test('a handler derived from it counts, whatever its name', () => {
      app.write(
        'app/Libraries/Kept.php',
        `<?php\nnamespace App\\Libraries;\nclass Kept extends \\${handler} {}\n`,
      );
      const settings = { driver: `'App\\Libraries\\Kept'`, savePath: 'kept' };
      app.env(app.session(settings));
      expect(app.application().session).toMatchObject({ inDatabase: true, table: 'kept' });
    });
  });

  test.each([
    ['/run/db/my.sock', '/run/db/my.sock'],
    ['localhost', expect.stringMatching(/^\/.*\.sock$/)],
  ])('host %s is a socket, whatever the port', (hostname, socket) => {
    app.env({ 'database.default.hostname': hostname });
    expect(app.application().ledgerDatabase.address).toEqual({ socket });
  });

  test.each(['Postgre', 'SQLite3'])('driver %s is reported and not tried', (driver) => {
    app.env({ 'database.default.DBDriver': driver });
    const before = app.files('.');
    expect(app.application().ledgerDatabase).toMatchObject({ driver, refused: null });
    expect(app.files('.')).toEqual(before);
  });

  test('without .env it answers with its defaults', () => {
    app.remove('.env');
    expect(app.application().environment).toBe('production');
  });

  test('a noisy configuration changes nothing', () => {
    app.prepend('app/Config/App.php', `echo "hello\\n"; print_r(['x' => 1]);`);
    app.prepend('app/Config/Constants.php', 'echo "first";');
    expect(app.application().framework).toBe(release.version);
  });

  describe('does not boot', () => {
    test('a syntax error in a configuration file is reported with its place', () => {
      app.write(
        'app/Config/App.php',
        '<?php\nnamespace Config;\nclass App {\n  public $x = ;\n}\n',
      );
      expect(app.failure()).toEqual({
        phase: 'boot',
        message: expect.stringMatching(/^ParseError: syntax error/),
        at: { file: 'app/Config/App.php', line: 4 },
      });
    });

    test('an error PHP cannot catch is reported with its place', () => {
      app.write(
        'app/Config/App.php',
        '<?php\nnamespace Config;\nfinal class App {}\nclass App {}\n',
      );
      expect(app.failure()).toEqual({
        phase: 'boot',
        message: expect.stringContaining('Fatal error: Cannot '),
        at: { file: 'app/Config/App.php', line: 4 },
      });
      expect(app.files('writable/logs')).toEqual(['index.html']);
    });

    test('a configuration that ends the program: what it printed is reported, secrets left out', () => {
      app.prepend(
        'app/Config/App.php',
        `echo "No licence, ", env('database.default.password'); exit(1);`,
      );
      expect(app.failure()).toEqual({
        phase: 'boot',
        message:
          'The application ended the program itself (exit or die). It printed: No licence, ***',
        at: null,
      });
    });

    test('no CodeIgniter at the root', () => {
      app.remove('app/Config/Paths.php');
      expect(app.failure()).toMatchObject({
        phase: 'paths',
        message: expect.stringContaining('app/Config/Paths.php does not exist'),
      });
    });

    test('no framework: Composer has not run', () => {
      app.remove('system');
      expect(app.failure()).toMatchObject({
        phase: 'paths',
        message: expect.stringContaining('Has composer install run?'),
      });
    });

    if (!old) {
      test('Config/Session.php is missing', () => {
        app.remove('app/Config/Session.php');
        expect(app.failure().message).toContain('Session.php is missing');
      });
    }
  });
});
