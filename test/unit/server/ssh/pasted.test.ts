import { describe, expect, test } from '@jest/globals';
import { repaired } from '../../../../src/server/ssh/pasted.ts';

const key = `-----BEGIN OPENSSH PRIVATE KEY-----
b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW
QyNTUxOQAAACA3NZ00hg8vaiv86Gy60IzDiom3dzRfIRUm24Je6PNjPgAAAIh06EVMdOhF
-----END OPENSSH PRIVATE KEY-----
`;

describe('a private key as it comes out of a secret', () => {
  test.each([
    ['as its file has it', key],
    ['without its last line feed', key.trim()],
    ['with line ends of Windows', key.replaceAll('\n', '\r\n')],
    ['with blanks around it and before each line', `\n  ${key.replaceAll('\n', '\n    ')}  `],
    ['with \\n for its line feeds', key.trim().replaceAll('\n', '\\n')],
    ['in double quotes', `"${key.trim()}"`],
    ['in single quotes, with \\n for its line feeds', `'${key.replaceAll('\n', '\\n')}'`],
    ['on one line', key.trim().replaceAll('\n', ' ')],
    ['as Base64', Buffer.from(key).toString('base64')],
    ['as Base64 in lines', Buffer.from(key).toString('base64').replace(/.{76}/g, '$&\n')],
  ])('%s', (_, pasted) => {
    expect(repaired(pasted)).toBe(key);
  });

  test.each([
    'ssh-ed25519 AAAA me@here',
    'hello',
    'SGVsbG8=',
    'PuTTY-User-Key-File-3: ssh-ed25519',
  ])('what is none stays as it is: %s', (text) => {
    expect(repaired(text)).toBe(`${text}\n`);
  });
});
