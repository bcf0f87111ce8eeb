import type { PeerCertificate } from 'node:tls';
import { remedies, type Given } from '../finding.ts';
import { asRoot, inInputs, toSee, type Remedy } from '../remedy.ts';

/** The site shows a certificate that nobody should trust. `message` ends the sentence "<address> ...". */
export class CertificateFault extends Error {
  override readonly name = 'CertificateFault';
  readonly remedies: readonly Remedy[];
  constructor(message: string, ...given: readonly Given[]) {
    super(message);
    this.remedies = remedies(...given);
  }
}

interface Shown {
  readonly host: string;
  readonly certificate: PeerCertificate;
}

/** Codes of OpenSSL's X509_verify_cert_error_string(3) as Node.js names them (nodejs.org/api/tls.html, X509 certificate error codes). */
const faults: Readonly<Record<string, (shown: Shown) => CertificateFault>> = {
  CERT_HAS_EXPIRED: expired,
  CERT_NOT_YET_VALID: ({ certificate }) =>
    new CertificateFault(
      `shows a certificate that is not valid before ${day(certificate.valid_from)}`,
      toSee('Compare this clock with the true time', 'date --utc'),
    ),
  DEPTH_ZERO_SELF_SIGNED_CERT: ({ host }) =>
    new CertificateFault('shows a certificate that is signed by itself, so nobody vouches for it', [
      toSee('Print the certificate', `${shake(host)} | openssl x509`),
      inInputs('Set health-ca to what it printed.'),
    ]),
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  ERR_TLS_CERT_ALTNAME_INVALID: ({ host, certificate }) =>
    new CertificateFault(
      `shows a certificate for ${names(certificate)}, not for ${host}`,
      inInputs(
        'Set health-url to a name that the certificate is for; health-address says where to connect for it.',
      ),
      asRoot(`Have a certificate made for ${host}.`),
    ),
};

/** What is wrong with a certificate. `code` is what the verification said, `certificate` what the host showed. */
export function certificateFault(
  host: string,
  code: string,
  certificate: PeerCertificate,
): CertificateFault {
  return (
    faults[code]?.({ host, certificate }) ??
    new CertificateFault(
      `shows a certificate that cannot be verified (${code})`,
      toSee('Look at the certificate', shake(host)),
    )
  );
}

/** What the web server of the machine shows for a name. */
function shake(host: string): string {
  return `openssl s_client -connect 127.0.0.1:443 -servername ${host} </dev/null`;
}

function expired({ certificate }: Shown): CertificateFault {
  const own = Date.parse(certificate.valid_to) < Date.now();
  return own
    ? new CertificateFault(
        `shows a certificate that expired on ${day(certificate.valid_to)}`,
        asRoot(
          'Renew it. Where certbot made it',
          'sudo certbot renew',
          'sudo systemctl reload nginx',
        ),
      )
    : new CertificateFault(
        `shows a certificate whose authority ${issuer(certificate)} has expired`,
        asRoot('Renew the chain in ssl_certificate of nginx.'),
        inInputs('If the authority is your own, renew it and set health-ca to its certificate.'),
      );
}

function unknownAuthority({ certificate }: Shown): CertificateFault {
  return new CertificateFault(
    `shows a certificate that is signed by ${issuer(certificate)}, whom neither the public authorities nor input health-ca vouch for`,
    inInputs('If the authority is your own, set health-ca to its certificate.'),
    asRoot(
      'If it is a public one, ssl_certificate of nginx must name the whole chain (fullchain.pem).',
    ),
  );
}

function issuer({ issuer: by }: PeerCertificate): string {
  return `"${plain([by.CN, by.O].flat().find((name) => name !== undefined) ?? 'somebody')}"`;
}

function names({ subjectaltname = '' }: PeerCertificate): string {
  const all = subjectaltname.split(', ').map((name) => name.replace(/^(DNS|IP Address):/, ''));
  const some = all.slice(0, 5).map(plain).join(', ');
  if (some === '') return 'no name at all';
  return all.length > 5 ? `${some} and ${all.length - 5} more` : some;
}

/** Names come from the other side: enough of them to recognise, on one line. */
function plain(name: string): string {
  return name.replace(/\s+/g, ' ').slice(0, 100);
}

function day(date: string): string {
  const time = Date.parse(date);
  return Number.isNaN(time) ? date : new Date(time).toISOString().slice(0, 10);
}
