import { Agent, request, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** One answer, or the lack of one. */
export interface Page {
  readonly failed: boolean;
  readonly text: string;
  /** The failure in words. */
  readonly reported: string;
  readonly milliseconds: number;
}

interface Answered {
  readonly status: number;
  readonly location: string | undefined;
  readonly body: string;
}

const longestWait = 30_000;
const mostRedirects = 5;

/** As much of a browser as a visitor needs: cookies, redirects, one kept connection. */
export class Browser {
  readonly #base: string;
  readonly #cookies = new Map<string, string>();
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(base: string) {
    this.#base = base;
  }

  /** Asks for a page; a page that cannot be had is an answer too. */
  async get(path: string): Promise<Page> {
    const began = performance.now();
    const page = (failed: boolean, reported: string, body: string): Page => ({
      failed,
      reported: `${path}: ${reported}`,
      text: body,
      milliseconds: performance.now() - began,
    });
    try {
      const { status, body } = await this.#follow(new URL(path, this.#base));
      return page(status >= 500, `status ${status}`, body);
    } catch (error) {
      return page(true, (error as Error).message, '');
    }
  }

  close(): void {
    this.#agent.destroy();
  }

  async #follow(start: URL): Promise<{ status: number; body: string }> {
    let url = start;
    for (let hop = 0; hop <= mostRedirects; hop += 1) {
      const { status, location, body } = await this.#once(url);
      if (location === undefined || status < 300 || status > 399) return { status, body };
      url = new URL(location, url);
    }
    throw new Error(`more than ${mostRedirects} redirects`);
  }

  // A server may close a kept connection at any time. A browser asks once more, on a new one (RFC 9112, 9.3.1); a click that
  // counted all the same shows in the tally.
  async #once(url: URL, again = true): Promise<Answered> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const asked = request(url, {
      agent: this.#agent,
      headers: cookie === '' ? {} : { cookie },
      signal: AbortSignal.timeout(longestWait),
    });
    asked.end();
    const answer = await once(asked, 'response').then(
      ([response]) => response as IncomingMessage,
      (failure: unknown) => {
        if (again && asked.reusedSocket && isReset(failure)) return null;
        throw failure;
      },
    );
    if (answer === null) return this.#once(url, false);
    const body = await text(answer);
    for (const line of answer.headers['set-cookie'] ?? []) this.#keep(line);
    return { status: answer.statusCode ?? 0, location: answer.headers.location, body };
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split(';');
    const at = pair.indexOf('=');
    const name = pair.slice(0, at).trim();
    const expired = attributes.some((attribute) => {
      const [key = '', value = ''] = attribute.trim().split('=');
      if (key.toLowerCase() === 'max-age') return Number(value) <= 0;
      return key.toLowerCase() === 'expires' && Date.parse(value) <= Date.now();
    });
    if (expired) this.#cookies.delete(name);
    else this.#cookies.set(name, pair.slice(at + 1).trim());
  }
}

function isReset(failure: unknown): boolean {
  return failure instanceof Error && 'code' in failure && failure.code === 'ECONNRESET';
}
