import { describe, expect, test } from '@jest/globals';
import type { Connections, Leads } from '../../../src/app/connections.ts';
import type { Pool } from '../../../src/app/pool.ts';
import { FakeServer } from '../../fakes/server.ts';
import { fakeSite } from '../../fakes/site.ts';
import { judgeFpmDatabases, judgeStagedDatabases } from '../../../src/steps/served/databases.ts';
import { judgeOld } from '../../../src/steps/served/code.ts';
import { differences } from '../../../src/steps/served/differences.ts';
import { servingPools } from '../../../src/steps/served/pools.ts';
import { pasted } from '../../fakes/remedies.ts';

const leads: Leads = {
  driver: 'MySQLi',
  server: 'localhost',
  schema: 'shop',
  user: 'shop',
  prefix: '',
};
const sqlite: Leads = { ...leads, driver: 'SQLite3', schema: ':memory:' };

interface Changes extends Partial<Omit<Connections, 'groups'>> {
  readonly leads?: Partial<Leads>;
  readonly more?: Connections['groups'];
  readonly identity?: string | null;
}

function says({ leads: changes, more = [], identity = null, ...rest }: Changes = {}): Connections {
  const own = { name: 'default', leads: [{ ...leads, ...changes }], identity };
  const tests = { name: 'tests', leads: [sqlite], identity: null };
  return {
    environment: 'production',
    ledger: 'default',
    session: null,
    groups: [own, ...(more.some(({ name }) => name === 'tests') ? [] : [tests]), ...more],
    ...rest,
  };
}

const pool: Pool = { name: 'www', user: 'www-data', listen: '/run/php/fpm.sock', maxChildren: 5 };
const report: Connections['groups'][number] = { name: 'report', leads: [leads], identity: null };

describe('what two voices say of the databases', () => {
  test('nothing differs when they say the same', () => {
    expect(differences(says(), says())).toEqual([]);
  });

  test.each<[string, Changes, Changes, string[]]>([
    ['schema', { leads: { schema: 'old' } }, {}, ['schema of group default']],
    ['user', { leads: { user: 'root' } }, {}, ['user of group default']],
    ['prefix', { leads: { prefix: 'a_' } }, {}, ['prefix of group default']],
    ['server', { leads: { server: 'db:3306' } }, {}, ['server of group default']],
    ['driver', { leads: { driver: 'Postgre' } }, {}, ['driver of group default']],
    ['default group', { ledger: 'tests' }, {}, ['group of the migrations']],
    [
      'group of the sessions',
      { session: 'default' },
      { session: 'tests' },
      ['group of the sessions'],
    ],
    ['sessions in files here and in the database there', { session: 'default' }, {}, []],
    ['a group that is missing', { more: [report] }, {}, ['group report']],
    [
      'a failover that is missing',
      { more: [{ ...report, leads: [leads, { ...leads, server: 'two:3306' }] }] },
      { more: [report] },
      ['group report, failover 1'],
    ],
    [
      'a failover that leads elsewhere',
      { more: [{ ...report, leads: [leads, { ...leads, server: 'two:3306' }] }] },
      { more: [{ ...report, leads: [leads, { ...leads, server: 'six:3306' }] }] },
      ['server of group report, failover 1'],
    ],
  ])('a difference in %s is named', (_name, one, other, whats) => {
    expect(differences(says(one), says(other)).map(({ what }) => what)).toEqual(whats);
  });

  test('two names of one server are no difference where both got in', () => {
    const [one, other] = [{ server: 'localhost' }, { server: '127.0.0.1:3306' }];
    const found = (here: string | null, there: string | null): number =>
      differences(says({ leads: one, identity: here }), says({ leads: other, identity: there }))
        .length;
    expect([found('a', 'a'), found('a', 'b'), found(null, null), found('a', null)]).toEqual([
      0, 1, 1, 1,
    ]);
  });

  test('the same server does not excuse another schema', () => {
    const one = says({ identity: 'a', leads: { schema: 'old' } });
    expect(differences(one, says({ identity: 'a' }))).toHaveLength(1);
  });

  test('a group that nobody uses and that is no MySQL may differ', () => {
    const tests = { name: 'tests', leads: [{ ...sqlite, schema: 'x' }], identity: null };
    expect(differences(says({ more: [tests] }), says())).toEqual([]);
    const used = says({ more: [tests], ledger: 'tests' });
    expect(differences(used, says({ ledger: 'tests' }))).toHaveLength(1);
  });
});

describe('PHP-FPM and the command line', () => {
  const judged = (seen: Connections, params = {}): string[] =>
    [
      ...judgeFpmDatabases(seen, says(), { pool, params }, { tree: 'the live code', unit: 'fpm' }),
    ].map(({ name, message }) => `${name}: ${message}`);

  test('the finding says who says what, and what the web server adds by name alone', () => {
    const [found = ''] = judged(says({ leads: { schema: 'old' } }), {
      'database.default.password': 'hunter2',
    });
    expect(found).toContain('fpm-database-differs');
    expect(found).toContain('schema of group default is old (command line: shop)');
    expect(found).toContain('nginx adds database.default.password');
    expect(found).not.toContain('hunter2');
  });

  test('another environment with the same databases is a warning', () => {
    expect(judged(says({ environment: 'development' }))[0]).toContain('fpm-environment-differs');
    expect(judged(says())).toEqual([]);
  });
});

describe('the live tree and the commit', () => {
  const moved = says({ leads: { schema: 'new' } });
  test.each<[string, Connections, readonly string[], string[]]>([
    ['the same database', says(), [], []],
    ['sessions that move to a database', says({ session: 'default' }), [], []],
    [
      'another one, which the commit explains',
      moved,
      ['app/Config/Database.php'],
      ['database-moves'],
    ],
    ['another one, from a package', moved, ['composer.lock'], ['database-moves']],
    [
      'another one, which nothing explains',
      moved,
      ['app/Controllers/Home.php'],
      ['database-differs'],
    ],
  ])('what is said of %s', (_name, staged, changed, names) => {
    const found = [...judgeStagedDatabases(says(), staged, changed, '/srv/app')];
    expect(found.map(({ name }) => name)).toEqual(names);
  });
});

describe('the pools that serve the site', () => {
  const ofSite = { path: '/srv/app', unit: 'fpm', wish: null, writer: '' };
  const two = [pool, { ...pool, name: 'shop', listen: '9000' }];
  const served = (to: readonly string[], pools: readonly Pool[] = two): string[] => {
    const web = { sends: to.map((one) => ({ to: one, params: {} })), variable: [] };
    const { serving, findings, unverified } = servingPools(web, pools, ofSite);
    return [
      ...serving.map((one) => one.pool.name),
      ...findings.map(({ name }) => name),
      ...(unverified.length > 0 ? ['unverified'] : []),
    ];
  };

  test.each<[string, string[], string[]]>([
    ['a socket', ['/run/php/fpm.sock'], ['www']],
    ['the same place by its old name', ['/var/run/php/fpm.sock'], ['www']],
    ['a port', ['127.0.0.1:9000'], ['shop']],
    ['both', ['/run/php/fpm.sock', '127.0.0.1:9000'], ['www', 'shop']],
    ['the same twice (http and https)', ['/run/php/fpm.sock', '/run/php/fpm.sock'], ['www']],
    ['another one', ['/run/php/other.sock'], ['fpm-other-service']],
    ['a known one and another', ['/run/php/fpm.sock', '/run/php/x.sock'], ['www', 'unverified']],
  ])('are found by %s', (_name, to, names) => {
    expect(served(to)).toEqual(names);
  });

  test('where the web server is not known, one pool is asked and several are not', () => {
    const unknown = { unknown: 'no web server was seen' };
    const one = servingPools(unknown, [pool], ofSite);
    expect([one.serving.length, one.unverified.length]).toEqual([1, 1]);
    const several = servingPools(unknown, two, ofSite);
    expect([several.serving.length, several.unverified.length]).toEqual([0, 1]);
  });

  test('of several it is the one whose user writes the files of the site', () => {
    const unknown = { unknown: 'no web server was seen' };
    const own = [pool, { ...pool, name: 'shop', user: 'shop', listen: '9000' }];
    const { serving } = servingPools(unknown, own, { ...ofSite, writer: 'shop' });
    expect(serving.map((one) => one.pool.name)).toEqual(['shop']);
  });

  test('input fpm-pool says which, and one that is not there is refused with those that are', () => {
    const web = { sends: [{ to: '/run/php/fpm.sock', params: {} }], variable: [] };
    const named = servingPools(web, two, { ...ofSite, wish: 'shop' });
    expect(named.serving.map((one) => one.pool.name)).toEqual(['shop']);
    const { findings } = servingPools(web, two, { ...ofSite, wish: 'none' });
    expect(findings.map(pasted)).toEqual(['fpm-pool: www']);
    expect(findings[0]?.remedies).toHaveLength(2);
  });

  test('what only a variable of nginx knows is not verified', () => {
    const web = { sends: [{ to: '/run/php/fpm.sock', params: {} }], variable: ['app.baseURL'] };
    expect(servingPools(web, [pool], ofSite).unverified[0]).toContain('app.baseURL');
  });
});

describe('old code', () => {
  const site = fakeSite(new FakeServer({}), {
    inputs: { path: '/srv/app', 'fpm-service': 'fpm' },
  });
  const answer = { old: [] as string[], foreign: [], closed: false, fileCache: null };

  test('none is nothing to say', () => {
    expect(judgeOld(answer, site)).toEqual([]);
  });

  test('it is named below the path, and a reload takes it away', () => {
    const [found] = judgeOld({ ...answer, old: ['/srv/app/app/Config/App.php'] }, site);
    expect(found?.message).toContain('compiled app/Config/App.php before');
    expect(pasted(found)).toBe('sudo systemctl reload fpm');
  });

  test('what lies in files takes more than a reload', () => {
    const fileCache = '/var/cache/opc';
    const [found] = judgeOld({ ...answer, old: ['/srv/app/a.php'], fileCache }, site);
    expect(pasted(found)).toBe(
      "sudo find /var/cache/opc -name '*.bin' -delete\nsudo systemctl reload fpm",
    );
  });
});
