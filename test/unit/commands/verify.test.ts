import { describe, expect, test } from '@jest/globals';
import { confirmLive, verify, verifyLive, verifySteps } from '../../../src/commands/verify.ts';
import type { Finding } from '../../../src/finding.ts';
import type { InspectFacts } from '../../../src/plan/facts.ts';
import type { StepRun } from '../../../src/plan/results.ts';
import type { Step } from '../../../src/plan/step.ts';
import { walk } from '../../../src/plan/walk.ts';
import { fakeApplication, inFiles } from '../../fakes/application.ts';
import { FakeDatabase, generated, sketched } from '../../fakes/database.ts';
import { asked, scripted, type Script } from '../../fakes/scripts.ts';
import { facts, fakeHost } from '../../fakes/site.ts';
import { FakeWorkflow } from '../../fakes/workflow.ts';
import { nonce, printed } from '../app/replies.ts';

const never = new AbortController().signal;
const head = 'a'.repeat(40);
const others = 'is a deploy going on, or did one end in the middle';
const canary = { handler: 'H', written: true, same: true, stamp: 100, clock: 100, left: 0 };

interface Verified {
  readonly run: StepRun;
  readonly found: readonly Finding['name'][];
  readonly asked: readonly string[];
  readonly lines: readonly string[];
  readonly host: ReturnType<typeof fakeHost>;
}

async function ran(
  step: Step,
  some: Partial<InspectFacts>,
  scripts: Record<string, Script> = {},
  inputs: Record<string, string> = {},
): Promise<Verified> {
  const server = scripted({
    php: printed({ ok: true, answer: canary }),
    git: head,
    [others]: '\f',
    ...scripts,
  });
  const workflow = new FakeWorkflow();
  const live = fakeApplication();
  const database = new FakeDatabase(live.ledgerDatabase);
  database.add(sketched({ ...generated, name: 'app_ci_sessions' }));
  const host = fakeHost(server, {
    ...{ workflow, logIn: async () => Promise.resolve(database) },
    inputs: { command: 'verify', 'health-url': 'none', ...inputs },
    journal: { previous: head },
    facts: facts('inspect', {
      ...{ live, serving: [], largestSession: 0 },
      settings: { exit: { code: 0 }, stdout: '', stderr: '' },
      ...some,
    }),
  });
  const { steps, failure } = await walk([step], [host], never);
  if (steps[0] === undefined) throw failure;
  const found = steps[0].findings.map(({ name }) => name);
  return { run: steps[0], found, asked: asked(server), lines: workflow.lines, host };
}

describe('verifying the live table', () => {
  test('finds nothing where table and handler are right, and has the columns', async () => {
    const { run, found, host } = await ran(verifyLive, {});
    expect(found).toEqual([]);
    expect(run).toMatchObject({ result: 'done', changesSite: false });
    expect(host.facts.verify?.columns.map(({ name }) => name)).toEqual([
      'id',
      'ip_address',
      'timestamp',
      'data',
    ]);
    expect(host.facts.verify).not.toHaveProperty('printed');
  });

  test('sends a session through the handler of the live tree', async () => {
    const server = scripted();
    expect(asked(server)).toEqual([]);
    const { found } = await ran(
      verifyLive,
      {},
      { php: printed({ ok: true, answer: { ...canary, written: false } }) },
    );
    expect(found).toEqual(['handler-writes-nothing']);
  });

  test('compares the largest session there is with the room for it', async () => {
    const { found } = await ran(verifyLive, { largestSession: 70_000 });
    expect(found).toEqual(['data-too-small']);
  });

  test('says so where the sessions are elsewhere', async () => {
    const live = fakeApplication({ session: inFiles });
    const { run, found, host } = await ran(verifyLive, { live });
    expect(found).toEqual(['sessions-not-in-database']);
    expect(run.unverified).toEqual([
      'The session table: the application keeps its sessions elsewhere.',
    ]);
    expect(host.facts.verify?.columns).toEqual([]);
  });

  test('compares the described tables, and prints them where that is asked for', async () => {
    const settings = {
      ...{ exit: { code: 0 }, stderr: '' },
      stdout: 'tables:\n  orders:\n    columns:\n      id: int\n',
    };
    const { found } = await ran(verifyLive, { settings });
    expect(found).toEqual(['described-table']);
    const { host } = await ran(verifyLive, {}, {}, { 'print-tables': 'true' });
    expect(host.facts.verify?.printed).toBeDefined();
  });

  test('asks PHP-FPM which code it serves', async () => {
    const pool = { name: 'www', user: 'www-data', listen: '/run/fpm.sock', maxChildren: 5 };
    const { run } = await ran(verifyLive, { serving: [{ pool, params: {} }] });
    expect(run.unverified).toEqual([
      expect.stringMatching(/^What code PHP-FPM has compiled \(pool www\): /),
    ]);
  });
});

describe('confirming the live site', () => {
  const [, , confirmUndisturbed = confirmLive] = verifySteps;

  test('asks nothing of the server where it has no health address', async () => {
    const { run, asked: titles } = await ran(confirmLive, {});
    expect(run.result).toBe('done');
    expect(titles).toEqual([]);
  });

  test('asks the health address where it has one', async () => {
    const { run, lines } = await ran(
      confirmLive,
      {},
      {},
      { 'health-url': 'http://a.test/', 'health-retries': '0' },
    );
    expect(run.result).toBe('failed');
    expect(lines.join('\n')).not.toBe('');
  });

  test.each<[string, Record<string, Script>, readonly string[]]>([
    ['nothing happened meanwhile', {}, []],
    ['a deploy began', { [others]: '3\nanna, commit x\f' }, ['deploy-meanwhile']],
    ['another commit is live', { git: 'b'.repeat(40) }, ['deploy-meanwhile']],
  ])('a verify looks whether a deploy came between: %s', async (_name, scripts, names) => {
    const { run, found, asked: titles } = await ran(confirmUndisturbed, {}, scripts);
    expect(found).toEqual(names);
    expect(titles.slice(0, 3)).toEqual([others, 'is a session handler pinned', 'git']);
    expect(run.result).toBe(names.length === 0 ? 'done' : 'failed');
  });

  test('says who deploys, or which commits it saw', async () => {
    const deploying = await ran(confirmUndisturbed, {}, { [others]: '3\nanna\f' });
    expect(deploying.run.findings[0]?.message).toContain('(anna)');
    const other = await ran(confirmUndisturbed, {}, { git: 'b'.repeat(40) });
    expect(other.run.findings[0]?.message).toContain('from aaaaaaaaaa to bbbbbbbbbb');
  });
});

test('verify inspects, verifies, confirms, and changes nothing', async () => {
  expect(verifySteps.map(({ name, changesSite }) => [name, changesSite])).toEqual([
    ['inspect', false],
    ['verify', false],
    ['confirm', false],
  ]);
  const server = scripted();
  const report = await verify([fakeHost(server, { inputs: { command: 'verify' } })], never);
  expect(report).toMatchObject({ outcome: 'refused', command: 'verify' });
  expect(report.hosts[0]?.steps.map(({ name }) => name)).toEqual(['inspect']);
  expect(nonce).not.toBe('');
});
