import type { Surroundings } from '../program/frame.ts';
import {
  argument,
  scalar,
  textOf,
  unknown,
  type Arguments,
  type At,
  type PhpObject,
  type Value,
} from '../program/value.ts';
import type { Connection } from './connection.ts';
import { Forge } from './forge.ts';

/** The connection of a group; null stands for the default group. */
export type Connections = (group: string | null) => Connection;

/** What a migration finds around itself: its Forge and connection, and those it asks the framework for. */
export class MigrationSurroundings implements Surroundings {
  readonly #connections: Connections;
  readonly #configured: ReadonlyMap<string, PhpObject>;
  readonly #own: Connection;
  readonly #forge: Forge;

  constructor(
    connections: Connections,
    group: string | null,
    configured: ReadonlyMap<string, PhpObject>,
  ) {
    this.#connections = connections;
    this.#configured = configured;
    this.#own = connections(group);
    this.#forge = new Forge(this.#own);
  }

  inherited(name: string, line: number): Value {
    if (name === 'forge') return { kind: 'thing', thing: this.#forge };
    if (name === 'db') return { kind: 'thing', thing: this.#own };
    return name === 'DBGroup' ? scalar(null) : unknown(`$this->${name}`, line);
  }

  callStatic(name: string, method: string, given: Arguments, at: At): Value {
    const database = /(^|\\)Database$/.test(name);
    if (!database || !/^(connect|forge)$/i.test(method)) {
      const why = `${name}::${method}()`;
      this.#own.catalog.unseen.push({ place: this.#own.place(at.line), why });
      return unknown(why, at.line);
    }
    return this.#connected(given, at, method.toLowerCase() === 'forge');
  }

  create(name: string, given: Arguments, at: At): Value {
    if (/^Config\\\w+$/.test(name)) return this.#configuration(name, `new ${name}()`, at);
    if (!/(^|\\)RawSql$/.test(name)) return unknown(`new ${name}()`, at.line);
    if (!this.#own.rules.hasRawSql) {
      this.#own.fail(at, 'the class RawSql came with CodeIgniter 4.2');
    }
    const sql = textOf(argument(given, 0, 'sqlExpression'));
    return sql === null ? unknown('the text of a RawSql', at.line) : { kind: 'raw', sql };
  }

  constant(name: string, line: number): Value {
    return unknown(`the constant ${name}`, line);
  }

  callFunction(name: string, given: Arguments, at: At): Value {
    if (name === 'db_connect') return this.#connected(given, at, false);
    if (name === 'config') {
      return this.#configuration(textOf(argument(given, 0, 'name')) ?? '', 'config()', at);
    }
    // A helper of the application may make tables.
    if (!isOfPhp(name)) this.#own.catalog.holdsOthers = true;
    return unknown(`${name}()`, at.line);
  }

  #configuration(name: string, asked: string, { line }: At): Value {
    const thing = this.#configured.get(name.split('\\').at(-1) ?? '');
    return thing === undefined ? unknown(asked, line) : { kind: 'thing', thing };
  }

  outOfSight({ line }: At, what: string): void {
    this.#own.catalog.unresolveAll(this.#own.place(line), what);
  }

  #connected(given: Arguments, at: At, forge: boolean): Value {
    const group = argument(given, 0, 'group') ?? argument(given, 0, 'db') ?? scalar(null);
    if (group.kind === 'thing')
      return forge && group.thing === this.#own ? this.#thing(forge, this.#own) : group;
    if (group.kind !== 'scalar') {
      this.outOfSight(at, 'a connection that only running tells');
      return unknown('a connection', at.line);
    }
    const name = textOf(group) ?? '';
    return this.#thing(forge, this.#connections(name === '' ? null : name));
  }

  #thing(forge: boolean, connection: Connection): Value {
    return { kind: 'thing', thing: forge ? new Forge(connection) : connection };
  }
}

const beginnings =
  'array_ base64_ basename bin2hex ceil chr constant count ctype_ date define dirname error_ fclose fgetcsv file floor fopen func_ getenv hash helper in_array ini_ intval is_ json_ lang log_message max mb_ md5 microtime min mkdir mktime mt_ number_format ord password_ php preg_ print rand range realpath round scandir serialize set_ sha1 sleep sort sprintf str time trigger_ ucwords uniqid unlink unserialize url usleep var_'.split(
    ' ',
  );

/** Whether a function is one of PHP, or of the framework, that makes no table. */
function isOfPhp(name: string): boolean {
  return beginnings.some((one) => name.startsWith(one));
}
