import type { Duplex } from 'node:stream';

// Record types and roles of the protocol (fastcgi.com, FastCGI Specification 1.0, sections 3.3 and 8).
const type = { begin: 1, end: 3, params: 4, stdin: 5, stdout: 6, stderr: 7 } as const;
const responder = Buffer.from([0, 1, 0, 0, 0, 0, 0, 0]);
const nothing = Buffer.alloc(0);
const largest = 1024 * 1024;

/** What PHP-FPM answered to one request. */
export interface FastcgiAnswer {
  /** From the header `Status`; 200 when there is none. */
  readonly status: number;
  readonly body: string;
  readonly stderr: string;
}

/**
 * Lets PHP-FPM run one script, as a web server would, over a connection to its socket.
 * @param params the environment of the request: SCRIPT_FILENAME, REQUEST_METHOD, ...
 * @param body what the script reads as php://input; the length is reported with it
 * @throws the connection's error, or that it ended early or sent more than 1 MiB
 */
export async function request(
  stream: Duplex,
  params: Readonly<Record<string, string>>,
  body = '',
): Promise<FastcgiAnswer> {
  const answer = collect(stream);
  const content = Buffer.from(body);
  const all = body === '' ? params : { ...params, CONTENT_LENGTH: String(content.length) };
  stream.write(
    Buffer.concat([
      record(type.begin, responder),
      record(type.params, Buffer.concat(Object.entries(all).map(pair))),
      record(type.params, nothing),
      ...(body === '' ? [] : [record(type.stdin, content)]),
      record(type.stdin, nothing),
    ]),
  );
  return answer;
}

function record(kind: number, content: Buffer): Buffer {
  if (content.length > 0xffff) throw new RangeError('a FastCGI record holds 65,535 bytes');
  const head = Buffer.from([1, kind, 0, 1, 0, 0, 0, 0]);
  head.writeUInt16BE(content.length, 4);
  return Buffer.concat([head, content]);
}

function pair([name, value]: readonly [string, string]): Buffer {
  const parts = [Buffer.from(name), Buffer.from(value)];
  return Buffer.concat([...parts.map(({ length }) => size(length)), ...parts]);
}

/** Up to 127 in one byte, more in four with the highest bit set. */
function size(length: number): Buffer {
  if (length < 128) return Buffer.from([length]);
  const four = Buffer.alloc(4);
  four.writeUInt32BE((length | 0x80000000) >>> 0);
  return four;
}

async function collect(stream: Duplex): Promise<FastcgiAnswer> {
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  let rest: Buffer = nothing;
  let read = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    read += chunk.length;
    if (read > largest) throw new Error('PHP-FPM sent more than 1 MiB');
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 8) {
      const length = rest.readUInt16BE(4);
      const whole = 8 + length + rest.readUInt8(6);
      if (rest.length < whole) break;
      const kind = rest.readUInt8(1);
      if (kind === type.end) return parsed(Buffer.concat(out), Buffer.concat(err));
      if (kind === type.stdout) out.push(rest.subarray(8, 8 + length));
      if (kind === type.stderr) err.push(rest.subarray(8, 8 + length));
      rest = rest.subarray(whole);
    }
  }
  throw new Error('PHP-FPM ended the connection without an answer');
}

function parsed(out: Buffer, err: Buffer): FastcgiAnswer {
  const text = out.toString();
  const end = /\r?\n\r?\n/.exec(text);
  const head = end === null ? '' : text.slice(0, end.index);
  const body = end === null ? text : text.slice(end.index + end[0].length);
  const status = Number(/^Status:\s*(\d{3})/im.exec(head)?.[1] ?? 200);
  return { status, body, stderr: err.toString() };
}
