import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { request } from '../../../src/net/fastcgi.ts';

let server: Server | undefined;

afterEach(() => {
  server?.close();
});

/** A peer that reads one request and then answers with these pieces. */
async function peer(answer: (socket: Socket, read: Buffer) => void): Promise<Socket> {
  server = createServer((socket) => {
    let read = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      read = Buffer.concat([read, chunk]);
      // The empty record of standard input ends a request.
      if (read.subarray(-8).equals(Buffer.from([1, 5, 0, 1, 0, 0, 0, 0]))) answer(socket, read);
    });
  });
  const listening = server;
  const port = await new Promise<number>((resolve) => {
    listening.listen(0, '127.0.0.1', () => {
      const address = listening.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  return connect(port, '127.0.0.1');
}

function record(type: number, content: string, padding = 0): Buffer {
  const body = Buffer.from(content);
  const head = Buffer.from([1, type, 0, 1, body.length >> 8, body.length & 255, padding, 0]);
  return Buffer.concat([head, body, Buffer.alloc(padding)]);
}

const end = record(3, '\0\0\0\0\0\0\0\0');

describe('a request to PHP-FPM', () => {
  test('carries its parameters, short and long, and brings back the page', async () => {
    const long = 'x'.repeat(300);
    let sent: Buffer = Buffer.alloc(0);
    const socket = await peer((to, read) => {
      sent = read;
      to.write(
        Buffer.concat([record(6, 'Status: 404 Not Found\r\nX: y\r\n\r\nFile not found.'), end]),
      );
    });
    const answer = await request(socket, { SCRIPT_FILENAME: '/a.php', LONG: long });
    expect(answer).toEqual({ status: 404, body: 'File not found.', stderr: '' });
    expect(sent.includes('SCRIPT_FILENAME/a.php')).toBe(true);
    // Four bytes with the highest bit set for 300.
    expect(sent.includes(Buffer.from([4, 0x80, 0, 1, 44]))).toBe(true);
  });

  test('carries a body, and its length', async () => {
    let sent: Buffer = Buffer.alloc(0);
    const socket = await peer((to, read) => {
      sent = read;
      to.write(Buffer.concat([record(6, 'X: y\r\n\r\nok'), end]));
    });
    await request(socket, { REQUEST_METHOD: 'POST' }, '{"ü":1}');
    expect(sent.includes('CONTENT_LENGTH8')).toBe(true);
    expect(sent.includes(record(5, '{"ü":1}'))).toBe(true);
  });

  test('comes in any pieces, with padding, errors apart', async () => {
    const whole = Buffer.concat([
      record(7, 'a warning'),
      record(6, 'Content-type: text/html\r\n', 3),
      record(6, '\r\nhello', 5),
      record(6, ' world'),
      end,
    ]);
    const socket = await peer((to) => {
      for (const byte of whole) to.write(Buffer.from([byte]));
    });
    expect(await request(socket, {})).toEqual({
      status: 200,
      body: 'hello world',
      stderr: 'a warning',
    });
  });

  test('that is not answered is an error', async () => {
    const socket = await peer((to) => {
      to.end(record(6, 'half'));
    });
    await expect(request(socket, {})).rejects.toThrow('without an answer');
  });

  test('that is answered without end is cut', async () => {
    const socket = await peer((to) => {
      for (let count = 0; count < 40; count += 1) to.write(record(6, 'x'.repeat(60_000)));
    });
    await expect(request(socket, {})).rejects.toThrow('more than 1 MiB');
    socket.destroy();
  });
});
