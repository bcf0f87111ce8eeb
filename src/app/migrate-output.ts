import { succeeded, type Output } from '../server/command.ts';

/** What `php spark migrate` itself says went wrong. */
export interface MigrateFault {
  /** One line: the exception's class and message, or how the command ended. */
  readonly message: string;
  /** Path below the application's root (absolute where it lies outside) and line. */
  readonly at: { readonly file: string; readonly line: number } | null;
}

/**
 * Looks for evidence of failure. `null` is no evidence of success. The command ends with 0 and the text of success
 * when a query failed with DBDebug off. So it does when a lock was stale, or when a file was not seen (tried on 4.0.4 to 4.7.2).
 * @param root absolute path of the tree it ran in, to shorten absolute paths
 */
export function readMigrateOutput(output: Output, root = ''): MigrateFault | null {
  const lines = plainLines(output.stdout);
  const fault = thrown(lines, root) ?? fatal([...lines, ...plainLines(output.stderr)], root);
  if (fault !== null) return fault;
  if (!succeeded(output)) return { message: ended(output), at: null };
  const text = lines.join('').trim();
  // `""` alone: an exception before spark had a console, in practice a writable/cache that is not writable (4.5 to 4.7).
  if (text === '' || text === '""') {
    return { message: 'spark printed nothing. May it write to writable/cache?', at: null };
  }
  return null;
}

function plainLines(text: string): readonly string[] {
  // eslint-disable-next-line no-control-regex -- colours of 4.0.3, which does not look for a terminal
  return text.replace(/\u001b\[[\d;]*m/g, '').split(/\r?\n/);
}

/** `[Class]`, the message, `at FILE:LINE`: app/Views/errors/cli/error_exception.php, the same from 4.0.4 to 4.7.2. */
function thrown(lines: readonly string[], root: string): MigrateFault | null {
  const start = lines.findIndex((line) => /^\[[A-Za-z0-9_\\]+\]$/.test(line.trim()));
  if (start < 0) return null;
  const name = lines[start]?.trim().slice(1, -1) ?? '';
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => place(line) !== null);
  const said = rest.slice(0, end < 0 ? 5 : end).join(' ');
  const at = end < 0 ? null : place(rest[end] ?? '');
  return { message: `${name}: ${oneLine(said)}`, at: at && { ...at, file: below(at.file, root) } };
}

function place(line: string): MigrateFault['at'] {
  const [, file, number] = /^\s*at (\S.*):(\d+)\s*$/.exec(line) ?? [];
  return file === undefined ? null : { file, line: Number(number) };
}

/** PHP's own words, where it ended before the framework could catch anything. */
function fatal(lines: readonly string[], root: string): MigrateFault | null {
  for (const line of lines) {
    const found =
      /^(?:PHP )?((?:Fatal|Parse|Compile) error: .*?)(?: in (\/.+?)(?::(\d+)| on line (\d+)))?$/.exec(
        line.trim(),
      );
    if (found === null) continue;
    const [, message = '', file, colon, words] = found;
    const at =
      file === undefined ? null : { file: below(file, root), line: Number(colon ?? words) };
    return { message: oneLine(message), at };
  }
  return null;
}

function ended({ exit, stdout, stderr }: Output): string {
  const said = oneLine(stderr || stdout).slice(-300);
  const how =
    exit === 'timed out'
      ? 'did not end in time (input step-timeout); it may have waited for a table that another connection holds: SELECT * FROM information_schema.INNODB_TRX'
      : 'signal' in exit
        ? `was killed by ${exit.signal}${exit.signal === 'SIGKILL' ? ' (when memory ran out, dmesg says so)' : ''}`
        : `ended with status ${exit.code}`;
  return `php spark migrate ${how}${said === '' ? '' : `: ${said}`}`;
}

// clean_path() of system/Common.php writes these for the folders of the default layout.
const folders: Readonly<Record<string, string>> = {
  APPPATH: 'app/',
  SYSTEMPATH: 'system/',
  FCPATH: 'public/',
  VENDORPATH: 'vendor/',
  ROOTPATH: '',
};

function below(file: string, root: string): string {
  const [, folder = '', rest = ''] = /^([A-Z]+PATH)\/(.*)$/.exec(file) ?? [];
  const known = folders[folder];
  if (known !== undefined) return known + rest;
  return root !== '' && file.startsWith(`${root}/`) ? file.slice(root.length + 1) : file;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
