import { describe, expect, test } from '@jest/globals';
import type { InspectFacts } from '../../../src/plan/facts.ts';
import type { Journal } from '../../../src/plan/journal.ts';
import type { Site } from '../../../src/plan/site.ts';
import type { Undo } from '../../../src/plan/step.ts';
import { switchOver } from '../../../src/steps/switch.ts';
import { Stopped } from '../../../src/plan/results.ts';
import type { FakeServer } from '../../fakes/server.ts';
import { asked, failing, scripted, titleOf, type Script } from '../../fakes/scripts.ts';
import { pasted } from '../../fakes/remedies.ts';
import { facts, fakeSite } from '../../fakes/site.ts';
import { FakeWorkflow } from '../../fakes/workflow.ts';
import { printed } from '../app/replies.ts';

const never = new AbortController().signal;
const undo = switchOver.undo as Undo<'switch'>;
const cleared = {
  php: printed({ ok: true, answer: { refused: null, folder: null } }),
  date: '100',
};
const forward = 'git merge --ff-only, each file by one rename';

interface Setting {
  readonly scripts?: Record<string, Script>;
  readonly inputs?: Record<string, string>;
  readonly inspect?: Partial<InspectFacts>;
  readonly journal?: Partial<Journal>;
}

function setUp({ scripts, inputs, inspect, journal }: Setting = {}): {
  site: Site<'inspect'>;
  titles: () => readonly string[];
  lines: readonly string[];
  server: FakeServer;
} {
  const server = scripted({ ...cleared, ...scripts });
  const workflow = new FakeWorkflow();
  const site = fakeSite<'inspect'>(server, {
    workflow,
    inputs: { 'health-url': 'none', 'cache-clear': 'false', ...inputs },
    journal: { stateDir: '/s', commit: 'c'.repeat(40), previous: 'p'.repeat(40), ...journal },
    facts: facts('inspect', inspect ?? {}),
  });
  return { site, titles: () => asked(server), lines: workflow.lines, server };
}

describe('switching to the new commit', () => {
  test('asks whether PHP-FPM runs, moves the tree, and reloads after a test', async () => {
    const { site, titles } = setUp();
    await switchOver.run(site, never);
    const [sizes, first = '', ...rest] = titles();
    expect(sizes).toBe('how long the logs are');
    expect(first).toMatch(/systemctl|PHP-FPM|fpm/i);
    expect(rest[0]).toBe(forward);
    expect(rest).not.toContain('vendor goes live');
    expect(rest.at(-1)).toMatch(/cache/);
  });

  test('swaps the dependencies where they were installed', async () => {
    const { site, titles } = setUp({ journal: { dependencies: true } });
    await switchOver.run(site, never);
    const at = (title: string): number => titles().indexOf(title);
    expect(at('vendor goes live')).toBeGreaterThan(at(forward));
  });

  test('does not reload once the tree could not be moved', async () => {
    const { site, titles } = setUp({ scripts: { [forward]: failing(1, 'no room') } });
    await expect(switchOver.run(site, never)).rejects.toThrow('merge --ff-only');
    expect(titles().at(-1)).toBe(forward);
  });

  test.each([
    [{ reload: 'never' }, {}, 'within 2 s: no reload'],
    [{ reload: 'never' }, { seesNewCode: 7 }, 'within 7 s: no reload'],
    [{ reload: 'when-needed' }, { seesNewCode: 3 }, 'within 3 s: no reload'],
  ])('waits until PHP-FPM sees it without a reload: %j %j', async (inputs, inspect, says) => {
    const { site, lines, titles } = setUp({ inputs, inspect });
    await switchOver.run(site, never);
    expect(lines.join('\n')).toContain(says);
    expect(titles().at(-1)).toBe('sums of the changed PHP files');
  });

  test('reloads where it is needed, and where the sessions are moved', async () => {
    const inputs = { reload: 'when-needed' };
    for (const setting of [
      { inputs, inspect: { seesNewCode: null } },
      { inputs, inspect: { seesNewCode: 3 }, journal: { cutover: {} as never } },
    ]) {
      const { site, titles } = setUp(setting);
      await switchOver.run(site, never);
      expect(titles().at(-1)).not.toBe('date');
    }
  });

  test('stops before the reload where the configuration was broken meanwhile', async () => {
    const fault = '[..] ERROR: [/etc/php/www.conf:3] unknown entry';
    const test = 'php-fpm -t before the reload';
    const { site, titles } = setUp({ scripts: { [test]: failing(78, fault) } });
    await expect(switchOver.run(site, never)).rejects.toThrow(Stopped);
    expect(site.findings[0]?.message).toContain('[/etc/php/www.conf:3] unknown entry');
    expect(titles().at(-1)).toBe(test);
  });

  test('the configuration is tested since the lock was taken, or as a whole', async () => {
    const tested = async (locked: boolean): Promise<unknown> => {
      const { site, server } = setUp({ journal: { locked } });
      await switchOver.run(site, never);
      return server.asked
        .find((one) => titleOf(one) === 'php-fpm -t before the reload')
        ?.args.at(-1);
    };
    expect([await tested(true), await tested(false)]).toEqual(['/s/lock/owner', '']);
  });

  test('lays down what it will ask PHP-FPM in the same round', async () => {
    const { site, titles, server } = setUp({ journal: { locked: true } });
    await switchOver.run(site, never);
    expect(titles().at(-1)).toBe('lay down the question for PHP-FPM');
    expect(server.roundTrips).toBe(2);
  });

  test('a cache that was left alone is a warning, one that PHP cannot empty a failure', async () => {
    const inputs = { 'cache-clear': 'true' };
    const left = printed({ ok: true, answer: { refused: 'a link', folder: '/w/cache' } });
    const { site } = setUp({ inputs, scripts: { php: left } });
    await switchOver.run(site, never);
    expect(site.findings).toMatchObject([{ name: 'cache-not-cleared', severity: 'warning' }]);
    // The framework's own command would follow the link.
    expect(pasted(site.findings[0])).toBe('ls -la /w/cache /w/cache/..');
    const server = printed({ ok: true, answer: { refused: 'redis did not', folder: null } });
    const third = setUp({
      inputs: { ...inputs, php: '/opt/php' },
      scripts: { '/opt/php': server },
    });
    await switchOver.run(third.site, never);
    expect(pasted(third.site.findings[0])).toMatch(/ && \/opt\/php spark cache:clear$/);
    const other = setUp({ inputs, scripts: { php: failing(1, 'boom') } });
    await expect(switchOver.run(other.site, never)).rejects.toThrow();
  });
});

describe('switching back', () => {
  test('frees its room first, moves the tree and the dependencies back', async () => {
    const { site, titles } = setUp({ journal: { dependencies: true } });
    await undo(site, never);
    expect(titles().slice(0, 4)).toEqual([
      'use the room set aside',
      'the live tree goes back',
      'the live commit is',
      'vendor as before',
    ]);
    expect(titles()).not.toContain('vendor goes live');
  });

  test('says which commit is live again', async () => {
    const rolledBack: string[] = [];
    const { site } = setUp();
    site.rolledBack = (...sentences) => {
      rolledBack.push(...sentences);
    };
    await undo(site, never);
    expect(rolledBack).toEqual(['The live tree is back at commit pppppppppp.']);
  });

  test('is what a person can type', () => {
    const byHand = 'byHand' in switchOver ? switchOver.byHand(setUp().site) : [];
    expect(byHand.flatMap(({ lines }) => lines)).toEqual([
      `cd /var/www/kayart && git diff -z --name-only --no-renames --diff-filter=D ${'p'.repeat(40)} HEAD | xargs -0 -r -n 1 sh -c '[ ! -e "$1" ] || git update-index --add -- "$1"' sh`,
      `git -C /var/www/kayart reset --keep ${'p'.repeat(40)}`,
      'git -C /var/www/kayart restore .',
      'sudo systemctl reload-or-restart php8.3-fpm',
    ]);
  });
});
