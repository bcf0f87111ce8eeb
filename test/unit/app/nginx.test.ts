import { describe, expect, test } from '@jest/globals';
import { readNginx } from '../../../src/app/nginx.ts';
import { readWebServer } from '../../../src/steps/served/web-server.ts';

const main = '/etc/nginx/nginx.conf';

function read(files: Readonly<Record<string, string>>): ReturnType<typeof readNginx> {
  return readNginx(new Map(Object.entries(files)), main);
}

function site(
  server: string,
  more: Readonly<Record<string, string>> = {},
): ReturnType<typeof read> {
  return read({
    [main]: 'http { include sites-enabled/*; }',
    '/etc/nginx/sites-enabled/a': server,
    ...more,
  });
}

describe('where nginx leads to PHP-FPM', () => {
  test('root, socket and params of a server', () => {
    const { passings, missing } = site(
      `server { root /srv/app/public; # a comment; }
       location ~ \\.php$ { fastcgi_param app.name "a b"; fastcgi_pass unix:/run/fpm.sock; } }`,
    );
    expect(missing).toEqual([]);
    expect(passings).toEqual([
      {
        roots: ['/srv/app/public'],
        to: ['unix:/run/fpm.sock'],
        params: new Map([['app.name', 'a b']]),
        ...{ pass: 'unix:/run/fpm.sock', file: '/etc/nginx/sites-enabled/a', ownParams: true },
      },
    ]);
  });

  test('params of the level above count exactly where there are none below', () => {
    const above = 'server { fastcgi_param A 1; location / { fastcgi_pass a:1; } ';
    const { passings } = site(`${above} location /b { fastcgi_param B 2; fastcgi_pass b:1; } }`);
    expect(passings.map(({ params }) => [...params.keys()])).toEqual([['A'], ['B']]);
  });

  test('params of an include', () => {
    const { passings } = site('server { location / { include more/p.conf; fastcgi_pass a:1; } }', {
      '/etc/nginx/more/p.conf': "fastcgi_param CI_ENVIRONMENT 'development';",
    });
    expect(passings[0]?.params.get('CI_ENVIRONMENT')).toBe('development');
  });

  test('all servers of an upstream', () => {
    const { passings } = read({
      [main]:
        'http { upstream php { server unix:/a.sock; server b:9000 weight=2; } server { location / { fastcgi_pass php; } } }',
    });
    expect(passings[0]?.to).toEqual(['unix:/a.sock', 'b:9000']);
  });

  test('a root below is another one', () => {
    const { passings } = site(
      'server { root /a; location /x { root /b; location ~ p { fastcgi_pass a:1; } } }',
    );
    expect(passings[0]?.roots).toEqual(['/b']);
  });

  test.each([
    [
      'a file that is not there',
      'server { include /etc/other/ssl.conf; }',
      ['/etc/other/ssl.conf'],
    ],
    ['a quote without end', 'server { fastcgi_param A "b; }', ['/etc/nginx/sites-enabled/a']],
    ['no file of a pattern', 'server { include none/*.conf; }', []],
  ])('%s is said', (_name, server, expected) => {
    expect(site(server).missing).toEqual(expected);
  });

  test('an include of itself ends', () => {
    expect(read({ [main]: 'include nginx.conf;' }).missing).toEqual([main]);
  });

  test('a pattern stays in its folder and leaves hidden files out', () => {
    const { passings } = site('', {
      '/etc/nginx/sites-enabled/.b': 'server { location / { fastcgi_pass a:1; } }',
      '/etc/nginx/sites-enabled/c/d': 'server { location / { fastcgi_pass a:1; } }',
    });
    expect(passings).toEqual([]);
  });
});

describe('what the server answers about its web server', () => {
  function answer(
    running: string,
    files: Readonly<Record<string, string>>,
    links = '',
  ): ReturnType<typeof readWebServer> {
    const parts = Object.entries(files).map(([path, text]) => `${path}\n${text}\f`);
    const stdout = `${running}\f${parts.join('')}${links}`;
    return readWebServer({ exit: { code: 0 }, stdout, stderr: '' }, '/srv/app');
  }
  const server = (inner: string): Record<string, string> => ({
    [main]: `http { server { root /srv/link; location / { ${inner} } } }`,
  });

  test('the site is known by where its root really lies', () => {
    const params = 'fastcgi_param QUERY_STRING $q; fastcgi_param X_A 1; fastcgi_param Y_B $y;';
    const files = server(`${params} fastcgi_pass unix:/run/l.sock;`);
    const links = '/srv/link\t/srv/app/public\n/run/l.sock\t/run/php/real.sock\n';
    expect(answer('nginx\n', files, links)).toEqual({
      sends: [
        {
          ...{ to: '/run/php/real.sock', params: { X_A: '1' } },
          link: { file: main, pass: 'unix:/run/l.sock', ownParams: true },
        },
      ],
      variable: ['Y_B'],
    });
  });

  test.each([
    [
      'both params',
      'fastcgi_param SCRIPT_FILENAME $realpath_root$fastcgi_script_name; fastcgi_param DOCUMENT_ROOT $realpath_root;',
      false,
    ],
    [
      'the last of two counts',
      'fastcgi_param DOCUMENT_ROOT $realpath_root; fastcgi_param SCRIPT_FILENAME $realpath_root$fastcgi_script_name; fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name;',
      true,
    ],
    [
      'one of them',
      'fastcgi_param SCRIPT_FILENAME $realpath_root$fastcgi_script_name; fastcgi_param DOCUMENT_ROOT $document_root;',
      true,
    ],
    ['none', '', true],
  ])('whether nginx resolves links: %s', (_name, params, byLink) => {
    const found = answer('nginx\n', server(`${params} fastcgi_pass a:1;`), '/srv/link\t/srv/app\n');
    const [first] = 'unknown' in found ? [] : found.sends;
    expect(first?.link !== undefined).toBe(byLink);
  });

  test.each([
    ['no web server', '', server('fastcgi_pass a:1;'), 'no web server'],
    ['Apache', 'apache2\n', {}, 'apache2'],
    ['two', 'apache2\nnginx\n', server('fastcgi_pass a:1;'), 'apache2 and nginx'],
    ['another root', 'nginx\n', server('fastcgi_pass a:1;'), 'no server whose root'],
    ['nothing readable', 'nginx\n', {}, main],
  ])('%s: not known', (_name, running, files, why) => {
    const found = answer(running, files);
    expect('unknown' in found ? found.unknown : '').toContain(why);
  });

  test('a folder whose name only begins alike is another one', () => {
    const files = {
      [main]: 'http { server { root /srv/application; location / { fastcgi_pass a:1; } } }',
    };
    expect(answer('nginx\n', files)).toHaveProperty('unknown');
  });
});
