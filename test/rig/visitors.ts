import { setTimeout as pause } from 'node:timers/promises';
import { Browser, type Page } from './visitors-browser.ts';

/** What the visitors saw, counted on their side. */
export interface Seen {
  readonly visitors: number;
  readonly requests: number;
  /** Answers with 500 or more, and connections that broke or gave none. */
  readonly failed: number;
  /** Visitors who had to log in again at least once. */
  readonly loggedOut: number;
  /** By how much the counters differ from the clicks that were answered. */
  readonly lost: number;
  readonly slowestMilliseconds: number;
  /** How the failures looked, each kind once with its number. */
  readonly failures: readonly string[];
}

/** Visitors who click until they are stopped. */
export interface Visitors extends AsyncDisposable {
  /** Settles when everybody has logged in and clicked once; rejects when somebody could not. */
  readonly arrived: Promise<void>;
  seen(): Seen;
  /** Waits for the last answers. */
  stop(): Promise<Seen>;
}

/** Sends visitors to a site, each with cookies of his own: they log in, then click `/count` again and again. */
export function visitors(url: string, count: number, thinkMilliseconds = 50): Visitors {
  const tally = new Tally(count);
  const crowd = Array.from(
    { length: count },
    (_, index) => new Visitor(`visitor${index + 1}`, new Browser(url), tally),
  );
  let stopped = false;
  const arrivals = crowd.map((visitor) => visitor.arrive());
  const arrived = Promise.all(arrivals).then(() => undefined);
  // Who does not wait for the arrival learns of it from stop().
  arrived.catch(() => undefined);
  const walks = crowd.map(async (visitor, index) => {
    await arrivals[index];
    while (!stopped) {
      await visitor.click();
      await pause(thinkMilliseconds * (0.5 + Math.random()));
    }
  });
  const over = Promise.allSettled(walks);
  const stop = async (): Promise<Seen> => {
    stopped = true;
    await over;
    for (const visitor of crowd) visitor.leave();
    return tally.seen();
  };
  return {
    arrived,
    seen: () => tally.seen(),
    stop,
    [Symbol.asyncDispose]: async () => {
      await stop();
    },
  };
}

class Tally {
  readonly #visitors: number;
  readonly #loggedOut = new Set<string>();
  readonly #failures = new Map<string, number>();
  #requests = 0;
  #failed = 0;
  #lost = 0;
  #slowest = 0;

  constructor(count: number) {
    this.#visitors = count;
  }

  answer(page: Page): void {
    this.#requests += 1;
    this.#slowest = Math.max(this.#slowest, page.milliseconds);
    if (!page.failed) return;
    this.#failed += 1;
    this.#failures.set(page.reported, (this.#failures.get(page.reported) ?? 0) + 1);
  }

  loggedOut(name: string): void {
    this.#loggedOut.add(name);
  }

  lost(clicks: number): void {
    this.#lost += clicks;
  }

  seen(): Seen {
    return {
      visitors: this.#visitors,
      requests: this.#requests,
      failed: this.#failed,
      loggedOut: this.#loggedOut.size,
      lost: this.#lost,
      slowestMilliseconds: Math.round(this.#slowest),
      failures: [...this.#failures].map(([reported, times]) => `${reported} (${times} times)`),
    };
  }
}

class Visitor {
  readonly #name: string;
  readonly #browser: Browser;
  readonly #tally: Tally;
  /** What the counter said last; undefined right after a login. */
  #last: number | undefined;
  /** Clicks since then that failed: they may or may not have been counted. */
  #unsure = 0;
  #known = false;

  constructor(name: string, browser: Browser, tally: Tally) {
    this.#name = name;
    this.#browser = browser;
    this.#tally = tally;
  }

  async arrive(): Promise<void> {
    await this.click();
    await this.click();
    if (this.#last === undefined) {
      const first = this.#tally.seen().failures[0] ?? 'the page does not know the name';
      throw new Error(`${this.#name} could not log in: ${first}`);
    }
  }

  /** One request: a click, or the login where it is needed. */
  async click(): Promise<void> {
    const page = await this.#browser.get(this.#known ? '/count' : `/login/${this.#name}`);
    this.#tally.answer(page);
    if (page.failed) {
      this.#unsure += this.#known ? 1 : 0;
    } else if (this.#known) {
      this.#read(page.text);
    } else {
      this.#known = true;
      this.#last = undefined;
    }
  }

  leave(): void {
    this.#browser.close();
  }

  #read(text: string): void {
    const digits = new RegExp(`\\b${this.#name}:(\\d+)`).exec(text)?.[1];
    if (digits === undefined) {
      this.#tally.loggedOut(this.#name);
      this.#known = false;
      return;
    }
    const value = Number(digits);
    const least = this.#last === undefined ? value : this.#last + 1;
    const most = least + this.#unsure;
    this.#tally.lost(Math.max(least - value, value - most, 0));
    this.#last = value;
    this.#unsure = 0;
  }
}
