import { describe, expect, test } from '@jest/globals';
import { readArguments, type Around, type Asked } from '../../../src/cli/arguments.ts';
import { commands, inputs, secretInputs } from '../../../src/config/inputs.ts';

const files: Readonly<Record<string, string>> = { key: 'a\nb\n', word: 'hunter2\r\n' };

function around(variables: Readonly<Record<string, string>> = {}): Around {
  return {
    variable: (name) => variables[name],
    readFile(path) {
      const text = files[path];
      if (text === undefined) throw new Error('there is no such file');
      return text;
    },
  };
}

function asked(words: string, variables?: Readonly<Record<string, string>>): Asked {
  return readArguments(words === '' ? [] : words.split(' '), around(variables));
}

function given(words: string, variables?: Readonly<Record<string, string>>): object {
  const read = asked(words, variables);
  return read.kind === 'run' ? Object.fromEntries(read.given) : read;
}

test.each(['', '--help', '-h', 'help', 'doctor --host x --help'])(
  '%j asks for the usage',
  (words) => {
    expect(asked(words)).toEqual({ kind: 'usage' });
  },
);

test.each([...commands])('%s is a command', (command) => {
  expect(asked(command)).toMatchObject({ kind: 'run', debug: false });
});

describe('a flag is an input', () => {
  test.each([
    ['doctor --host n@h --port=2222', { host: 'n@h', port: '2222' }],
    ['verify --print-tables --host h', { 'print-tables': 'true', host: 'h' }],
    ['verify --print-tables false --host h', { 'print-tables': 'false', host: 'h' }],
    ['verify --health-text=', { 'health-text': '' }],
    ['check --sarif-file out.sarif', { 'sarif-file': 'out.sarif' }],
    [
      'doctor --ssh-key-file key --password-file word',
      { 'ssh-key': 'a\nb\n', password: 'hunter2' },
    ],
    ['doctor --known-hosts-file key', { 'known-hosts': 'a\nb' }],
  ])('%s', (words, wanted) => {
    expect(given(words)).toEqual({ command: words.split(' ')[0], ...wanted });
  });

  test('a variable of the environment is one too, and a flag counts before it', () => {
    const variables = {
      CI4_DEPLOY_SSH_KEY: 'key',
      CI4_DEPLOY_HOST: 'one',
      CI4_DEPLOY_COMMAND: 'deploy',
    };
    expect(given('doctor --host two', variables)).toEqual({
      command: 'doctor',
      'ssh-key': 'key',
      host: 'two',
    });
  });

  test('step debug is none', () => {
    expect(asked('doctor --debug --host h')).toMatchObject({ kind: 'run', debug: true });
  });
});

describe('what is wrong is said, all of it', () => {
  test.each([
    ['frobnicate', ['There is no command frobnicate: it is one of']],
    ['deply --host h', ['There is no command deply. Did you mean deploy?']],
    ['--host h deploy', ['A command comes first: ']],
    [
      'doctor --hots x --port',
      ['There is no flag --hots. Did you mean --host?', 'The flag --port lacks its value.'],
    ],
    ['doctor --frobnicate x', [/^There is no flag --frobnicate\.$/]],
    ['doctor --port --host h', ['The flag --port lacks its value.']],
    [
      'doctor stray --command deploy',
      ['No flag stands before stray.', 'There is no flag --command.'],
    ],
    [
      'doctor --ssh-key-file nowhere',
      ['The file of --ssh-key-file could not be read: there is no'],
    ],
  ])('%s', (words, wanted) => {
    const read = asked(words);
    expect(read.kind === 'wrong' ? read.problems : read).toEqual(
      wanted.map((text) => expect.stringMatching(text)),
    );
  });

  test.each([...secretInputs])('%s is not taken from the command line, nor repeated', (name) => {
    const read = asked(`doctor --${name} hunter2`);
    const problems = read.kind === 'wrong' ? read.problems : [];
    expect(problems).toEqual([
      expect.stringContaining(`use --${name}-file FILE, or the variable CI4_`),
    ]);
    expect(problems.join()).not.toContain('hunter2');
  });
});

test('every input but the command is a flag', () => {
  for (const name of Object.keys(inputs).filter((one) => one !== 'command')) {
    expect([name, asked(`check --${name}-file word`).kind]).toEqual([name, 'run']);
  }
});
