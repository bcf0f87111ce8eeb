import type { Finding, Severity } from '../finding.ts';
import type { StepResult, UndoResult } from '../plan/results.ts';
import { introduction, type Remedy } from '../remedy.ts';
import { cleaned } from '../report/harmless.ts';
import { siteNow, title } from '../report/outcome.ts';
import { closing, isGreen, worstFirst, type Report } from '../report/report.ts';
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
  const report = cleaned(reported);
  const green = isGreen(report);
  const parts = [
    `${paint(green ? 'green' : 'red', `${green ? '✓' : '✗'} ${title(report)}`)}\n${siteNow(report, (id) => id.slice(0, 10))}`,
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
      `     ${introduction(one, alternative && step === 0)}`,
      ...one.lines.flatMap((text) => text.split('\n').map((line) => `         ${line}`)),
    ])
    .join('\n');
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
    const found = ok ? actual : `${actual}, and not ${expected}`;
    return `  ${paint(ok ? 'green' : 'red', ok ? '✓' : '✗')} ${name.padEnd(12)}${found}`;
  });
  return list(paint('bold', 'The session table'), rows);
}

function steps({ hosts }: Report, paint: Paint): string {
  const rows = hosts.flatMap(({ steps: ran, undone }) => [
    ...ran.map((one) => step(one, paint)),
    ...undone.filter(({ seconds }) => seconds !== undefined).map((one) => undo(one, paint)),
  ]);
  return list(paint('bold', 'Steps'), rows);
}

function step({ title: whole, seconds, result, notes = [] }: StepResult, paint: Paint): string {
  const [name = '', ...about] = whole.split(': ');
  const done = result === 'done';
  const sign = paint(done ? 'green' : 'red', done ? '✓' : '✗');
  return row(sign, name, seconds, notes.length === 0 ? about.join(': ') : notes.join(' '));
}

function undo({ name, seconds = 0, result, notes = [] }: UndoResult, paint: Paint): string {
  const stranded = typeof result === 'object';
  const how = stranded ? 'could not be rolled back' : result === 'undone' ? 'rolled back' : result;
  const sign = paint(stranded ? 'red' : 'yellow', stranded ? '✗' : '↩');
  return row(sign, name, seconds, [how, ...notes].join('. '));
}

function row(sign: string, name: string, seconds: number, words: string): string {
  return `  ${sign} ${name.padEnd(9)}${seconds.toFixed(1).padStart(6)} s  ${words}`;
}
