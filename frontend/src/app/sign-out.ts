/** Ends the session here and, where the provider has such a page, there. */
export async function signOut(): Promise<void> {
  const response = await fetch('/auth/logout', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-requested-with': 'dvmm' },
    body: '{}',
  });
  const { continueAt } = (await response.json().catch(() => ({}))) as { continueAt?: string | null };
  location.assign(continueAt ?? '/');
}
