// Draws docs/pictures: each summary on a wide screen, in the dark, and on a phone.
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, stdout } from 'node:process';
import { execFileSync } from 'node:child_process';
import { markdown } from '../../src/report/summary.ts';
import { Browser, type Screen } from './browser.ts';
import { pageOf } from './page.ts';
import { scenes } from './scenes.ts';

const wide: Screen = { width: 960, theme: 'light' };
const dark: Screen = { width: 960, theme: 'dark' };
const phone: Screen = { width: 390, theme: 'light' };

const pictures: readonly (readonly [scene: string, suffix: string, screen: Screen])[] = Object.keys(
  scenes,
).flatMap((name) => [
  [name, '', wide] as const,
  [name, '-dark', dark] as const,
  [name, '-phone', phone] as const,
]);

const folder = argv[2] ?? 'docs/pictures';
mkdirSync(folder, { recursive: true });
const pages = mkdtempSync(join(tmpdir(), 'ci4-deploy-pages-'));
{
  await using browser = await Browser.open();
  for (const [name, suffix, screen] of pictures) {
    const [report, besides] = scenes[name] ?? [];
    if (report === undefined) throw new Error(`There is no scene ${name}.`);
    const page = join(pages, `${name}.html`);
    writeFileSync(page, pageOf(markdown(report, besides)));
    await browser.show(page, screen);
    const file = join(folder, `${name}${suffix}.png`);
    writeFileSync(file, await browser.picture());
    execFileSync('pngquant', ['--speed', '1', '--strip', '--force', '--ext', '.png', file]);
    stdout.write(`${file}: ${Math.round(statSync(file).size / 1024)} kB\n`);
  }
}
rmSync(pages, { recursive: true });
