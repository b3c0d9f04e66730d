/** One line of an OpenSSH `.pub` file, by the rule of the contract. */
export function isPublicKey(text: string): boolean {
  return /^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp\d+) [A-Za-z0-9+/=]+( [\x20-\x7e]*)?$/.test(text);
}
