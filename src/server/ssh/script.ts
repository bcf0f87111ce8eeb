import { quote, succeeded, type Command, type Exit, type Output } from '../command.ts';
import { stops, type OnFailure } from '../server.ts';

// Every git of a round works on the clone that it is started in, whatever the login set (`git rev-parse --local-env-vars`),
// and looks at the files themselves: a file system monitor is a program, and would be believed. Hooks stay the clone's own.
const clonesOwn = `unset GIT_DIR GIT_WORK_TREE GIT_COMMON_DIR GIT_INDEX_FILE GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES \\
  GIT_NAMESPACE GIT_PREFIX GIT_CONFIG GIT_CONFIG_PARAMETERS GIT_EXTERNAL_DIFF GIT_REPLACE_REF_BASE GIT_SHALLOW_FILE
export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=core.fsmonitor GIT_CONFIG_VALUE_0=false GIT_TERMINAL_PROMPT=0`;

/**
 * One round as text for `sh -s`. It travels over standard input, so nothing of it shows in the server's process list.
 * Each command's two streams end with a mark that only this round knows, so that its output comes back byte for byte.
 */
export function script(
  commands: readonly Command[],
  onFailure: OnFailure,
  mark: string,
  limit: number,
  id = '',
): string {
  const files = commands.some(({ survives }) => survives === true);
  return `${clonesOwn}
export LC_ALL=C.UTF-8 CI4_DEPLOY=${quote(id)} CI4_DEPLOY_ROUND=${quote(mark)}
child=${files ? '\nfiles=$(mktemp -d 2>/dev/null || mktemp -d -p /dev/shm) || exit 1' : '\nfiles='}
trap '[ -z "$files" ] || rm -rf "$files"' EXIT
trap 'exit 141' PIPE
trap 'trap "" TERM HUP INT; [ -z "$child" ] || { kill -TERM "$child"; wait "$child"; } 2>/dev/null; exit 143' TERM HUP INT
frame() { printf '\\n%s %s\\n' ${quote(mark)} "$1"; printf '\\n%s\\n' ${quote(mark)} >&2; }
frame start
${commands.map((one, index) => block(one, index, onFailure, mark, limit)).join('\n')}
exit 0
`;
}

// A child in the background and `wait` let the trap run at once; without them the shell would first wait for the command.
// The child is timeout(1) itself: it puts the command into a process group of its own and hands a TERM on to all of it,
// with a KILL two seconds later: spark of CodeIgniter 4.7 does not end at a TERM. timeout(1) then ends by that KILL itself,
// which only the time that went by tells from one that somebody else sent.
function block(
  one: Command,
  index: number,
  onFailure: OnFailure,
  mark: string,
  limit: number,
): string {
  const { bytes, stdin = bytes, cwd, env = {}, limit: own = limit } = one;
  const settings = Object.entries(env).map(([name, value]) => quote(`${name}=${value}`));
  const words = [
    ...['exec', 'timeout', '-k', '2', String(own)],
    ...(settings.length > 0 ? ['env', ...settings] : []),
    ...(stdin === undefined ? [] : ['sh', '-c', quote('base64 -d | "$@"'), 'sh']),
    ...[one.program, ...one.args].map(quote),
  ];
  const go = cwd === undefined ? '' : `cd -- ${quote(cwd)} && `;
  // No line of the script may look like a mark: a program that runs in place of the shell may print it.
  const end = `stdin-${index}-of-${mark}`;
  const [input, document] =
    stdin === undefined ? ['</dev/null', ''] : [`<<'${end}'`, `\n${encoded(stdin)}\n${end}`];
  const [aside, shown] =
    one.survives === true
      ? [
          ' >"$files/out" 2>"$files/err"',
          '\n[ ! -s "$files/out" ] || cat "$files/out"\n[ ! -s "$files/err" ] || cat "$files/err" >&2',
        ]
      : ['', ''];
  const stop = stops(onFailure, index) ? '\n[ "$status" = 0 ] || exit 0' : '';
  return `( ${go}${words.join(' ')} ) ${input}${aside} &${document}
child=$!
read -r since rest </proc/uptime
wait "$child"
status=$?
read -r now rest </proc/uptime
[ "$status" != 137 ] || [ $((\${now%.*} - \${since%.*})) -lt ${own} ] || status=124
child=${shown}
frame "$status"${stop}`;
}

/** Standard input travels as Base64: any byte, no line that could end the document early. */
function encoded(input: string | Uint8Array): string {
  const bytes = typeof input === 'string' ? Buffer.from(input) : Buffer.from(input);
  return (bytes.toString('base64').match(/.{1,76}/g) ?? []).join('\n');
}

/** What the streams of a round hold; `null` when the round did not come to its end. */
export function readRound(
  stdout: string,
  stderr: string,
  mark: string,
  count: number,
  onFailure: OnFailure,
): readonly Output[] | null {
  const out = stdout.split(`\n${mark} `);
  const err = stderr.split(`\n${mark}\n`);
  // Before the first mark is what a login shell prints of its own accord.
  const outputs: Output[] = [];
  for (let at = 2; at < out.length; at += 1) {
    const [status = ''] = (out[at] ?? '').split('\n', 1);
    outputs.push({
      exit: readExit(Number(status)),
      stdout: withoutFirstLine(out[at - 1] ?? ''),
      stderr: err[at - 1] ?? '',
    });
  }
  const last = outputs.at(-1);
  const stopped = last !== undefined && !succeeded(last) && stops(onFailure, outputs.length - 1);
  return outputs.length === count || stopped ? outputs : null;
}

function withoutFirstLine(text: string): string {
  return text.slice(text.indexOf('\n') + 1);
}

const signals: Readonly<Record<number, string>> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  3: 'SIGQUIT',
  4: 'SIGILL',
  6: 'SIGABRT',
  7: 'SIGBUS',
  8: 'SIGFPE',
  9: 'SIGKILL',
  11: 'SIGSEGV',
  13: 'SIGPIPE',
  14: 'SIGALRM',
  15: 'SIGTERM',
};

/** A shell says 128+n for signal n; timeout(1) says 124, and kills itself as well when the command ignored it. */
function readExit(status: number): Exit {
  if (status === 124) return 'timed out';
  const signal = signals[status - 128];
  return signal === undefined ? { code: status } : { signal };
}
