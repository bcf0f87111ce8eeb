import { describe, expect, test } from '@jest/globals';
import { phpUnfit } from '../../../src/app/php-wanted.ts';

describe('whether a PHP is new enough', () => {
  test.each([
    ['8.2.32', '^8.1', null],
    ['8.0.30', '^8.1', 'requires php ^8.1'],
    ['8.2.32', '>=8.1 <8.4', null],
    ['8.4.1', '>=8.1,<8.4', 'requires'],
    ['8.2.32', '^7.4|^8.0', null],
    ['8.2.32', '^7.4 || ^8.0', null],
    // Composer lets the last number rise, npm would not.
    ['8.2.32', '~8.1', null],
    ['8.2.32', '~8.1.3', 'requires'],
    ['8.2.32', '8.2.*', null],
    ['8.3.0-dev', '^8.3', null],
    ['8.2.32-1+deb12u1', '^8.2', null],
    ['8.2.32', '^8.2@stable', null],
    ['8.2.32', 'what is this', null],
    ['nonsense', '^9', null],
  ])('%s with %s', (version, constraint, unfit) => {
    const reported = phpUnfit(version, { constraint, least: null });
    if (unfit === null) expect(reported).toBeNull();
    else expect(reported).toContain(unfit);
  });

  test('the framework names its own least version', () => {
    expect(phpUnfit('7.4.33', { constraint: null, least: '8.2' })).toContain('8.2 or newer');
    expect(phpUnfit('8.2.0', { constraint: null, least: '8.2' })).toBeNull();
  });
});
