import type { Finding } from '../finding.ts';
import { introduction, type Instruction, type Remedy } from '../remedy.ts';
import type { Links } from './links.ts';
import { copyable, escape, fenced, folded } from './markdown.ts';
import { worstFirst, type Report } from './report.ts';
import { blocks } from './to-paste.ts';

/** What has to be fixed, as a numbered list: the errors, each with its remedies. */
export function toFix({ findings }: Report, links: Links): string {
  const errors = worstFirst(findings).filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return '';
  const items = errors.map((one, at) => item(one, `${at + 1}. `, links));
  return `### What to fix\n\n${items.join('\n\n')}`;
}

/** What stops nothing, to be done when there is time. */
export function mayWait({ findings }: Report, links: Links): string {
  const warnings = worstFirst(findings).filter(({ severity }) => severity === 'warning');
  if (warnings.length === 0) return '';
  const items = warnings.map((one) => item(one, '- ', links));
  return `### What may wait\n\n${items.join('\n\n')}`;
}

/** What is only said, out of sight until asked for. */
export function toKnow({ findings }: Report, links: Links): string {
  const notices = worstFirst(findings).filter(({ severity }) => severity === 'notice');
  if (notices.length === 0) return '';
  const items = notices.map((one) => item(one, '- ', links));
  const count = notices.length === 1 ? '1 note' : `${notices.length} notes`;
  return folded(count, items.join('\n\n'));
}

/** Of a doctor: everything that is missing, as a block for each who brings it. */
export function toPaste({ command, findings }: Report): string {
  const all = command === 'doctor' ? blocks(findings) : [];
  return all.length === 0 ? '' : `### To paste\n\n${instructions(all, false, '')}`;
}

const signs = { error: '', warning: '⚠️ ', notice: 'ℹ️ ' };

function item(finding: Finding, mark: string, links: Links): string {
  const { name, severity, message, remedies = [], at } = finding;
  const indent = ' '.repeat(mark.length);
  const where = at === undefined ? '' : ` (${escape(`${at.file}:${at.line}`)})`;
  const said = `${mark}${signs[severity]}**${escape(name)}**${where} · ${escape(ended(message))} ${explained(name, links)}`;
  const fixes = remedies.map((one, step) => instructions(one, step > 0, indent));
  return [said, ...fixes].join('\n\n');
}

/** What others say mostly ends without a full stop, and the link would go on with it. */
function ended(message: string): string {
  return /[.!?]\s*$/.test(message) ? message : `${message.trimEnd()}.`;
}

function explained(name: string, { findings }: Links): string {
  return findings === null
    ? '(`docs/findings.md` explains it)'
    : `[What does this mean?](${findings}#${name})`;
}

/** A remedy: where and what in words, and the lines below it to copy them. */
function instructions(remedy: Remedy, alternative: boolean, indent: string): string {
  return remedy
    .map((one, step) => {
      const words = `${indent}${escape(introduction(one, alternative && step === 0))}`;
      return one.lines.length === 0 ? words : `${words}\n\n${linesOf(one, indent)}`;
    })
    .join('\n\n');
}

function linesOf({ lines, long }: Instruction, indent: string): string {
  const text = lines.join('\n');
  if (long !== true) return copyable(text, indent);
  const language = text.startsWith('<?php') ? 'php' : '';
  return folded('Show the lines', fenced(text.trimEnd(), language, indent), indent);
}
