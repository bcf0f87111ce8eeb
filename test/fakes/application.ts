import { readApplication } from '../../src/app/ask.ts';
import type { Application } from '../../src/app/application.ts';
import { answer, nonce, printed } from '../unit/app/replies.ts';

/** An application that keeps its sessions in the table app_ci_sessions, read from an answer with these changes. */
export function fakeApplication(changes: Record<string, unknown> = {}): Application {
  const reported = readApplication(printed({ ok: true, answer: answer(changes) }), nonce);
  if (!reported.ok) throw new Error(reported.failure.message);
  return reported.application;
}

/** Session settings of an answer with sessions in files. */
export const inFiles = {
  source: 'Config\\Session',
  driver: 'CodeIgniter\\Session\\Handlers\\FileHandler',
  inDatabase: false,
  cookieName: 'ci_session',
  savePath: '/var/www/kayart/writable/session',
  matchIP: false,
  expiration: 7200,
  table: null,
  forgeTable: null,
};
