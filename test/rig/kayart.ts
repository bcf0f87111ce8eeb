import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { bootMysql } from './mysql9.ts';
import type { Machine } from './machine.ts';
import type { Release } from './releases.ts';
import { chosenStrategy, placesOf, type Places, type Strategy } from './layouts.ts';
import { repository } from './repository.ts';
import { serve, type WebServer } from './web-servers.ts';

/** Which database the application uses, and how it reaches it. */
export interface DatabaseOptions {
  readonly server?: 'mariadb' | 'mysql9';
  readonly way?: 'socket' | 'tcp';
  readonly prefix?: string;
  /** A new one each time unless set; without quotes and backslashes. */
  readonly password?: string;
}

export interface InstallOptions {
  readonly release: Release;
  readonly database?: DatabaseOptions;
  readonly strategy?: Strategy;
  readonly web?: WebServer;
}

/** An answer of the site, as a visitor outside gets it. */
export interface Page {
  readonly status: number;
  readonly body: string;
  /** `name=value` of the cookies it set. */
  readonly cookies: readonly string[];
}

/** The user's site on a server: the clone, its database, its visitors' address. */
export interface Site {
  readonly machine: Machine;
  readonly strategy: Strategy;
  readonly web: WebServer;
  /** Input path. */
  readonly base: string;
  /** The root of the application. */
  readonly path: string;
  /** Where git keeps what is common, and the action its state. */
  readonly gitDir: string;
  readonly url: string;
  readonly branch: string;
  readonly commits: { readonly live: string; readonly next: string };
  readonly database: { readonly name: string; readonly user: string; readonly password: string };
  /** What must never be seen in a log. */
  readonly secrets: readonly string[];
  /** Adds a commit to main of the bare repository, as another developer would. `null` removes a file. Answers its id. */
  push(files: Readonly<Record<string, string | null>>, message: string): Promise<string>;
  /** Rows of a query, as text. */
  sql(query: string): Promise<string[][]>;
  head(): Promise<string>;
  get(page: string, cookies?: readonly string[]): Promise<Page>;
}

const base = '/var/www/kayart';
const bare = '/srv/git/kayart.git';
const database = 'kayart';

/** Puts the site on a server as it was before the deploy; the next commit waits in the bare repository. */
export async function install(machine: Machine, options: InstallOptions): Promise<Site> {
  const { release, strategy = chosenStrategy, web = 'nginx' } = options;
  const places = placesOf(strategy, base);
  const { path } = places;
  const { archive, vendor, commits } = await repository(release);
  const password = options.database?.password ?? randomBytes(12).toString('hex');
  const must = async (
    script: string,
    stdin: string | Buffer = '',
    user?: string,
  ): Promise<string> => {
    const { code, stdout, stderr } = await machine.exec(['sh', '-e', '-c', script], {
      stdin,
      ...(user === undefined ? {} : { user }),
    });
    if (code !== 0) throw new Error(`${script} ended with ${code}: ${stderr}`);
    return stdout.trim();
  };
  await must(
    `mkdir -p ${bare} && tar -C ${bare} -xf - && chown -R nicolas: /srv/git && install -d -o nicolas -g nicolas ${base}`,
    await readFile(archive),
  );
  const connection = await makeDatabase(machine, options.database ?? {}, password);
  await must(
    places.script(bare, commits.live),
    environment(connection, password, options.database?.prefix ?? ''),
    'nicolas',
  );
  if (vendor !== null) {
    await must(`tar -C ${path} --no-same-owner -xf -`, await readFile(vendor), 'nicolas');
  }
  await serve(machine, web, places);
  await must(`cd ${path} && php spark migrate`, '', 'nicolas');
  await serves(machine, path);
  return site({ machine, strategy, web, places }, commits, password, connection.client);
}

/** How the application connects, and the command that asks the same server as root. */
interface Connection {
  readonly hostname: string;
  readonly port: number;
  readonly client: readonly string[];
}

async function makeDatabase(
  machine: Machine,
  { server = 'mariadb', way = 'socket' }: DatabaseOptions,
  password: string,
): Promise<Connection> {
  const statements = `CREATE DATABASE ${database};
CREATE USER kayart@localhost IDENTIFIED BY '${password}'; GRANT ALL ON ${database}.* TO kayart@localhost;
CREATE USER kayart@'127.0.0.1' IDENTIFIED BY '${password}'; GRANT ALL ON ${database}.* TO kayart@'127.0.0.1';`;
  const hostname = way === 'socket' ? 'localhost' : '127.0.0.1';
  const mysql9 = server === 'mysql9' ? await bootMysql(machine) : null;
  const client = mysql9 === null ? ['mysql'] : mysql9.client;
  const { code, stderr } = await machine.exec([...client, '-e', statements]);
  if (code !== 0) throw new Error(`The database was not made: ${stderr}`);
  return { hostname, port: mysql9?.port ?? 3306, client };
}

function environment({ hostname, port }: Connection, password: string, prefix: string): string {
  return `CI_ENVIRONMENT = production
app.baseURL = 'http://kayart.test/'
database.default.hostname = ${hostname}
database.default.database = ${database}
database.default.username = kayart
database.default.password = '${password}'
database.default.DBDriver = MySQLi
database.default.DBPrefix = ${prefix}
database.default.port = ${port}
`;
}

/** A web server takes a moment to answer with its new configuration. */
async function serves(machine: Machine, path: string): Promise<void> {
  for (let tries = 50; tries > 0; tries -= 1) {
    const answer = await get(new URL(`http://${machine.address}/plain`), []).catch(() => null);
    if (answer?.body.trim() === 'plain') return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const log = await machine.exec([
    'sh',
    '-c',
    `tail -n 20 ${path}/writable/logs/*.log /var/log/nginx/error.log /var/log/apache2/error.log`,
  ]);
  throw new Error(`The site does not answer: ${log.stdout}`);
}

function site(
  layout: Pick<Site, 'machine' | 'strategy' | 'web'> & { readonly places: Places },
  commits: Site['commits'],
  password: string,
  client: readonly string[],
): Site {
  const { machine, strategy, web, places } = layout;
  const url = `http://${machine.address}/`;
  const { path, gitDir } = places;
  return {
    ...{ machine, strategy, web, base, path, gitDir },
    url,
    branch: 'main',
    commits,
    database: { name: database, user: 'kayart', password },
    secrets: [password, machine.privateKey],
    push: async (files, message) => push(machine, files, message),
    sql: async (query) => {
      const { code, stdout, stderr } = await machine.exec([...client, '-N', '-B', '-r', database], {
        stdin: query,
      });
      if (code !== 0) throw new Error(`${query}: ${stderr}`);
      return stdout === ''
        ? []
        : stdout
            .replace(/\n$/, '')
            .split('\n')
            .map((row) => row.split('\t'));
    },
    head: async () =>
      (
        await machine.exec(['git', '-C', path, 'rev-parse', 'HEAD'], { user: 'nicolas' })
      ).stdout.trim(),
    get: async (page, cookies = []) => get(new URL(page, url), cookies),
  };
}

// Over a connection of its own: the next server may get the address of this one.
async function get(url: URL, cookies: readonly string[]): Promise<Page> {
  const headers = cookies.length === 0 ? {} : { cookie: cookies.join('; ') };
  const asked = request(url, { agent: false, headers }).end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  const set = (answer.headers['set-cookie'] ?? []).map((line) => line.split(';')[0] ?? '');
  return { status: answer.statusCode ?? 0, body: await text(answer), cookies: set };
}

async function push(
  machine: Machine,
  files: Readonly<Record<string, string | null>>,
  message: string,
): Promise<string> {
  const work = `/tmp/work-${randomBytes(4).toString('hex')}`;
  const asUser = { user: 'nicolas' };
  await machine.exec(['git', 'clone', '-q', bare, work], asUser);
  for (const [name, text] of Object.entries(files)) {
    if (text === null) await machine.exec(['rm', '-r', `${work}/${name}`]);
    else await machine.writeFile(`${work}/${name}`, text, 'nicolas');
  }
  const script = `chown -R nicolas: ${work} && exec setpriv --reuid=nicolas --regid=nicolas --init-groups sh -e -c 'cd ${work}; git add -A; git -c user.name=Berta -c user.email=berta@kayart.test commit -q -m "$1"; git push -q origin HEAD:main; git rev-parse HEAD' sh "$1"`;
  const { code, stdout, stderr } = await machine.exec(['sh', '-e', '-c', script, 'sh', message]);
  if (code !== 0) throw new Error(`push ended with ${code}: ${stderr}`);
  return stdout.trim();
}
