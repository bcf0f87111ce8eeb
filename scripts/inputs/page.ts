// docs/inputs.md: every input by topic and every output, from action.yml, check/action.yml and scripts/inputs/topics.ts.
import { topicOf, topics } from './topics.ts';

interface Described {
  readonly description: string;
  readonly default?: string;
}

/** What the page takes from an action.yml. */
export interface Action {
  readonly inputs: Readonly<Record<string, Described>>;
  readonly outputs: Readonly<Record<string, Described>>;
}

const head = `# Inputs and outputs

Made from \`action.yml\` by \`node scripts/inputs-page.ts\`; a test compares them. An unknown input and a mistyped value are errors, all
reported at once. Empty text counts as left out.

What holds a secret comes from a secret of the repository or of the environment, as \`\${{ secrets.SSH_KEY }}\`. Durations are a number and
\`s\`, \`m\` or \`h\`.`;

const ofCheck = `## Inputs of check/action.yml

\`uses: OWNER/ci4-deploy/check@v1\` takes these. Those of the same name are the inputs above.`;

/**
 * The whole page.
 * @param action action.yml
 * @param check check/action.yml
 */
export function inputsPage(action: Action, check: Action): string {
  const named = Object.entries(action.inputs);
  const byTopic = topics.map((topic) => {
    const own = named.filter(([name]) => topicOf[name as keyof typeof topicOf] === topic);
    return `## ${topic}\n\n${inputsTable(own)}`;
  });
  const outputs = Object.entries(action.outputs).map(
    ([name, { description }]) => `| \`${name}\` | ${cell(description)} |`,
  );
  const parts = [
    head,
    ...byTopic,
    `${ofCheck}\n\n${inputsTable(Object.entries(check.inputs))}`,
    `## Outputs\n\n| output | what it holds |\n| --- | --- |\n${outputs.join('\n')}`,
  ];
  return `${parts.join('\n\n')}\n`;
}

function inputsTable(named: readonly (readonly [string, Described])[]): string {
  const rows = named.map(([name, { description, default: value = '' }]) => {
    const [what, said] = partsOf(description);
    // An expression is for the runner; the description says what it comes to.
    const otherwise = value === '' || value.includes('${{') ? cell(said) : `\`${value}\``;
    return `| \`${name}\` | ${cell(what)} | ${otherwise} |`;
  });
  return ['| input | what it is | default |', '| --- | --- | --- |', ...rows].join('\n');
}

/** A description ends with its default: `Default 22.`, `No default.`, `Left out by default.`, or none at all. */
export function partsOf(description: string): readonly [what: string, otherwise: string] {
  const [, what = description, otherwise = ''] =
    /^(.*?\.) (?:Default (.*)|No default(?:; .*)?|Left out by default)\.$/s.exec(description) ?? [];
  const needed = /No default; (.*)\.$/.exec(description)?.[1];
  return [what, needed ?? otherwise];
}

/** Text of action.yml as a cell of a table: signs that Markdown would take for its own are escaped. */
function cell(text: string): string {
  return text.replace(/[|<>[\]*_]/g, '\\$&');
}
