import type { HostText } from './host.ts';
import { inputs, type Input, type Inputs } from './inputs.ts';
import { Mistyped } from './parsers.ts';
import { remedies, type Given } from '../finding.ts';
import { compareHostKey, printHostKey } from '../remedies/ssh.ts';
import { inInputs, inWorkflow, onGitHub, type Remedy } from '../remedy.ts';
import type { Secret } from '../secret.ts';

/** One hop: where to log in and as whom. */
export interface Hop {
  readonly user: string;
  readonly host: string;
  readonly port: number;
}

/** All inputs, read and checked together. */
export interface Config extends Omit<
  Inputs,
  'host' | 'user' | 'port' | 'proxy-jump' | 'commit' | 'branch'
> {
  readonly target: Hop;
  /** The root of the application that visitors meet: the directory that holds spark. */
  readonly path: string;
  /** Input path: with release directories the directory that holds them. */
  readonly base: string;
  /** Where git keeps what all work trees have in common, and we keep our state. */
  readonly clone: string;
  /** Hosts to pass through, first one first. */
  readonly through: readonly Hop[];
  /** The commit to deploy; empty for `verify`, which takes what is live. */
  readonly commit: string;
  readonly branch: string;
  /** The tag of the run, where its commit goes to whatever branch the server follows; null elsewhere. */
  readonly tag: string | null;
  /** Every secret among the inputs, to be masked before anything is logged. */
  readonly secrets: readonly Secret[];
}

/** What is wrong with an input, as sentences, and what to do about it. */
export interface Problem {
  readonly message: string;
  readonly remedies: readonly Remedy[];
}

/** A problem with an input. */
export function problem(message: string, ...given: readonly Given[]): Problem {
  return { message, remedies: remedies(...given) };
}

/** Something is wrong with the inputs; nothing was touched. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly Problem[];
  constructor(problems: readonly Problem[]) {
    super(problems.map(({ message }) => message).join('\n'));
    this.problems = problems;
  }
}

/**
 * Reads the inputs. `given` maps input names (as in action.yml) to their texts; an empty text means left out.
 * @throws ConfigError with every problem at once
 */
export function parse(given: ReadonlyMap<string, string>): Config {
  const problems = unknownInputs(given);
  const read = readAll(given, problems);
  problems.push(...missing(read, given), ...unpinnable(read));
  const [target, ...others] = read.host ?? [];
  if (others.length > 0) problems.push(severalHosts(given.get('host') ?? ''));
  if (read['proxy-jump-password'] !== null && (read['proxy-jump'] ?? []).length !== 1)
    problems.push(
      problem(
        'Input proxy-jump-password is for one host in between, and no other may see it.',
        inInputs('Set proxy-jump to that host. For several use ssh-key.'),
      ),
    );
  if (problems.length > 0 || target === undefined) throw new ConfigError(problems);
  return assemble(read, target);
}

/** Names that inputs had before. */
const renamedInputs: Readonly<Record<string, string>> = {
  'carry-sessions': 'preserve-sessions',
  match: 'session-table-match',
  'db-may-be-used': 'allow-nonempty-database',
  jump: 'proxy-jump',
};

/** Inputs that do not exist, each as a problem. */
export function unknownInputs(given: ReadonlyMap<string, string>): Problem[] {
  return [...given.keys()]
    .filter((name) => !(name in inputs))
    .map((name) => {
      const meant = name.toLowerCase().replaceAll('_', '-');
      const renamed = renamedInputs[meant];
      if (renamed !== undefined) return problem(`Input ${name} is called ${renamed} now.`);
      return problem(
        `There is no input ${name}.`,
        inInputs(meant in inputs ? `Its name is ${meant}.` : 'docs/inputs.md has all of them.'),
      );
    });
}

/** Every input read; a mistyped one is a problem, and counts as left out. */
export function readAll(given: ReadonlyMap<string, string>, problems: Problem[]): Inputs {
  const entries = Object.entries<Input<unknown>>(inputs).map(
    ([name, { parse: read, otherwise, remedy, secret }]) => {
      const raw = given.get(name) ?? '';
      // A key keeps its line ends; everything else loses the blanks that YAML folding leaves.
      const text = secret ? raw : raw.trim();
      if (text.trim() === '') return [name, otherwise];
      try {
        return [name, read(text)];
      } catch (error) {
        if (!(error instanceof Mistyped)) throw error;
        // A private key is a secret in whatever input it was pasted by mistake.
        const hidden = secret || error.hides || text.includes('PRIVATE KEY');
        const shown = hidden ? '' : ` (it is ${JSON.stringify(text.slice(0, 80))})`;
        problems.push(problem(`Input ${name} ${error.message}${shown}.`, inInputs(remedy)));
        return [name, otherwise];
      }
    },
  );
  return Object.fromEntries(entries) as Inputs;
}

/** One run deploys to one host; a job for each of them is what GitHub has for that. */
function severalHosts(text: string): Problem {
  const all = text
    .split(/[,\n]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
  return problem('Input host names several hosts, and one run deploys to one.', [
    inWorkflow(
      'Give each host a job, one after the other',
      'strategy:',
      '  max-parallel: 1',
      '  matrix:',
      `    host: ["${all.join('", "')}"]`,
    ),
    inInputs('', 'host: ${{ matrix.host }}'),
  ]);
}

/** `.env` pins a session folder between quotes, and a release has no other name than the one below this path. */
function unpinnable({ strategy, path }: Inputs): Problem[] {
  if (strategy === 'in-place' || !/['"\\$]/.test(path)) return [];
  return [
    problem(
      `Input path is ${path}, and with strategy releases it must not have a quote, a backslash or a $: .env could not hold it.`,
      [inInputs('Set path to a symbolic link whose name has none of them.')],
    ),
  ];
}

function missing(read: Inputs, given: ReadonlyMap<string, string>): Problem[] {
  // A mistyped value is reported as such already.
  const leftOut = (name: string): boolean => (given.get(name) ?? '').trim() === '';
  const deploys = ['deploy', 'plan'].includes(read.command);
  const moves = ['deploy', 'plan', 'rollback'].includes(read.command);
  const nameless = read.host !== null && read.host[0]?.user === undefined;
  const lacks: readonly (readonly [keyof Inputs, boolean, string])[] = [
    ['host', read.host === null, 'the server to deploy to.'],
    ['user', nameless && read.user === null, 'whom to log in as.'],
    ['ssh-key', !read['ssh-key'] && !read.password, 'the key to log in with.'],
    [
      'proxy-jump-password',
      read['proxy-jump'] !== null && !read['ssh-key'] && !read['proxy-jump-password'],
      'password goes to the server alone, so the host in between needs ssh-key or a password of its own.',
    ],
    [
      'known-hosts',
      !read['known-hosts'] && read['host-fingerprint'].length === 0,
      'without it (or host-fingerprint) nobody knows that the server is yours.',
    ],
    ['commit', deploys && !read.commit, 'what to deploy.'],
    ['branch', moves && !read.branch, 'where the commit belongs.'],
  ];
  return lacks
    .filter(([name, isMissing]) => isMissing && leftOut(name))
    .map(([name, , why]) =>
      problem(`Input ${name} is missing: ${why}`, ...toSet(name, read, given.has(name))),
    );
}

/** What to do about an input that is missing; `empty` where the workflow sets it, and nothing is in it. */
function toSet(name: keyof Inputs, read: Inputs, empty: boolean): readonly Given[] {
  const [target] = read.host ?? [];
  if (name === 'known-hosts' && target !== undefined) {
    const at = { host: target.host, port: target.port ?? read.port };
    return [[...compareHostKey(at), printHostKey(at), inInputs('Set known-hosts to that line.')]];
  }
  const own = inInputs(inputs[name].remedy);
  return empty && inputs[name].secret ? [onGitHub(emptySecret), own] : [own];
}

const emptySecret =
  'The secret is empty, or does not exist here. Look at its name, and at the environment it belongs to. Runs of a fork get no secrets.';

function assemble(read: Inputs, target: HostText): Config {
  const hop = (text: HostText, port: number): Hop => ({
    user: text.user ?? read.user ?? '',
    host: text.host,
    port: text.port ?? port,
  });
  const secrets = Object.values(read).filter(isSecret);
  return {
    ...read,
    base: read.path,
    clone: read.path,
    target: hop(target, read.port),
    through: (read['proxy-jump'] ?? []).map((text) => hop(text, 22)),
    commit: read.commit ?? '',
    branch: read.branch ?? '',
    tag: null,
    secrets,
  };
}

function isSecret(value: unknown): value is Secret {
  return typeof value === 'object' && value !== null && 'reveal' in value;
}
