import { Agent } from 'node:http';
import type { Duplex } from 'node:stream';

const nothing = (): void => undefined;

/** What an agent does to a socket that it keeps (http.Agent, keepSocketAlive), and what a channel of SSH does not have. */
const ofSockets = { ref: nothing, unref: nothing, setKeepAlive: nothing, setTimeout: nothing };

/** The connections of one visitor: like a browser he uses one again that the site keeps open. */
export class Connections extends Agent implements Disposable {
  #opened: Duplex | undefined;

  constructor() {
    super({ keepAlive: true });
  }

  /** Whether one to that host is open and nobody uses it. */
  idle(to: { readonly host: string; readonly port: number }): boolean {
    const name = this.getName({ host: to.host, port: to.port });
    return (this.freeSockets[name] ?? []).length > 0;
  }

  /** The next request that finds none to use again gets this one. */
  bring(connection: Duplex): void {
    this.#opened = 'ref' in connection ? connection : Object.assign(connection, ofSockets);
  }

  /** Ends those that are kept; the next request opens another one. */
  override destroy(): void {
    const kept = Object.values(this.freeSockets).flatMap((sockets) => sockets ?? []);
    super.destroy();
    // A channel of SSH is closed once the other side says so, which a connection that is lost never does.
    for (const one of kept) one.emit('close');
  }

  override createConnection(): Duplex {
    const opened = this.#opened;
    this.#opened = undefined;
    if (opened === undefined) throw new Error('the site closed the connection');
    return opened;
  }

  [Symbol.dispose](): void {
    this.#opened?.destroy();
    this.destroy();
  }
}
