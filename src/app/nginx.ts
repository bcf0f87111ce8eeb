/** A directive of nginx with its words; a block has directives of its own. */
interface Directive {
  readonly name: string;
  readonly words: readonly string[];
  readonly block: readonly Directive[];
  /** The file it stands in. */
  readonly file: string;
}

/** The files of a configuration, by their absolute paths. */
export type ConfigurationFiles = ReadonlyMap<string, string>;

/** A place of a server block where requests go to PHP-FPM. */
export interface Passing {
  /** Where the server block says the files lie (`root`), as far as it does. */
  readonly roots: readonly string[];
  /** What `fastcgi_pass` names: `unix:/run/php/shop.sock`, `127.0.0.1:9000`, or all servers of an upstream. */
  readonly to: readonly string[];
  readonly params: ReadonlyMap<string, string>;
  /** What `fastcgi_pass` says, word for word. */
  readonly pass: string;
  /** The file in which it stands. */
  readonly file: string;
  /** The place has `fastcgi_param` of its own, so that none of the level above count. */
  readonly ownParams: boolean;
}

/** What a configuration says of PHP-FPM. */
export interface NginxRead {
  readonly passings: readonly Passing[];
  /** Files that it includes and that were not among those read. */
  readonly missing: readonly string[];
}

/**
 * Follows a configuration to every `fastcgi_pass` (ngx_http_fastcgi_module): a place has the `fastcgi_param` of the level
 * above exactly when it has none of its own.
 * @param main path of the file that nginx starts with; relative includes begin in its folder
 */
export function readNginx(files: ConfigurationFiles, main: string): NginxRead {
  const reading = new Reading(files, main);
  const http = reading
    .file(main)
    .filter(({ name }) => name === 'http')
    .flatMap(({ block }) => block);
  const upstreams = new Map(
    http
      .filter(({ name }) => name === 'upstream')
      .map(({ words, block }) => [words[0] ?? '', block]),
  );
  const level: Level = { roots: rootsOf(http), params: paramsOf(http) ?? new Map() };
  const servers = http.filter(({ name }) => name === 'server');
  const passings = servers.flatMap(({ block }) => passingsIn(block, level, upstreams));
  return { passings, missing: reading.missing };
}

interface Level {
  readonly roots: readonly string[];
  readonly params: ReadonlyMap<string, string>;
}

function passingsIn(
  block: readonly Directive[],
  above: Level,
  upstreams: ReadonlyMap<string, readonly Directive[]>,
): readonly Passing[] {
  const level = {
    roots: [...new Set([...rootsOf(block), ...(rootsOf(block).length > 0 ? [] : above.roots)])],
    params: paramsOf(block) ?? above.params,
  };
  const own = block
    .filter(({ name }) => name === 'fastcgi_pass')
    .map(({ words: [to = ''], file }) => ({
      ...{ ...level, file, pass: to, ownParams: paramsOf(block) !== null },
      to: serversOf(to, upstreams),
    }));
  const deeper = block.filter(({ name }) => name === 'location' || name === 'if');
  return [...own, ...deeper.flatMap((inner) => passingsIn(inner.block, level, upstreams))];
}

function serversOf(to: string, upstreams: ReadonlyMap<string, readonly Directive[]>): string[] {
  const servers = upstreams.get(to)?.filter(({ name }) => name === 'server');
  return servers === undefined ? [to] : servers.map(({ words: [server = ''] }) => server);
}

function rootsOf(block: readonly Directive[]): readonly string[] {
  return block.filter(({ name }) => name === 'root').map(({ words: [root = ''] }) => root);
}

function paramsOf(block: readonly Directive[]): ReadonlyMap<string, string> | null {
  const own = block.filter(({ name }) => name === 'fastcgi_param');
  if (own.length === 0) return null;
  return new Map(own.map(({ words: [name = '', value = ''] }) => [name, value]));
}

const deepest = 8;

/** Reads files into each other; what could not be read is noted. */
class Reading {
  readonly missing: string[] = [];
  readonly #files: ConfigurationFiles;
  readonly #main: string;

  constructor(files: ConfigurationFiles, main: string) {
    this.#files = files;
    this.#main = main;
  }

  file(path: string, depth = 0): readonly Directive[] {
    const text = this.#files.get(path);
    const read = text === undefined || depth > deepest ? null : parsed(text);
    if (read === null) this.missing.push(path);
    return this.#expanded(read ?? [], depth, path);
  }

  #expanded(directives: readonly Directive[], depth: number, file: string): readonly Directive[] {
    return directives.flatMap((one) =>
      one.name === 'include'
        ? this.#included(absolute(one.words[0] ?? '', this.#main), depth)
        : [{ ...one, file, block: this.#expanded(one.block, depth, file) }],
    );
  }

  #included(pattern: string, depth: number): readonly Directive[] {
    if (!/[*?[]/.test(pattern)) return this.file(pattern, depth + 1);
    const found = [...this.#files.keys()].filter((path) => matches(path, pattern));
    return found.toSorted().flatMap((path) => this.file(path, depth + 1));
  }
}

function absolute(path: string, main: string): string {
  return path.startsWith('/') ? path : `${main.slice(0, main.lastIndexOf('/'))}/${path}`;
}

/** glob(7) as nginx uses it: a star ends at a slash, and what begins with a dot is left out. */
function matches(path: string, pattern: string): boolean {
  const words = pattern.replace(/[.+^${}()|\\]/g, '\\$&').replaceAll('?', '[^/]');
  return new RegExp(
    `^${words.replace(/(^|\/)\*/g, '$1(?!\\.)[^/]*').replace(/(?<!\])\*/g, '[^/]*')}$`,
  ).test(path);
}

/** Words, quoted words, `;`, `{` and `}`; comments are left out. Null where a quote does not end. */
function tokensOf(text: string): readonly string[] | null {
  const pattern =
    /\s+|#[^\n]*|"((?:[^"\\]|\\[^])*)"|'((?:[^'\\]|\\[^])*)'|([;{}])|((?:\\[^]|\$\{[^}]*\}|[^\s;{}"'\\])(?:\\[^]|\$\{[^}]*\}|[^\s;{}\\])*)/gy;
  const found: string[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    const [all, double, single, sign, word] = match;
    const quoted = double ?? single;
    if (quoted !== undefined) found.push(`w${quoted.replace(/\\(.)/g, '$1')}`);
    else if (sign !== undefined) found.push(sign);
    else if (word !== undefined) found.push(`w${word}`);
    end = match.index + all.length;
  }
  return end === text.length ? found : null;
}

function parsed(text: string): readonly Directive[] | null {
  const stack: Directive[][] = [[]];
  let words: string[] = [];
  const close = (block: Directive[]): void => {
    const [name, ...rest] = words;
    if (name !== undefined) stack.at(-1)?.push({ name, words: rest, block, file: '' });
    words = [];
  };
  const tokens = tokensOf(text);
  for (const token of tokens ?? []) {
    if (token === ';') close([]);
    else if (token === '{') {
      const block: Directive[] = [];
      close(block);
      stack.push(block);
    } else if (token === '}') {
      if (stack.length > 1) stack.pop();
      words = [];
    } else words.push(token.slice(1));
  }
  return tokens === null ? null : (stack[0] ?? []);
}
