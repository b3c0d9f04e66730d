/** The form of one line in an OpenSSH `.pub` file. */
export const publicKeyLine = /^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp\d+) [A-Za-z0-9+/=]+( [\x20-\x7e]*)?$/;

/**
 * One line of an OpenSSH `.pub` file whose key can be read: its parts, each with its length before it, fill it exactly, and
 * the first names the type that stands before it. A VM with another key would let nobody in.
 * @see RFC 4253, 6.6 and RFC 8709, 4
 */
export function isPublicKey(text: string): boolean {
  if (!publicKeyLine.test(text)) return false;
  const [type = '', encoded = ''] = text.split(' ');
  let bytes: string;
  try {
    bytes = atob(encoded);
  } catch {
    return false;
  }
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = [0, 1, 2, 3].reduce((sum, index) => sum * 256 + bytes.charCodeAt(at + index), 0);
    if (!(at + 4 + length <= bytes.length)) return false; // Also where fewer than four bytes are left: then it is NaN.
    parts.push(bytes.slice(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return parts.length > 1 && parts[0] === type;
}
