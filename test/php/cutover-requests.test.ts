import { afterEach, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { programs } from '../../src/php/programs.ts';

const folder = mkdtempSync(join(tmpdir(), 'ci4-deploy-requests-'));
const closing: (() => unknown)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A server that accepts and keeps what it accepted. */
async function listening(at: string | number): Promise<Server> {
  // The other side closes it, as PHP-FPM does at the end of a request.
  const server = createServer((socket) => {
    socket.on('close', () => socket.destroy()).resume();
  });
  server.listen(at);
  await once(server, 'listening');
  closing.push(() => server.close());
  return server;
}

/** A request: a connection that the server has accepted. */
async function requestTo(server: Server, to: string | number): Promise<Socket> {
  const accepted = once(server, 'connection');
  const socket = typeof to === 'string' ? connect(to) : connect(to, '127.0.0.1');
  closing.push(() => socket.destroy());
  await accepted;
  return socket;
}

/** Whether the requests of the beginning are over, asked once for each step that was taken before. */
async function asked(sockets: readonly string[], ...steps: (() => unknown)[]): Promise<boolean[]> {
  const list = Buffer.from(JSON.stringify(sockets)).toString('base64');
  const program = `${programs.cutover}
$requests = new Requests(json_decode(base64_decode('${list}')));
echo "begun\\n";
while (fgets(STDIN) !== false) { usleep(50000); echo json_encode($requests->over()), "\\n"; }`;
  const php = spawn('php', ['-r', program.replace(/^<\?php/, '')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface(php.stdout)[Symbol.asyncIterator]();
  await lines.next();
  const answers: boolean[] = [];
  for (const step of steps) {
    await step();
    php.stdin.write('\n');
    answers.push(JSON.parse(String((await lines.next()).value)) as boolean);
  }
  php.stdin.end();
  await once(php, 'exit');
  return answers;
}

const nothing = (): undefined => undefined;

describe('requests at one moment', () => {
  test.each(['path', 'port'])('are over when the last of them is: by %s', async (kind) => {
    const path = join(folder, 'fpm.sock');
    const server = await listening(kind === 'path' ? path : 0);
    const to = kind === 'path' ? path : (server.address() as AddressInfo).port;
    const [one, other] = [await requestTo(server, to), await requestTo(server, to)];
    const end = (socket: Socket) => async (): Promise<void> => {
      socket.end();
      await once(socket, 'close');
    };
    // A new one is none of them.
    const answers = await asked(
      [String(to)],
      nothing,
      end(one),
      async () => requestTo(server, to),
      end(other),
    );
    expect(answers).toEqual([false, false, false, true]);
  });

  test('of nobody who listens are never known to be over', async () => {
    expect(await asked([join(folder, 'none.sock')], nothing)).toEqual([false]);
    expect(await asked([], nothing)).toEqual([false]);
  });

  test('are over at once where there are none', async () => {
    const path = join(folder, 'idle.sock');
    await listening(path);
    expect(await asked([path], nothing)).toEqual([true]);
    rmSync(path, { force: true });
  });
});
