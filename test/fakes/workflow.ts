import type { Finding } from '../../src/finding.ts';
import { noLinks } from '../../src/report/links.ts';
import type { Destination } from '../../src/report/publish.ts';
import { type Workflow, annotationText } from '../../src/report/workflow.ts';

/** Where nothing but the report leads to. */
export const destination: Destination = {
  ...{ file: '/tmp/report.json', comment: '', links: noLinks },
};

/** The runner, in memory. */
export class FakeWorkflow implements Workflow {
  readonly lines: string[] = [];
  readonly annotations: Finding[] = [];
  readonly masks: string[] = [];
  readonly outputs: Record<string, string> = {};
  readonly saved: Record<string, string> = {};
  page = '';

  group(title: string): void {
    this.lines.push(`> ${title}`);
  }
  endGroup(): void {
    this.lines.push('<');
  }
  info(line: string): void {
    this.lines.push(line);
  }
  /** The runner prints what it annotates, with a sign before it (actions/runner, ExecutionContext.cs, AddIssue). */
  annotate(finding: Finding): void {
    this.annotations.push(finding);
    const { severity, message, remedies } = finding;
    const text = annotationText(message, remedies);
    this.lines.push(...`##[${severity}]${text}`.split('\n'));
  }
  mask(value: string): void {
    this.masks.push(value);
  }
  output(name: string, value: string): void {
    this.outputs[name] = value;
  }
  saveState(name: string, value: string): void {
    this.saved[name] = value;
  }
  state(name: string): string {
    return this.saved[name] ?? '';
  }
  async summary(markdown: string): Promise<void> {
    this.page = markdown;
  }
}
