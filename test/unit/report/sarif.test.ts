import { expect, test } from '@jest/globals';
import { sarif } from '../../../src/report/sarif.ts';

const finding = {
  name: 'column-type',
  severity: 'error' as const,
  message: 'The column [x](https://evil.test)\r# y\u202e',
  remedy: 'ALTER TABLE `x`;',
  at: { file: 'app/a b#c?\u200b.php', line: 7 },
};

test('a message of SARIF holds no link, no sign that is not seen, and a place that is a path', () => {
  expect(sarif([finding]).runs[0]?.results).toMatchObject([
    {
      message: { text: 'The column [x] (https://evil.test)\n# y[U+202E]\n\nALTER TABLE `x`;' },
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
