/** What people compare keys by, as `ssh-keygen -l` prints it; null where the browser has no digest (no TLS) or it is none. */
export async function fingerprintOf(key: string): Promise<string | null> {
  try {
    const bytes = Uint8Array.from(atob(key.split(' ')[1] ?? ''), (character) => character.charCodeAt(0));
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    return `SHA256:${btoa(String.fromCharCode(...digest)).replace(/=+$/, '')}`;
  } catch {
    return null;
  }
}
