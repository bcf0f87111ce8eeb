import type { Expectation } from '../expected.ts';

/** Why a column of this type breaks the application, as measured on CodeIgniter 4.1.9 and 4.7.2. */
export function typeReason(column: string, type: string, expectation: Expectation): string {
  const reason = reasons[column];
  return reason?.(type, expectation) ?? 'The session handler was not made for it.';
}

type Reason = (type: string, expectation: Expectation) => string;

const reasons: Readonly<Record<string, Reason>> = {
  id: idReason,
  ip_address: (_, { matchIP }) =>
    matchIP
      ? 'An IPv6 address takes up to 45 characters: cut short it is never found again, and with matchIP the visitor is logged out.'
      : 'An IPv6 address takes up to 45 characters: it is cut short, or the write fails with strictOn.',
  timestamp: timestampReason,
  data: dataReason,
};

function idReason(type: string, { idLength }: Expectation): string {
  if (type.startsWith('binary')) {
    return 'It fills up with zero bytes: an id is never found again, and the second request of every visitor fails with HTTP 500 (Duplicate entry).';
  }
  const length = /^(?:char|varchar|varbinary)\((\d+)\)$/.exec(type);
  if (length === null) {
    return `An id is text of ${idLength} characters here: no visitor would find the session again.`;
  }
  return Number(length[1]) >= idLength
    ? `The ids of today fit (${idLength} characters), longer ones of other versions or cookie names do not.`
    : `An id has ${idLength} characters here (cookie name, colon, 32). Cut short it is never found again: visitors lose their session on every request, or get HTTP 500 (Duplicate entry).`;
}

function timestampReason(type: string): string {
  if (type.startsWith('bigint')) {
    return 'It holds the date as a number like 20260109120000, which garbage collection compares rightly only by accident.';
  }
  if (/^(tiny|small|medium)?int/.test(type)) {
    return 'The date does not fit. The server stores the largest number there is (4294967295), and then every garbage collection deletes all sessions and logs every visitor out. With strictOn every write fails (HTTP 500).';
  }
  return 'The handler writes now() and garbage collection compares with it: sessions would be deleted too early or never.';
}

function dataReason(type: string): string {
  if (type.includes('text')) {
    return 'Session data are bytes, not text: binary values are corrupted silently, or fail with HTTP 500 (Incorrect string value) with strictOn.';
  }
  return 'Longer session data are cut short and the next request fails with HTTP 500 (Failed to decode session object); with strictOn the write fails.';
}
