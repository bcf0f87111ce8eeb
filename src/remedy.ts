/** Who pastes the lines of an instruction, and where. */
export type Where =
  /** A shell on the server. */
  | 'server'
  /** A shell on the computer that ssh starts from. */
  | 'computer'
  /** A shell in a clone of the repository, on that computer. */
  | 'clone'
  /** A file of the repository. */
  | 'repository'
  /** Inputs of the step, below `with:`. */
  | 'inputs'
  /** The workflow file, outside of the step. */
  | 'workflow'
  /** The settings of the repository where it is hosted, mostly on GitHub. */
  | 'github'
  /** A client of the database. */
  | 'database'
  /** Nothing can be pasted: a person has to look, or to decide. */
  | 'person';

/** One thing to do. */
export interface Instruction {
  readonly where: Where;
  /** The account of the server that pastes; absent where any will do, and elsewhere. */
  readonly as?: string;
  /** What to do there, or what the lines do: sentences. */
  readonly what: string;
  /** To paste as they stand; none where nothing can be pasted. */
  readonly lines: readonly string[];
  /** The lines only show something, for a person to judge; nothing is put right by them. */
  readonly shows?: true;
  /** The lines are a whole file: pages fold it, logs leave it out. */
  readonly long?: true;
}

/** What puts one finding right: instructions in their order. */
export type Remedy = readonly Instruction[];

/** The step that checks a repository out, pinned as in our pages. */
export const checkoutStep =
  '- uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2';

/** The step that sets PHP up, pinned as in `check/action.yml`. */
export const setupPhpStep =
  '- uses: shivammathur/setup-php@f3e473d116dcccaddc5834248c87452386958240 # 2.37.2';

/** For who may become root on the server. Each line has `sudo` where it needs it, so root may paste it too. */
export function asRoot(what: string, ...lines: readonly string[]): Instruction {
  return { where: 'server', as: 'root', what, lines };
}

/** For any account of the server. */
export function onServer(what: string, ...lines: readonly string[]): Instruction {
  return { where: 'server', what, lines };
}

/** For an account of the server. */
export function asUser(user: string, what: string, ...lines: readonly string[]): Instruction {
  return { where: 'server', as: user, what, lines };
}

/** Lines that show something, for any account of the server. */
export function toSee(what: string, ...lines: readonly string[]): Instruction {
  return { where: 'server', what, lines, shows: true };
}

/** Lines that show something, for who may become root. */
export function toSeeAsRoot(what: string, ...lines: readonly string[]): Instruction {
  return { where: 'server', as: 'root', what, lines, shows: true };
}

/** For a shell in a clone of the repository. */
export function inClone(what: string, ...lines: readonly string[]): Instruction {
  return { where: 'clone', what, lines };
}

/** Lines that show something in a clone of the repository. */
export function toSeeInClone(what: string, ...lines: readonly string[]): Instruction {
  return { where: 'clone', what, lines, shows: true };
}

/** For the computer that a person sits at. */
export function onComputer(what: string, ...lines: readonly string[]): Instruction {
  return { where: 'computer', what, lines };
}

/** Lines of a file of the repository. */
export function inRepository(what: string, ...lines: readonly string[]): Instruction {
  return { where: 'repository', what, lines };
}

/** Inputs of the step, as `name: value`. */
export function inInputs(what: string, ...lines: readonly string[]): Instruction {
  return { where: 'inputs', what, lines };
}

/** Lines of the workflow file outside of the step. */
export function inWorkflow(what: string, ...lines: readonly string[]): Instruction {
  return { where: 'workflow', what, lines };
}

/** For the settings of the repository, mostly on GitHub. */
export function onGitHub(what: string, ...lines: readonly string[]): Instruction {
  return { where: 'github', what, lines };
}

/** Statements for a client of the database. */
export function inDatabase(what: string, ...lines: readonly string[]): Instruction {
  return { where: 'database', what, lines };
}

/** What a person has to find out or to decide, in a sentence. */
export function advice(what: string): Instruction {
  return { where: 'person', what, lines: [] };
}

const headings: Readonly<Record<Where, string>> = {
  server: 'On the server',
  computer: 'On your computer',
  clone: 'In a clone of the repository, on your computer',
  repository: 'In the repository',
  inputs: 'In the workflow, as inputs of the step',
  workflow: 'In the workflow file',
  github: 'In the settings of the repository',
  database: 'In the database',
  person: '',
};

/** What is called otherwise where no workflow runs. */
export const onCommandLine: Readonly<Partial<Record<Where, string>>> = {
  inputs: 'With flags of this command',
  workflow: 'Where this command runs',
  github: 'Where this command gets its secrets',
};

/** Who has to do it and where, as the beginning of a sentence; empty where that makes no difference. */
export function heading({ where, as }: Instruction): string {
  return as === undefined ? headings[where] : `${headings[where]}, as ${as}`;
}

/**
 * An instruction as a line that says where and what; its own lines come after it.
 * @param called places that are called otherwise here
 */
export function introduction(
  instruction: Instruction,
  alternative: boolean,
  called: Readonly<Partial<Record<Where, string>>> = {},
): string {
  const place = called[instruction.where] ?? heading(instruction);
  const { what, lines } = instruction;
  const or = alternative ? 'Or. ' : '';
  if (place === '') return `${or}${what}`;
  if (what === '') return `${or}${place}:`;
  const end = lines.length === 0 ? '' : ':';
  return `${or}${place}: ${what.replace(/\.$/, end === '' ? '.' : '')}${end}`;
}

/** All remedies as text: where and what, and below it the lines, indented and otherwise untouched. */
export function remedyText(remedies: readonly Remedy[], indent = '    '): string {
  return remedies
    .flatMap((remedy, at) =>
      remedy.flatMap((one, step) => [
        introduction(one, at > 0 && step === 0),
        ...shortLines(one).map((line) => `${indent}${line}`),
      ]),
    )
    .join('\n');
}

function shortLines({ lines, long }: Instruction): readonly string[] {
  if (long === true) return ['(The step summary has these lines.)'];
  return lines.flatMap((line) => line.split('\n'));
}
