import type { CheckConfig } from '../../src/config/check-config.ts';

/** A check of a pull request against main, with nothing else set. */
export const checkConfig: CheckConfig = {
  base: 'main',
  directory: '.',
  match: 'proposed',
  namespaces: 'app',
  server: null,
  sarifFile: null,
  report: 'changes',
};
