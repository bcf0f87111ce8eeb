import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { visitors } from '../../rig/visitors.ts';

interface Session {
  name: string;
  count: number;
}

/** A site with sessions in memory; `mischief` may answer in its place. */
class Site {
  readonly sessions = new Map<string, Session>();
  mischief: (path: string, answer: ServerResponse, session?: Session) => boolean = () => false;
  #ids = 0;

  handle({ url = '', headers }: IncomingMessage, answer: ServerResponse): void {
    const id = /sid=(\w+)/.exec(headers.cookie ?? '')?.[1] ?? '';
    const session = this.sessions.get(id);
    if (this.mischief(url, answer, session)) return;
    const name = /^\/login\/(\w+)$/.exec(url)?.[1];
    if (name !== undefined) {
      const fresh = String((this.#ids += 1));
      this.sessions.set(fresh, { name, count: 0 });
      answer.setHeader('set-cookie', [`sid=${fresh}; path=/; HttpOnly`, 'flash=; Max-Age=0']);
      answer.writeHead(302, { location: '/' }).end();
    } else if (url === '/count' && session !== undefined) {
      session.count += 1;
      answer.end(`<p>${session.name}:${session.count}</p>`);
    } else {
      answer.end('welcome, stranger');
    }
  }
}

let site: Site;
let server: Server;
let url: string;

beforeEach(async () => {
  site = new Site();
  server = createServer((asked, answer) => {
    site.handle(asked, answer);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const clean = { visitors: 3, failed: 0, loggedOut: 0, lost: 0, failures: [] };

test('a healthy site: nobody notices anything', async () => {
  const crowd = visitors(url, 3, 5);
  await crowd.arrived;
  await pause(100);
  const seen = await crowd.stop();
  expect(seen).toMatchObject(clean);
  expect(seen.requests).toBeGreaterThan(9);
  expect([...site.sessions.values()].map(({ count }) => count).reduce((a, b) => a + b)).toBe(
    seen.requests - 3,
  );
});

test('who is logged out is counted once and logs in again', async () => {
  const crowd = visitors(url, 3, 5);
  await crowd.arrived;
  site.sessions.clear();
  await pause(100);
  site.sessions.clear();
  await pause(100);
  expect(await crowd.stop()).toMatchObject({ ...clean, loggedOut: 3 });
  expect(site.sessions.size).toBe(3);
});

test('errors and broken connections are failures, and no lost clicks', async () => {
  const crowd = visitors(url, 3, 5);
  await crowd.arrived;
  let left = 4;
  site.mischief = (_, answer, session) => {
    left -= 1;
    if (left < 0) return false;
    // Half of them were counted before the answer was lost.
    if (left % 2 === 0 && session !== undefined) session.count += 1;
    if (left < 2) answer.destroy();
    else answer.writeHead(502).end();
    return true;
  };
  await pause(150);
  const seen = await crowd.stop();
  expect(seen).toMatchObject({ ...clean, failed: 4, failures: expect.any(Array) as unknown });
  expect(seen.failures).toEqual(
    expect.arrayContaining(['/count: status 502 (2 times)', '/count: socket hang up (2 times)']),
  );
});

test('a counter that falls back tells lost writes', async () => {
  const crowd = visitors(url, 1, 5);
  await crowd.arrived;
  await pause(50);
  for (const session of site.sessions.values()) session.count -= 2;
  await pause(50);
  expect(await crowd.stop()).toMatchObject({ failed: 0, loggedOut: 0, lost: 2 });
});

test('who cannot log in says so', async () => {
  site.mischief = (_, answer) => {
    answer.writeHead(500).end();
    return true;
  };
  const crowd = visitors(url, 2, 5);
  await expect(crowd.arrived).rejects.toThrow(
    'could not log in: /login/visitor1: status 500 (2 times)',
  );
  expect(await crowd.stop()).toMatchObject({ failed: 4 });
});

test('a slow page is measured', async () => {
  const crowd = visitors(url, 1, 5);
  await crowd.arrived;
  site.mischief = (_, answer) => {
    setTimeout(() => answer.end('visitor1:9'), 120);
    site.mischief = () => false;
    return true;
  };
  await pause(200);
  const { slowestMilliseconds } = await crowd.stop();
  expect(slowestMilliseconds).toBeGreaterThan(100);
});
