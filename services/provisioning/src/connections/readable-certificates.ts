import { X509Certificate } from 'node:crypto';

/**
 * Whether all certificates of a PEM text can be read. TLS passes over one that cannot, and the administrator would learn
 * only later, from a connection that is not trusted.
 */
export function areReadable(pem: string): boolean {
  const framed = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  try {
    return framed.map((one) => new X509Certificate(one)).length > 0;
  } catch {
    return false;
  }
}
