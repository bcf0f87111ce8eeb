import { Connections } from '../../../../src/net/connections.ts';
import { describe, expect, test } from '@jest/globals';
import type { RequestListener } from 'node:http';
import type { Application } from '../../../../src/app/application.ts';
import type { Site } from '../../../../src/plan/site.ts';
import { ConnectionLost, ForwardRefused } from '../../../../src/server/failures.ts';
import { healthBefore } from '../../../../src/steps/health/before.ts';
import { healthUrl, untilHealthy } from '../../../../src/steps/health/health.ts';
import type { Server } from '../../../../src/server/server.ts';
import { FakeServer } from '../../../fakes/server.ts';
import { fakeSite } from '../../../fakes/site.ts';
import { FakeWorkflow } from '../../../fakes/workflow.ts';
import { siteHere } from '../../net/site-here.ts';
import { pasted } from '../../../fakes/remedies.ts';

const url = new URL('http://a.test/');
const application = { baseUrl: url.href } as Application;
const signal = new AbortController().signal;

/** The fake server with connections that lead where `open` says. */
function serverWith(open: Server['open']): Server {
  const server = new FakeServer({});
  server.open = open;
  return server;
}

function siteWith(
  open: Server['open'],
  inputs: Record<string, string> = {},
): { site: Site; workflow: FakeWorkflow; masks: string[] } {
  const workflow = new FakeWorkflow();
  const masks: string[] = [];
  const site = fakeSite(serverWith(open), {
    inputs: { host: 'n@a.test', ...inputs },
    workflow,
    mask: (value) => masks.push(value),
  });
  return { site, workflow, masks };
}

/** Answers by turns; the last one for good. */
function turns(...listeners: readonly RequestListener[]): RequestListener {
  let at = 0;
  return (request, response) => {
    const listener = listeners[Math.min(at, listeners.length - 1)];
    at += 1;
    listener?.(request, response);
  };
}

const fine: RequestListener = (_request, response) => response.end('ok');
const broken: RequestListener = (_request, response) => response.writeHead(500).end();
const hangs: RequestListener = (_request, response) => {
  setTimeout(() => response.end('late'), 1500).unref();
};

describe('until the site is healthy', () => {
  test.each([
    ['an error', broken, 'answered with status 500'],
    ['noResponse', hangs, 'did not answer within 1 s'],
  ])('%s is asked again', async (_name, first, says) => {
    await using here = await siteHere(turns(first, fine));
    const { site, workflow } = siteWith(here.open, { 'health-timeout': '1s' });
    expect(await untilHealthy(site, url, new Connections(), signal)).toMatchObject({ status: 200 });
    expect(workflow.lines).toEqual([`http://a.test/ ${says}; asking again`]);
  });

  test('so many times, and what was wrong at last is reported', async () => {
    await using here = await siteHere(turns(fine, broken));
    const { site } = siteWith(here.open, { 'health-retries': '3', 'health-status': '500' });
    expect(await untilHealthy(site, url, new Connections(), signal)).toMatchObject({ status: 500 });
    const strict = siteWith(here.open, { 'health-retries': '3' }).site;
    const before = here.opened.length;
    expect(await untilHealthy(strict, url, new Connections(), signal)).toMatchObject({
      name: 'site-unhealthy',
    });
    expect(here.opened.length - before).toBe(4);
  });

  test('our own connection that is gone is no healthFailure of the site', async () => {
    const open = async (): Promise<never> => Promise.reject(new ConnectionLost('n@a.test:22'));
    await expect(untilHealthy(siteWith(open).site, url, new Connections(), signal)).rejects.toThrow(
      ConnectionLost,
    );
  });

  test('a cancelled run asks no more', async () => {
    await using here = await siteHere(hangs);
    const stop = new AbortController();
    const asking = untilHealthy(siteWith(here.open).site, url, new Connections(), stop.signal);
    setTimeout(() => {
      stop.abort(new Error('cancelled'));
    }, 50);
    await expect(asking).rejects.toThrow('cancelled');
    expect(here.opened).toHaveLength(1);
  });
});

describe('before anything is done', () => {
  const refused = (cause: string): Server['open'] => {
    return async (to) => Promise.reject(new ForwardRefused(to, 'no answer', new Error(cause)));
  };

  test.each([
    ['(SSH) Channel open failure: Name or service not known', 'the name a.test does not resolve'],
    ['(SSH) Channel open failure: Connection refused', 'at a.test:80 (Connection refused)'],
  ])('a refusal "%s" is said as "%s"', async (cause, says) => {
    const { site } = siteWith(refused(cause));
    expect(await healthBefore(site, application, 'deploy', signal)).toBeNull();
    const [found] = site.findings;
    expect(found).toMatchObject({ name: 'health-url-unreachable', severity: 'error' });
    expect(found?.message).toContain(says);
    expect(pasted(found)).toContain('health-address: 127.0.0.1');
  });

  test('no connection in time is no healthFailure of the site either', async () => {
    const { site } = siteWith(async () => new Promise(() => undefined), { 'health-timeout': '1s' });
    expect(await healthBefore(site, application, 'deploy', signal)).toBeNull();
    const [found] = site.findings;
    expect(found?.message).toContain('there was no connection within 1 s');
  });

  test.each([
    ['an error', broken, 500, 'answered with status 500'],
    ['noResponse', hangs, null, 'did not answer within 1 s'],
  ])('%s is a warning, for new code may repair it', async (_name, listener, status, failure) => {
    await using here = await siteHere(listener);
    const { site } = siteWith(here.open, { 'health-timeout': '1s' });
    expect(await healthBefore(site, application, 'deploy', signal)).toEqual({ status, failure });
    expect(site.findings).toEqual([
      expect.objectContaining({
        name: 'site-unhealthy-before-deploy',
        severity: 'warning',
        message: `Before this deploy changed anything http://a.test/ ${failure}.`,
      }),
    ]);
  });

  test('what is sent as login is masked, and the password alone', async () => {
    await using here = await siteHere(fine);
    const { site, masks } = siteWith(here.open, { 'health-auth': 'anna:open:sesame' });
    await healthBefore(site, application, 'deploy', signal);
    expect(site.findings).toEqual([]);
    expect(masks).toEqual(['open:sesame', Buffer.from('anna:open:sesame').toString('base64')]);
  });
});

test('a login in the baseURL of the application is neither shown nor sent', () => {
  const { config } = siteWith(async () => Promise.reject(new Error())).site;
  const baseUrl = 'https://anna:sesame@a.test/';
  expect(healthUrl(config, { baseUrl } as Application)?.href).toBe('https://a.test/');
});
