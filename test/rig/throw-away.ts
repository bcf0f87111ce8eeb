import { boot, type Machine } from './machine.ts';
import { bootMysql } from './mysql9.ts';

/** Throw-away databases on servers of their own, reached from this machine over the network. */
export class ThrowAway implements AsyncDisposable {
  /** Addresses as the input `databases` takes them: MariaDB 10.11, MySQL 9, MariaDB 11.8. */
  readonly urls: readonly string[];
  readonly #machines: readonly Machine[];
  readonly #clients: readonly (readonly string[])[];

  private constructor(
    urls: readonly string[],
    machines: readonly Machine[],
    clients: readonly (readonly string[])[],
  ) {
    this.urls = urls;
    this.#machines = machines;
    this.#clients = clients;
  }

  static async start(): Promise<ThrowAway> {
    const old = await boot({ flavour: 'debian12' });
    const young = await boot({ flavour: 'debian13' });
    const { client, port } = await bootMysql(old);
    for (const machine of [old, young]) await openToAll(machine);
    const url = ({ address }: Machine, at: number): string =>
      `mysql://check:throw%40away@${address}:${at}/ci4_check`;
    const all = new ThrowAway(
      [url(old, 3306), url(old, port), url(young, 3306)],
      [old, old, young],
      [['mariadb'], client, ['mariadb']],
    );
    await all.sql(
      "CREATE DATABASE ci4_check; CREATE USER `check`@'%' IDENTIFIED BY 'throw@away'; GRANT ALL ON ci4_check.* TO `check`@'%';",
    );
    return all;
  }

  /** Runs statements as root on every server; answers what each printed. */
  async sql(text: string): Promise<readonly string[]> {
    const reported: string[] = [];
    for (const [at, machine] of this.#machines.entries()) {
      const argv = [...(this.#clients[at] ?? []), '--skip-column-names'];
      const { code, stdout, stderr } = await machine.exec(argv, { stdin: text });
      if (code !== 0) throw new Error(`${stderr}\n${text}`);
      reported.push(stdout.trim());
    }
    return reported;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const machine of new Set(this.#machines)) await machine.stop();
  }
}

/** Debian's MariaDB listens to its own machine alone. */
async function openToAll(machine: Machine): Promise<void> {
  const file = '/etc/mysql/mariadb.conf.d/99-open.cnf';
  await machine.writeFile(file, '[mysqld]\nbind-address = 0.0.0.0\nskip-name-resolve\n');
  const ended = await machine.exec(['systemctl', 'restart', 'mariadb']);
  if (ended.code !== 0) throw new Error(ended.stderr);
}
