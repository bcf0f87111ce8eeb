import { connect, createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A port of this machine that leads to a server over a line with a delay. */
export interface SlowLine extends AsyncDisposable {
  readonly port: number;
  /** Bytes that went over it so far: to the server, and back. */
  readonly bytes: { readonly up: number; readonly down: number };
}

/** @param delay in milliseconds, each way: a round trip takes twice as long */
export async function slowLine(host: string, port: number, delay: number): Promise<SlowLine> {
  const bytes = { up: 0, down: 0 };
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect({ host, port, noDelay: true });
    near.setNoDelay(true);
    lead(near, far, delay, (size) => (bytes.up += size));
    lead(far, near, delay, (size) => (bytes.down += size));
    for (const one of [near, far]) {
      open.add(one);
      one.once('close', () => open.delete(one));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: own } = server.address() as AddressInfo;
  return {
    port: own,
    bytes,
    [Symbol.asyncDispose]: async () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        // Who keeps a connection for later, as Deployer does, would keep the line.
        for (const one of open) one.destroy();
      }),
  };
}

function lead(from: Socket, to: Socket, delay: number, count: (size: number) => void): void {
  from.on('data', (part: Buffer) => {
    count(part.length);
    if (delay === 0) to.write(part);
    else setTimeout(() => to.write(part), delay);
  });
  from.once('close', () => {
    setTimeout(() => to.destroy(), delay);
  });
  from.on('error', () => undefined);
}
