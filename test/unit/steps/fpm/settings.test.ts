import { describe, expect, test } from '@jest/globals';
import { readSettings } from '../../../../src/steps/fpm/settings.ts';

const printed = `[23-Nov-2026 16:48:05] NOTICE: [global]
[23-Nov-2026 16:48:05] NOTICE: 	pid = /run/php/php8.2-fpm.pid
[23-Nov-2026 16:48:05] NOTICE: 	process_control_timeout = 10s
[23-Nov-2026 16:48:05] NOTICE:  
[23-Nov-2026 16:48:05] NOTICE: [www]
[23-Nov-2026 16:48:05] NOTICE: 	user = www-data
[23-Nov-2026 16:48:05] NOTICE: 	listen = /run/php/php8.2-fpm.sock
[23-Nov-2026 16:48:05] NOTICE: 	pm.max_children = 5
[23-Nov-2026 16:48:05] NOTICE: 	env[API_KEY] = s3cret
[23-Nov-2026 16:48:05] NOTICE: 	php_admin_value[memory_limit] = 128M
[23-Nov-2026 16:48:05] NOTICE:  
[23-Nov-2026 16:48:05] NOTICE: [shop.example]
[23-Nov-2026 16:48:05] NOTICE: 	user = shop
[23-Nov-2026 16:48:05] NOTICE: 	listen = 127.0.0.1:9000
[23-Nov-2026 16:48:05] NOTICE: configuration file /tmp/c test is successful`;

describe('the configuration as php-fpm -tt prints it', () => {
  test('is read pool by pool', () => {
    expect(readSettings(printed)).toEqual({
      controlTimeout: 10,
      pools: [
        { name: 'www', user: 'www-data', listen: '/run/php/php8.2-fpm.sock', maxChildren: 5 },
        { name: 'shop.example', user: 'shop', listen: '127.0.0.1:9000', maxChildren: 0 },
      ],
    });
  });

  test('keeps its environment to itself', () => {
    expect(JSON.stringify(readSettings(printed))).not.toContain('s3cret');
  });

  test('is not there when the test failed', () => {
    expect(readSettings("ERROR: [/etc/php-fpm.conf:3] unknown entry 'bad'")).toBeNull();
    expect(readSettings('')).toBeNull();
  });
});
