import { isMap, isScalar, isSeq } from 'yaml';
import { duration, mayBeDelivered, Mistyped } from './parsers.ts';
import type { SettingsNodes } from './settings-nodes.ts';

/** One command of the repository, to run on the server. */
export interface OwnCommand {
  /** A line for `sh`. */
  readonly run: string;
  /** Seconds after which it is killed, with all that it started. */
  readonly limit: number;
  /** Whether its failure stops the deploy. */
  readonly mustSucceed: boolean;
  /** On each server, or on the first one alone. */
  readonly hosts: 'each' | 'first';
  /** Paths below the root of the application that it makes in the stage, and that go live with the commit. */
  readonly makes: readonly string[];
  readonly line: number;
}

/** The moments at which commands run, by their keys in the file. */
export const moments = ['in-stage', 'after-switch', 'after-rollback'] as const;
export type Moment = (typeof moments)[number];

/** What the repository runs, moment by moment. */
export type OwnCommands = Readonly<Record<Moment, readonly OwnCommand[]>>;

/** Nothing. */
export const noCommands: OwnCommands = { 'in-stage': [], 'after-switch': [], 'after-rollback': [] };

type Draft = { -readonly [Part in keyof OwnCommand]: OwnCommand[Part] };

/** What stands under `commands`. */
export function readCommands(nodes: SettingsNodes, node: unknown, at: number): OwnCommands {
  const found: Record<Moment, readonly OwnCommand[]> = { ...noCommands };
  const readers = moments.map((moment) => [
    moment,
    (value: unknown, from: number): void => {
      found[moment] = readList(nodes, value, from, moment);
    },
  ]);
  nodes.each(node, at, 'commands', Object.fromEntries(readers) as Record<Moment, Reader>);
  return found;
}

type Reader = (value: unknown, at: number) => void;

function readList(
  nodes: SettingsNodes,
  node: unknown,
  at: number,
  moment: Moment,
): readonly OwnCommand[] {
  if (!isSeq(node)) {
    nodes.complain(at, `${moment} must be a list of commands`);
    return [];
  }
  return node.items.map((item) => readOne(nodes, item, placeOf(item) ?? at, moment));
}

function placeOf(node: unknown): number | undefined {
  return isScalar(node) || isMap(node) ? node.range?.[0] : undefined;
}

/** `npm ci`, or the same with its keys: `run: npm ci`. */
function readOne(nodes: SettingsNodes, node: unknown, at: number, moment: Moment): OwnCommand {
  const one: Draft = {
    run: '',
    limit: 300,
    mustSucceed: true,
    hosts: 'each',
    makes: [],
    line: nodes.lineAt(at),
  };
  if (isScalar(node)) one.run = String(node.value);
  else nodes.each(node, at, 'a command', readersOf(nodes, one, moment));
  if (one.run.trim() === '') nodes.complain(at, 'A command needs a line to run: run');
  return one;
}

function readersOf(nodes: SettingsNodes, one: Draft, moment: Moment): Record<string, Reader> {
  return {
    run: (value) => {
      one.run = textOf(value);
    },
    limit: (value, at) => {
      one.limit = secondsOf(nodes, textOf(value), at);
    },
    'must-succeed': (value, at) => {
      const word = textOf(value);
      if (word !== 'true' && word !== 'false') {
        nodes.complain(at, 'must-succeed must be true or false');
      }
      one.mustSucceed = word !== 'false';
    },
    hosts: (value, at) => {
      const word = textOf(value);
      if (word === 'each' || word === 'first') one.hosts = word;
      else nodes.complain(at, 'hosts must be one of: each, first');
    },
    ...(moment === 'in-stage'
      ? {
          makes: (value: unknown, at: number) => {
            one.makes = pathsOf(nodes, value, at);
          },
        }
      : {}),
  };
}

function textOf(node: unknown): string {
  return isScalar(node) ? String(node.value) : '';
}

function secondsOf(nodes: SettingsNodes, text: string, at: number): number {
  try {
    return duration(text);
  } catch (fault) {
    if (!(fault instanceof Mistyped)) throw fault;
    nodes.complain(at, `limit ${fault.message}`);
    return 0;
  }
}

/** One path or several, each below the root of the application and none of them vendor, which is Composer's. */
function pathsOf(nodes: SettingsNodes, node: unknown, at: number): readonly string[] {
  const paths = (isSeq(node) ? node.items : [node])
    .map(textOf)
    .map((path) => path.replace(/\/+$/, ''));
  for (const path of paths) {
    if (!mayBeDelivered(path)) {
      nodes.complain(
        at,
        `makes must name files or folders below the application, like public/build`,
      );
    }
  }
  return paths;
}
