// Who may import whom: each folder of src with what it holds and the folders it sees. ESLint holds it, ARCHITECTURE.md shows it.
export const rooms = {
  cli: {
    holds: 'the command line: flags, usage, what a terminal shows',
    sees: ['report', 'plan', 'config'],
  },
  commands: {
    holds: 'one page for each command',
    sees: [
      'trial',
      'steps',
      'plan',
      'described',
      'static',
      'report',
      'schema',
      'app',
      'config',
      'server',
    ],
  },
  steps: {
    holds: 'one file for each step, run and undo',
    sees: [
      'plan',
      'remedies',
      'release',
      'described',
      'static',
      'schema',
      'app',
      'net',
      'config',
      'server',
      'php',
    ],
  },
  trial: {
    holds: 'migrations of a checkout run in throw-away databases',
    sees: ['described', 'static', 'report', 'schema', 'app', 'config', 'server', 'php'],
  },
  report: {
    holds: 'the report and who writes it',
    sees: ['plan', 'remedies', 'schema', 'app', 'config', 'server'],
  },
  plan: {
    holds: 'steps, facts and results, the walk, the journal',
    sees: ['release', 'schema', 'app', 'config', 'server'],
  },
  described: {
    holds: 'tables that `.ci4-deploy.yml` describes',
    sees: ['static', 'schema', 'app', 'config'],
  },
  static: {
    holds: 'an application read without running it',
    sees: ['schema', 'app', 'config'],
  },
  remedies: { holds: 'lines that a person pastes', sees: ['server'] },
  release: { holds: 'how a commit goes live', sees: ['app', 'server'] },
  schema: { holds: 'tables, what is expected of them, rules', sees: ['app', 'server'] },
  app: {
    holds: 'what CodeIgniter is: configuration, ledger, session files',
    sees: ['php', 'server', 'net'],
  },
  net: { holds: 'HTTP, TLS and FastCGI over connections of the server', sees: ['server'] },
  config: { holds: 'inputs and settings', sees: ['remedies'] },
  server: { holds: 'commands and rounds', sees: [] },
  php: { holds: 'the PHP that runs on the server', sees: [] },
};

/** The rows of the table in ARCHITECTURE.md. */
export function roomsTable() {
  return Object.entries(rooms)
    .map(([name, { holds, sees }]) => {
      const seen = sees.map((other) => `\`${other}\``).join(', ');
      return `| \`${name}/\` | ${holds} | ${seen || 'nobody'} |`;
    })
    .join('\n');
}
