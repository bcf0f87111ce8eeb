/** What a program asks of the runner by printing a line. */
export interface WorkflowCommand {
  /** In lower case: the runner takes `::Error::` too. */
  readonly name: string;
  /** Keys in lower case. */
  readonly properties: ReadonlyMap<string, string>;
  readonly data: string;
}

/** The names that the runner knows; a line with any other name is ordinary output (actions/runner, ActionCommandManager.cs). */
export const commandNames: ReadonlySet<string> = new Set([
  'add-mask',
  'add-matcher',
  'add-path',
  'debug',
  'echo',
  'endgroup',
  'error',
  'group',
  'notice',
  'remove-matcher',
  'save-state',
  'set-env',
  'set-output',
  'stop-commands',
  'warning',
]);

// The per cent sign comes last, as in the runner: %250A is the text %0A, not a line end.
const dataSigns = { '%0D': '\r', '%0A': '\n', '%25': '%' };
const propertySigns = { '%0D': '\r', '%0A': '\n', '%3A': ':', '%2C': ',', '%25': '%' };
const oldSigns = { '%3B': ';', '%0D': '\r', '%0A': '\n', '%5D': ']', '%25': '%' };

function decode(text: string, signs: Record<string, string>): string {
  return Object.entries(signs).reduce((so, [code, sign]) => so.replaceAll(code, sign), text);
}

/**
 * Reads one line as the runner does (actions/runner, ActionCommand.cs): `::name key=value,key=value::data` after
 * leading blanks, or `##[name key=value;key=value]data` anywhere in the line.
 * @returns null when the line is ordinary output
 */
export function parseCommand(
  line: string,
  names: ReadonlySet<string> = commandNames,
): WorkflowCommand | null {
  return colons(line, names) ?? brackets(line, names);
}

function colons(line: string, names: ReadonlySet<string>): WorkflowCommand | null {
  // .NET counts U+0085 among the blanks, JavaScript does not.
  const text = line.replace(/^[\s\u0085]+/, '');
  const end = text.indexOf('::', 2);
  if (!text.startsWith('::') || end < 0) return null;
  return command(text.slice(2, end), names, ',', propertySigns, () =>
    decode(text.slice(end + 2), dataSigns),
  );
}

function brackets(line: string, names: ReadonlySet<string>): WorkflowCommand | null {
  const start = line.indexOf('##[');
  const end = line.indexOf(']', start);
  if (start < 0 || end < 0) return null;
  return command(line.slice(start + 3, end), names, ';', oldSigns, () =>
    decode(line.slice(end + 1), oldSigns),
  );
}

function command(
  head: string,
  names: ReadonlySet<string>,
  separator: string,
  signs: Record<string, string>,
  data: () => string,
): WorkflowCommand | null {
  const blank = head.indexOf(' ');
  const name = (blank < 0 ? head : head.slice(0, blank)).toLowerCase();
  if (!names.has(name)) return null;
  const pairs = blank < 0 ? [] : head.slice(blank + 1).split(separator);
  const properties = new Map<string, string>();
  for (const pair of pairs) {
    const [, key = '', value = ''] = /^\s*([^=]+)=(.+)$/s.exec(pair) ?? [];
    if (key !== '') properties.set(key.toLowerCase(), decode(value, signs));
  }
  return { name, properties, data: data() };
}
