import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { errorFinding } from '../../src/finding.ts';
import { onServer } from '../../src/remedy.ts';
import { markdown } from '../../src/report/summary.ts';
import { Browser, type Screen } from './browser.ts';
import { pageOf } from './page.ts';
import { scenes } from './scenes.ts';

// What is wider than the place it has: cut off, or to be scrolled. A table scrolls by itself on a screen below 390 pixels.
const overflowing = `[...document.querySelectorAll('html, article, h2, h3, p, li, pre, table')]
  .filter((one) => one.tagName !== 'TABLE' || innerWidth >= 390)
  .filter((one) => one.scrollWidth > one.clientWidth && (one.tagName === 'TABLE' || one.closest('table') === null))
  .filter((one) => !(one.closest('details')?.open === false))
  .map((one) => one.tagName + ': ' + one.textContent.slice(0, 60))`;
// Text that nobody can read: as good as the colour of what it stands on.
const colours = `(() => { const { color } = getComputedStyle(document.querySelector('article'));
  return [color, getComputedStyle(document.body).backgroundColor]; })()`;

const screens: readonly Screen[] = [
  { width: 960, theme: 'light' },
  { width: 960, theme: 'dark' },
  { width: 390, theme: 'light' },
  { width: 320, theme: 'dark' },
];

let browser: Browser;
let folder = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ci4-deploy-rendered-'));
  browser = await Browser.open();
}, 60_000);

afterAll(async () => {
  await browser[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

async function show(page: string, screen: Screen): Promise<void> {
  const file = join(folder, 'page.html');
  writeFileSync(file, pageOf(page));
  await browser.show(file, screen);
}

describe.each(Object.entries(scenes))('%s', (_name, [report, besides]) => {
  test.each(screens)('is whole on $width pixels, $theme', async (screen) => {
    await show(markdown(report, besides), screen);
    expect(await browser.evaluate(overflowing)).toEqual([]);
    expect(await browser.evaluate('document.documentElement.clientWidth')).toBe(screen.width);
    expect(await browser.evaluate(colours)).toEqual(
      screen.theme === 'dark'
        ? ['rgb(240, 246, 252)', 'rgb(13, 17, 23)']
        : ['rgb(31, 35, 40)', 'rgb(255, 255, 255)'],
    );
  });

  test('begins with the outcome, then the site, then what to fix where there is something', async () => {
    await show(markdown(report, besides), { width: 960, theme: 'light' });
    const shown = await browser.evaluate(
      `[...document.querySelector('article').children].slice(0, 2).map((one) => one.tagName)`,
    );
    expect(shown).toEqual(['H2', 'P']);
    const first = await browser.evaluate(`document.querySelector('h3').textContent`);
    const wrong = report.findings.some(({ severity }) => severity === 'error');
    expect(first === 'What to fix').toBe(wrong);
  });
});

test('lines are copied as they are, however they break', async () => {
  const [report, besides] = scenes['rolled-back'] ?? [];
  if (report === undefined) throw new Error('no such scene');
  const lines = [
    `sudo -u nicolas sh -c 'cd /var/www/kayart && printf "%s  %s" "a \`b\`" c >> .env'`,
    '    indented: {a: 1,  b: 2}',
    `mysql -e ${'x'.repeat(200)}`,
  ];
  const findings = [errorFinding('dirty-tree', 'x', onServer('Paste', ...lines))];
  await show(markdown({ ...report, findings }, besides), { width: 390, theme: 'light' });
  expect(await browser.evaluate(overflowing)).toEqual([]);
  const copied = await browser.evaluate(`(() => {
    const block = [...document.querySelectorAll('li p')].find((one) => one.querySelector('br'));
    getSelection().selectAllChildren(block);
    return getSelection().toString(); })()`);
  expect(copied).toBe(lines.join('\n'));
});

test('what does not fit is found: a fence with a long line', async () => {
  await show(`\`\`\`\n${'x'.repeat(200)}\n\`\`\`\n`, { width: 390, theme: 'light' });
  expect(await browser.evaluate(overflowing)).toEqual([expect.stringContaining('PRE: xxx')]);
});
