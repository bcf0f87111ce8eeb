import { connect, createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A port of this machine that leads to a server over a line with a delay. */
export interface SlowLine extends AsyncDisposable {
  readonly port: number;
}

/** @param delay in milliseconds, each way: a round trip takes twice as long */
export async function slowLine(host: string, port: number, delay: number): Promise<SlowLine> {
  const server = createServer((near) => {
    const far = connect({ host, port, noDelay: true });
    near.setNoDelay(true);
    lead(near, far, delay);
    lead(far, near, delay);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: own } = server.address() as AddressInfo;
  return {
    port: own,
    [Symbol.asyncDispose]: async () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      }),
  };
}

function lead(from: Socket, to: Socket, delay: number): void {
  from.on('data', (part) => {
    setTimeout(() => to.write(part), delay);
  });
  from.once('close', () => {
    setTimeout(() => to.destroy(), delay);
  });
  from.on('error', () => undefined);
}
