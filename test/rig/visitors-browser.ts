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

  async #once(url: URL): Promise<{ status: number; location: string | undefined; body: string }> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const asked = request(url, {
      agent: this.#agent,
      headers: cookie === '' ? {} : { cookie },
      signal: AbortSignal.timeout(longestWait),
    });
    asked.end();
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
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
