import { expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { programs } from '../../src/php/programs.ts';

test('src/php/programs.ts holds the PHP of src/php', () => {
  const ran = spawnSync('node', ['scripts/embed-php.mjs', '--check'], { encoding: 'utf8' });
  expect(ran.stderr).toBe('');
  expect(ran.status).toBe(0);
});

test.each(Object.entries(programs))('%s is one valid program', (_name, text) => {
  expect(text.split('<?php')).toHaveLength(2);
  const ran = spawnSync('php', ['-l'], { input: text, encoding: 'utf8' });
  expect(ran.stdout).toContain('No syntax errors');
});
