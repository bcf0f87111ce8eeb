import { Mistyped, type Parser } from './parsers.ts';

/** The fingerprint of a host key, and whose it is. */
export interface BoundPrint {
  /** Null: the server that is deployed to, and no host on the way. */
  readonly host: string | null;
  /** Undefined where the text did not say: any port of the host. */
  readonly port: number | undefined;
  /** `SHA256:...` without padding. */
  readonly print: string;
}

const entry =
  /^(?:(?:\[(?<wrapped>[A-Za-z0-9.:-]+)\]|(?<host>[A-Za-z0-9][A-Za-z0-9.-]*))(?::(?<port>\d{1,5}))?=)?(?<print>SHA256:[A-Za-z0-9+/]{43})=?$/;

/** `SHA256:...` for the server itself, `host=SHA256:...` or `[host]:port=SHA256:...` for another; with commas or on lines. */
export const fingerprints: Parser<readonly BoundPrint[]> = (text) =>
  text
    .split(/[\s,]+/)
    .filter((part) => part !== '')
    .map(bound);

function bound(text: string): BoundPrint {
  const { wrapped, host, port, print } = entry.exec(text)?.groups ?? {};
  if (print === undefined || !isPort(port)) {
    throw new Mistyped('must be SHA256:..., or host=SHA256:... for a host in between');
  }
  return {
    host: wrapped ?? host ?? null,
    port: port === undefined ? undefined : Number(port),
    print,
  };
}

function isPort(text: string | undefined): boolean {
  return text === undefined || (Number(text) >= 1 && Number(text) <= 65535);
}
