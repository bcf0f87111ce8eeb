import { isError, type Finding, type Severity } from '../finding.ts';
import type { StepResult, UndoResult } from '../plan/results.ts';
import { introduction, onCommandLine, type Instruction, type Remedy } from '../remedy.ts';
import { cleaned } from '../report/harmless.ts';
import { siteNow, title } from '../report/outcome.ts';
import { closing, isGreen, worstFirst, type Report } from '../report/report.ts';
import { inFlags } from './flags.ts';
import { planLines } from '../report/plan.ts';
import { releaseLines } from '../report/releases.ts';
import { inOurWords, shortTitle, stepWords, titleOf, undoWords } from '../report/words.ts';
import { blocks } from '../report/to-paste.ts';

const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33 } as const;
type Colour = keyof typeof codes;

/** Text in a colour, for a terminal; elsewhere as it is. */
export type Paint = (colour: Colour, text: string) => string;

/** How text is painted. */
export function painter(colours: boolean): Paint {
  if (!colours) return (_, text) => text;
  return (colour, text) => `\u001b[${codes[colour]}m${text}\u001b[0m`;
}

/** The report as text, in the order of the step summary; its last line says how much there is to fix. */
export function reportText(reported: Report, paint: Paint): string {
  const report = cleaned({ ...reported, findings: reported.findings.map(inFlags) });
  const green = isGreen(report);
  const parts = [
    `${paint(green ? 'green' : 'red', `${green ? '✓' : '✗'} ${title(report)}`)}\n${siteNow(report, (id) => id.slice(0, 10))}`,
    asked(report),
    list(paint('bold', 'What to fix'), findings(report, 'error', paint)),
    list(paint('bold', 'Not verified'), report.unverified.map(item)),
    toPaste(report, paint),
    list(paint('bold', 'What may wait'), findings(report, 'warning', paint)),
    list(paint('bold', 'Good to know'), findings(report, 'notice', paint)),
    list(paint('bold', 'Ready'), report.ready.map(item)),
    report.printed ?? '',
    columns(report, paint),
    steps(report, paint),
    report.findings.length === 0 ? '' : paint('dim', 'docs/findings.md explains each finding.'),
    paint('bold', closing(report)),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** What was asked for: the plan, or the list of deploys. */
function asked({ hosts }: Report): string {
  return hosts
    .flatMap(({ plan, releases = [] }) => [
      ...(plan === undefined ? [] : planLines(plan)),
      ...releaseLines(releases),
    ])
    .join('\n');
}

function list(heading: string, items: readonly string[]): string {
  return items.length === 0 ? '' : [heading, ...items].join('\n');
}

function item(text: string): string {
  return `  - ${text}`;
}

const colours = { error: 'red', warning: 'yellow', notice: 'dim' } as const;

function findings(report: Report, wanted: Severity, paint: Paint): readonly string[] {
  return worstFirst(report.findings)
    .filter(({ severity }) => severity === wanted)
    .map((one, at) => finding(one, wanted === 'error' ? `${at + 1}.` : '-', paint));
}

function finding(
  { name, severity, message, remedies = [], at }: Finding,
  mark: string,
  paint: Paint,
): string {
  const where = at === undefined ? '' : ` at ${at.file}:${at.line}`;
  const head = `  ${mark} ${paint(colours[severity], name)}${where}: ${message}`;
  return [head, ...remedies.map((one, step) => remedyText(one, step > 0))].join('\n');
}

function remedyText(remedy: Remedy, alternative: boolean): string {
  return remedy
    .flatMap((one, step) => [
      `     ${introduction(one, alternative && step === 0, onCommandLine)}`,
      ...linesOf(one).map((line) => `         ${line}`),
    ])
    .join('\n');
}

/** Lines to paste; an input is a flag here. */
function linesOf({ where, lines }: Instruction): readonly string[] {
  const all = lines.flatMap((text) => text.split('\n'));
  return where === 'inputs' ? all.map(asFlag) : all;
}

/** `reload: never` as `--reload never`; a secret of a workflow comes from a file here, and no other line is touched. */
function asFlag(line: string): string {
  const [, name = '', value = ''] = /^([a-z][a-z-]*): (\S.*)$/.exec(line) ?? [];
  if (name === '') return line;
  if (value.startsWith('${{')) return `--${name}-file FILE`;
  return `--${name} ${/^[\w./:@+-]+$/.test(value) ? value : quote(value)}`;
}

/** A word of a shell, whatever is in it. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Of a doctor: everything that is missing once more, as a block for each who brings it. */
function toPaste({ command, findings: found }: Report, paint: Paint): string {
  const all = command === 'doctor' ? blocks(found) : [];
  return all.length === 0
    ? ''
    : `${paint('bold', 'To paste, all of it')}\n${remedyText(all, false)}`;
}

function columns({ columns: read }: Report, paint: Paint): string {
  const rows = read.map(({ name, expected, actual, ok }) => {
    const found = ok ? inOurWords(actual) : `${actual}, and not ${expected}`;
    return `  ${paint(ok ? 'green' : 'red', ok ? '✓' : '✗')} ${name.padEnd(12)}${found}`;
  });
  return list(paint('bold', 'The session table'), rows);
}

function steps({ hosts, findings: found }: Report, paint: Paint): string {
  const errors = found.filter(isError).map(({ name }) => name);
  const rows = hosts.flatMap(({ steps: ran, undone }) => [
    ...ran.map((one) => step(one, errors, paint)),
    ...undone
      .filter(({ seconds }) => seconds !== undefined)
      .map((one) => undo(one, titleOf(one, ran), paint)),
  ]);
  return list(paint('bold', 'Steps'), rows);
}

function step(one: StepResult, errors: readonly string[], paint: Paint): string {
  const done = one.result === 'done';
  const sign = paint(done ? 'green' : 'red', done ? '✓' : '✗');
  return row(sign, shortTitle(one), one.seconds, stepWords(one, errors));
}

function undo(one: UndoResult, name: string, paint: Paint): string {
  const stranded = typeof one.result === 'object';
  const sign = paint(stranded ? 'red' : 'yellow', stranded ? '✗' : '↩');
  return row(sign, name, one.seconds ?? 0, undoWords(one));
}

function row(sign: string, name: string, seconds: number, words: string): string {
  return `  ${sign} ${name.padEnd(9)}${seconds.toFixed(1).padStart(6)} s  ${words}`;
}
