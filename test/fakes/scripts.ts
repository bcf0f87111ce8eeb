import type { Command, Output } from '../../src/server/command.ts';
import { FakeServer, type Program } from './server.ts';

/** What a script prints, or what it does before; a status other than 0 makes it fail. */
export type Script = string | Partial<Output> | ((asked: Command) => Partial<Output>);

/** The first comment of a shell script, by which a test knows it; the name of any other program. */
export function titleOf({ program, args }: Command): string {
  const [, text = ''] = args;
  return (program === 'sh' ? /^# (.*)/.exec(text)?.[1] : undefined) ?? program;
}

/** A server in memory that knows scripts by their first comment; all others succeed and print nothing. */
export function scripted(
  scripts: Readonly<Record<string, Script>> = {},
  name = 'nicolas@fake:22',
): FakeServer {
  const answer: Program = (asked) => {
    const script = scripts[titleOf(asked)] ?? {};
    if (typeof script === 'string') return { stdout: script };
    return typeof script === 'function' ? script(asked) : script;
  };
  const others = Object.keys(scripts).filter((name) => /^[\w/]+$/.test(name));
  const programs = ['sh', 'rm', 'true', 'date', 'git', 'php', 'sudo', 'systemctl', ...others];
  return new FakeServer(Object.fromEntries(programs.map((name) => [name, answer])), {
    ...{ name, directories: ['/var/www/kayart', '/h/stage'] },
  });
}

/** What the server was asked, each by its title. */
export function asked(server: FakeServer): readonly string[] {
  return server.asked.map(titleOf);
}

/** A script that ends with a status other than 0. */
export function failing(code: number, stderr = ''): Script {
  return { exit: { code }, stderr };
}
