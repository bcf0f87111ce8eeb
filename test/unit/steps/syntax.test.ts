import { expect, test } from '@jest/globals';
import { readSyntaxErrors } from '../../../src/steps/syntax.ts';

test('php -l names a file twice, once for the log and once for the screen: one finding', () => {
  const text = `PHP Parse error:  syntax error, unexpected token "}" in app/Controllers/Home.php on line 12

Parse error: syntax error, unexpected token "}" in app/Controllers/Home.php on line 12
Errors parsing app/Controllers/Home.php
No syntax errors detected in app/Config/App.php`;
  expect(readSyntaxErrors(text)).toEqual([
    expect.objectContaining({
      name: 'syntax-error',
      severity: 'error',
      at: { file: 'app/Controllers/Home.php', line: 12 },
    }),
  ]);
});
