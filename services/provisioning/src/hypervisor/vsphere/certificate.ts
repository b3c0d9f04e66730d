import { isIP } from 'node:net';
import tls from 'node:tls';

/** Node's codes for a certificate that failed verification. */
const CERTIFICATE_CODES = new Set([
  'CERT_CHAIN_TOO_LONG',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

const PROBE_LIMIT_MS = 5_000;

/** Why the certificate was refused, by Node's code; undefined if the error is about something else. */
export function certificateReason(error: unknown): string | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    const code = 'code' in at ? at.code : undefined;
    if (typeof code === 'string' && CERTIFICATE_CODES.has(code)) return code;
  }
  return undefined;
}

/**
 * SHA-256 of the certificate a host presents, so that an administrator can compare it with the one on vCenter.
 * Verification stays on: the handshake fails as before, and the certificate is read at its end, before it is judged.
 * Nothing is sent. Undefined if the host cannot be reached or shows none.
 */
export function presentedFingerprint(host: string, port: number, ca: string | undefined): Promise<string | undefined> {
  return new Promise((resolve) => {
    // SNI may not carry an address (RFC 6066, 3).
    const socket = tls.connect({ host, port, ca, servername: isIP(host) ? '' : host });
    const finish = (fingerprint?: string) => {
      socket.destroy();
      resolve(fingerprint);
    };
    let fingerprint: string | undefined;
    // 'secure' comes when keys are agreed; Node's own listener, which verifies and destroys the socket, runs after this one.
    socket.prependListener('secure', () => {
      fingerprint = socket.getPeerCertificate().fingerprint256;
    });
    socket.once('secureConnect', () => finish(fingerprint));
    socket.once('error', () => finish(fingerprint));
    socket.setTimeout(PROBE_LIMIT_MS, () => finish(fingerprint));
  });
}
