import { expect, test } from '@jest/globals';
import { type Finding, remedies } from '../../../src/finding.ts';
import { sarif } from '../../../src/report/sarif.ts';
import { inDatabase } from '../../../src/remedy.ts';

const finding: Finding = {
  name: 'column-type',
  severity: 'error',
  message: 'The column [x](https://evil.test)\r# y\u202e',
  remedies: remedies(inDatabase('', 'ALTER TABLE `x`;')),
  at: { file: 'app/a b#c?\u200b.php', line: 7 },
};

test('a message of SARIF holds no link, no sign that is not seen, and a place that is a path', () => {
  expect(sarif([finding]).runs[0]?.results).toMatchObject([
    {
      message: {
        text: 'The column [x] (https://evil.test)\n# y[U+202E]\n\nIn the database:\nALTER TABLE `x`;',
      },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'app/a%20b%23c%3F%5BU%2B200B%5D.php' },
            region: { startLine: 7 },
          },
        },
      ],
    },
  ]);
});
