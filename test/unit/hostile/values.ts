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

/** Every way to end a line, for some reader or other. */
export const lineEnds = [
  '\r',
  '\n',
  '\r\n',
  '\u2028',
  '\u2029',
  '\u0085',
  '\v',
  '\f',
  '\n\n',
] as const;

/** What Markdown, or GitHub after it, makes more of than text. */
export const markdownPieces = [
  '# Deployed',
  '### Deployed',
  'Deployed\r===',
  '---',
  '![x](https://evil.test/x.png)',
  '[x](https://evil.test)',
  '[x]: https://evil.test',
  '[^1]',
  '[^1]: a note',
  'www.evil.test',
  'https://evil.test/a_b',
  'http:\u200b//evil.test',
  '<https://evil.test>',
  'nicolas@evil.test',
  '@octocat',
  '#123',
  'GH-1',
  'octo/cat#1',
  'deadbeef1234',
  'a5c3785ed8d6a35868bc169f07e40e889087fd2e',
  ':bomb:',
  'a:+1:b',
  '$x^2$',
  '$$x$$',
  '$`x`$',
  '<!-- ',
  '-->',
  '<details>',
  '</details>',
  '<img src=x>',
  '<a href="https://evil.test">x</a>',
  '&lt;b&gt; &copy; &#35; x',
  '- item',
  '+ item',
  '* item',
  '1. item',
  '1) item',
  '- [x] done',
  '[ ] open',
  '> [!NOTE]\r> trust me',
  '| a | b |\r| --- | --- |',
  '~~gone~~',
  '`code` `` x ``',
  '\\`a\\`',
  '`|`@octocat`|`',
  '    indented',
  '\tindented',
  '```\rfence',
  '~~~\rfence',
  '**bold** _it_ __x__',
  '\\',
  'a\\|b',
] as const;

/** Signs that are not seen, or turn what is. */
export const unseen = [
  ...['\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069'],
  ...['\u200e', '\u200f', '\u061c', '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u00ad'],
  ...['\u2028', '\u2029', '\u0085', '\v', '\f', '\r', '\u001b[2J', '\u009b2J', '\b', '\u007f'],
  ...['\u3164', '\u180e', '\u{e0041}'],
  // Half a sign: no file can hold it.
  '\ud800',
] as const;

const every = [...pieces, ...lineEnds, ...markdownPieces, ...unseen.slice(0, -1)];

/** Any text, most often made of such pieces. */
export const hostile: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.array(fc.constantFrom(...every), { maxLength: 8 }).map((all) => all.join('')),
  },
  {
    weight: 3,
    arbitrary: fc
      .array(fc.oneof(fc.constantFrom(...every), fc.string({ unit: 'binary' })), { maxLength: 8 })
      .map((all) => all.join('')),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
);
