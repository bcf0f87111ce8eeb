// `npm run new-rule NAME`: a rule about the session table, its test, its place in the list of rules, and what its page says.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv, cwd, execPath, exit, stderr, stdout } from 'node:process';
import prettier from 'prettier';

const [name = '', root = cwd()] = argv.slice(2);
const constant = name.replace(/-([a-z])/g, (_, letter) => letter.toUpperCase());
const rule = join('src/schema/rules', `${name}.ts`);
const test = join('test/unit/schema/rules', `${name}.test.ts`);
const list = 'src/schema/rules/all.ts';
const explained = 'src/findings/explained/rules.ts';
const schema = 'docs/ci4-deploy.schema.json';

function stop(sentence) {
  stderr.write(`${sentence}\n`);
  exit(1);
}

if (!/^[a-z]+(-[a-z]+)+$/.test(name)) {
  stop(
    'Usage: npm run new-rule NAME. A name is two or more words in small letters, as column-type.',
  );
}
const known = readFileSync(join(root, list), 'utf8');
if (existsSync(join(root, rule)) || known.includes(`'./${name}.ts'`)) {
  stop(`There is a rule ${name} already: ${rule}`);
}

const files = {
  [rule]: `import { of } from '../../findings/entry.ts';
import { defineRule } from '../rule.ts';

/** Why this breaks an application, and where that was seen. */
export const ${constant} = defineRule(
  '${name}',
  of('what is wrong with the table, as docs/findings.md says it', 'lines', 'warning'),
  ({ table }) =>
    table.columns.length > 0
      ? []
      : [{ severity: 'warning', message: \`\${table.name} has no columns: say what happens then.\` }],
);
`,
  [test]: `import { describe } from '@jest/globals';
import { judges } from '../faults.ts';

describe('${name}', () => {
  judges([
    {
      given: 'the table that the generator makes',
      table: {},
      exact: [],
      compatible: [],
    },
  ]);
});
`,
  [list]: known
    .replace(
      'import type { Rule }',
      `import { ${constant} } from './${name}.ts';\nimport type { Rule }`,
    )
    .replace('] as const;', `  ${constant},\n] as const;`),
  [explained]: readFileSync(join(root, explained), 'utf8').replace(
    /\};\n$/,
    `  '${name}': explained(
    'What brings it about.',
    'What it means for visitors.',
    'What puts it right.',
    'What people take it for, and it is not.',
  ),
};
`,
  ),
};
for (const [file, text] of Object.entries(files)) writeFileSync(join(root, file), text);
stdout.write(`Written: ${Object.keys(files).join(', ')}.\n`);

// What is made from the list of rules: the settings that name them, and the page of findings.
const settings = JSON.parse(readFileSync(join(root, schema), 'utf8'));
const { rules } = settings.properties.check.properties;
const [severity] = Object.values(rules.properties);
const all = Object.entries({ ...rules.properties, [name]: severity });
rules.properties = Object.fromEntries(all.toSorted(([a], [b]) => (a < b ? -1 : 1)));
const style = await prettier.resolveConfig(new URL('../package.json', import.meta.url));
const text = await prettier.format(JSON.stringify(settings, null, 2), { ...style, parser: 'json' });
writeFileSync(join(root, schema), text);
spawnSync(execPath, ['--no-warnings', 'scripts/findings-page.mjs'], {
  cwd: root,
  stdio: 'inherit',
});
