import { expect, test } from '@jest/globals';
import { onScreen, Screen } from '../../../src/cli/screen.ts';
import { WorkflowLog } from '../../../src/report/log.ts';

class Kept {
  text = '';
  readonly isTTY: boolean;
  constructor(isTTY: boolean) {
    this.isTTY = isTTY;
  }
  write(text: string): void {
    this.text += text;
  }
}

test('a terminal has a line that says what is going on, and it gives way to what is said', () => {
  const to = new Kept(true);
  const screen = new Screen(to);
  screen.status('Stage (1 s)');
  screen.line('words');
  screen.line('more');
  expect(to.text).toBe('\r\u001b[2K\u001b[2mStage (1 s)\u001b[0m\r\u001b[2Kwords\nmore\n');
});

test('what is no terminal has lines alone', () => {
  const to = new Kept(false);
  const screen = new Screen(to);
  screen.status('Stage (1 s)');
  screen.line('words');
  screen.clear();
  expect(to.text).toBe('words\n');
});

test('a secret is shown nowhere: whole, by a line of it, or beside a shorter one', () => {
  const to = new Kept(true);
  const screen = new Screen(to);
  const workflow = onScreen(screen);
  workflow.mask('one');
  workflow.mask('one-two\nthree\n');
  const log = new WorkflowLog(workflow, () => 0);
  log.group('Stage one');
  log.say('a one-two b\nthree');
  screen.status('three');
  expect(to.text).not.toMatch(/one|two|three/);
  expect(screen.masked('one-two, one')).toBe('***, ***');
});
