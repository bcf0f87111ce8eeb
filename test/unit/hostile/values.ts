import fc from 'fast-check';

/** Pieces that a shell, SQL, git, PHP, the runner or a terminal would take for more than text. */
const pieces = [
  "'",
  '"',
  '`',
  '$(touch OWNED)',
  '`touch OWNED`',
  '; touch OWNED;',
  '| touch OWNED',
  '&& touch OWNED',
  '\n',
  '\r\n',
  '\ntouch OWNED\n',
  '\0',
  '\\',
  '$HOME',
  '${IFS}',
  '!!',
  '*',
  '~',
  '--upload-pack=touch OWNED',
  '-oProxyCommand=touch OWNED',
  "' OR '1'='1",
  '); DROP TABLE x; --',
  '::error::owned',
  '\n::add-mask::a',
  '\n::set-output name=outcome::deployed',
  '##[error]owned',
  '\n ::stop-commands::x',
  '\u2028::error::owned',
  '\u0085::error::owned',
  '%0A::error::owned',
  '<<EOF\n',
  'EOF',
  '\u001b[2J',
  '\u202e',
  '\u{1f4a3}',
  'é',
  '<script>',
  '](https://evil.test)',
  '```',
  '|',
];

/** Any text, most often made of such pieces. */
export const hostile: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((all) => all.join('')),
  },
  {
    weight: 3,
    arbitrary: fc
      .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary' })), { maxLength: 8 })
      .map((all) => all.join('')),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
);
