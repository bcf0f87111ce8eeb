import { describe, expect, test } from '@jest/globals';
import { readFpmTest } from '../../../../src/steps/fpm/fpm.ts';

function said(code: number, stderr: string): ReturnType<typeof readFpmTest> {
  return readFpmTest({ exit: { code }, stdout: '', stderr });
}

describe('php-fpm -t', () => {
  test('a good configuration', () => {
    expect(said(0, '[..] NOTICE: configuration file x test is successful\n')).toBe('ok');
  });

  test('a broken pool is reported by its file and line', () => {
    const text = `[23-Nov-2026 14:13:49] ERROR: [/etc/php/8.2/fpm/pool.d/www.conf:491] unknown entry 'bad'
[23-Nov-2026 14:13:49] ERROR: Unable to include /etc/php/8.2/fpm/pool.d/www.conf from /tmp/tmp.K at line 491
[23-Nov-2026 14:13:49] ERROR: FPM initialization failed`;
    expect(said(78, text)).toEqual({
      problem: "[/etc/php/8.2/fpm/pool.d/www.conf:491] unknown entry 'bad'",
    });
  });

  test('a log file that only root may open is no fault of the configuration', () => {
    const text = `[..] ERROR: failed to open error_log (/var/log/php-fpm.log): Permission denied (13)
[..] ERROR: failed to post process the configuration
[..] ERROR: FPM initialization failed`;
    expect(said(78, text)).toBe('not testable');
  });

  test('a unit without a binary that we may read is not testable', () => {
    expect(said(77, '')).toBe('not testable');
  });
});
